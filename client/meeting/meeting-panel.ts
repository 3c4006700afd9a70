/** `<sb-meeting>`: what happens now and what to do about it: the phase, its time, its tools, and the agenda. */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { can, LIMITS } from '#shared/document/rights.ts';
import { PHASE_KINDS, type PhaseKind } from '#shared/meeting/agenda.ts';
import { type Meeting, nextPhase } from '#shared/meeting/meeting.ts';
import { lastClosed } from '#shared/meeting/votes.ts';
import '../components/findings.ts';
import type { PanelName } from '../components/panel.ts';
import '../components/questions.ts';
import '../components/text-field.ts';
import { editSession, lockBoard } from '../session/commands.ts';
import { onThreat } from '../session/focus.ts';
import { controls } from '../theme/controls.ts';
import './agenda.ts';
import type { Drafts } from './drafts.ts';
import { MeetingPart } from './part.ts';
import { resultStyles, results } from './results.ts';
import './round.ts';
import './timer.ts';
import './vote.ts';
import './walk.ts';

@customElement('sb-meeting')
export class MeetingPanel extends MeetingPart {
  static override styles = [
    controls,
    resultStyles,
    css`
      :host { display: grid; gap: 16px; padding: 12px; align-content: start; }
      header { display: grid; gap: 8px; padding-bottom: 12px; border-bottom: 1px solid var(--sb-line-strong); }
      .phase { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 10px; align-items: baseline; }
      .phase h2 { font-size: 17px; line-height: 1.25; }
      sb-timer { font-size: 22px; font-weight: 650; }
      .todo { padding: 9px 11px; border-inline-start: 3px solid var(--sb-chosen-line); background: var(--sb-chosen); border-radius: 0 5px 5px 0; }
      .tools { flex-wrap: wrap; gap: 6px; }
      .tools .end { margin-inline-start: auto; }
      .opens { display: grid; gap: 4px; }
      .opens label { display: flex; gap: 7px; align-items: center; font-weight: 400; }
      section { display: grid; gap: 8px; }
    `,
  ];

  @property({ attribute: false }) drafts!: Drafts;

  @state() private ending = false;

  override render() {
    const { info } = this.snapshot;
    const { meeting } = info;
    const going = meeting?.endedAt === null ? meeting : null;
    return html`
      ${going?.phase ? this.renderPhase(going, going.phase) : this.renderBetween(meeting)}
      ${going?.phase ? this.renderTools(going.phase.kind) : this.renderOpenEnds()}
      <sb-agenda .desk=${this.desk} .snapshot=${this.snapshot}></sb-agenda>
      ${going && this.leads ? this.renderOpens() : nothing}
    `;
  }

  private get leads(): boolean {
    return can.facilitate(this.desk.me.role);
  }

  private renderPhase(meeting: Meeting, { kind, title }: NonNullable<Meeting['phase']>) {
    const { purpose, todo, lead } = PHASE_KINDS[kind];
    const { role } = this.desk.me;
    const now = this.leads
      ? lead
      : role === 'observer'
        ? 'You are looking on: everything the team does shows here.'
        : todo;
    return html`<header>
      <div class="phase">
        <h2>${title}</h2>
        <sb-timer .meeting=${meeting}></sb-timer>
      </div>
      <p class="quiet">${purpose}</p>
      <p class="todo" role="status"><b>${this.leads ? 'Lead:' : 'Now:'}</b> ${now}</p>
      ${this.leads ? this.renderClock(meeting) : nothing} ${this.renderRefusal()}
    </header>`;
  }

  private renderClock(meeting: Meeting) {
    const next = nextPhase(meeting, this.snapshot.info.agenda);
    const paused = meeting.left !== null;
    if (this.ending)
      return html`<div class="row tools">
        <span>End the meeting for everybody?</span>
        <button class="primary" @click=${this.end}>End it for everybody</button>
        <button class="plain" @click=${() => (this.ending = false)}>Go on</button>
      </div>`;
    return html`<div class="row tools">
      ${
        next
          ? html`<button class="primary" @click=${() => this.command({ do: 'start', phase: next.id })}>Next: ${next.title}</button>`
          : nothing
      }
      <button @click=${() => this.command({ do: 'extend', minutes: 5 })}>+5 min</button>
      <button @click=${() => this.command({ do: paused ? 'resume' : 'pause' })}>${paused ? 'Resume' : 'Pause'}</button>
      <button class="plain end" @click=${() => (this.ending = true)}>End …</button>
    </div>`;
  }

  private readonly end = async () => {
    await this.command({ do: 'end' });
    this.ending = false;
  };

  /** Before the first meeting, and after one. */
  private renderBetween(meeting: Meeting | null) {
    const words = meeting
      ? 'The meeting is over. Everything stays open for comments and additions; the record tells what was decided.'
      : this.leads
        ? 'Start the first phase when everybody is here. Each phase opens the tools that it needs, and a clock that everybody sees.'
        : 'The moderator has not started the meeting yet. Look around: the board and the other panels are open to you.';
    return html`<header>
      <div class="phase"><h2>${meeting ? 'The meeting is over' : 'Before the meeting'}</h2></div>
      <p class="todo">${words}</p>
      ${meeting || this.leads ? html`<div class="row tools">${this.renderNext(meeting)}</div>` : nothing}
      ${this.renderRefusal()}
    </header>`;
  }

  private renderNext(meeting: Meeting | null) {
    const [first] = this.snapshot.info.agenda;
    return html`
      ${meeting ? this.renderWay('minutes', 'Read the record') : nothing}
      ${
        this.leads && first
          ? html`<button class=${meeting ? '' : 'primary'} @click=${() => this.command({ do: 'start', phase: first.id })}>${meeting ? 'Start another meeting' : `Start: ${first.title}`}</button>`
          : nothing
      }
    `;
  }

  private renderTools(kind: PhaseKind) {
    const { desk, snapshot, looking, highlights } = this;
    switch (kind) {
      case 'scope':
        return html`<section>
          <h2>Scope and assumptions</h2>
          <sb-text
            multiline ?bare=${!this.leads} label="Scope and assumptions of the session" limit=${LIMITS.description} .value=${snapshot.info.scope}
            placeholder=${this.leads ? 'What is looked at, what is not, what is taken for granted?' : 'Not described yet.'} ?disabled=${!this.leads}
            @sb-commit=${(event: CustomEvent) => editSession(desk, { scope: event.detail.text })}
          ></sb-text>
        </section>`;
      case 'diagram':
        return html`<sb-questions .desk=${desk} .snapshot=${snapshot} .looking=${looking}></sb-questions>
          <sb-findings .desk=${desk} .snapshot=${snapshot}></sb-findings>`;
      case 'brainstorm':
        return html`<sb-walk .desk=${desk} .snapshot=${snapshot} .looking=${looking} .highlights=${highlights}></sb-walk>
          ${this.renderRound()}`;
      case 'vote':
        return html`<section><sb-vote .desk=${desk} .snapshot=${snapshot} .looking=${looking}></sb-vote></section>`;
      case 'decide':
        return html`${this.renderRanking()} ${this.renderOpenEnds()}`;
      case 'cluster':
        return html`<div class="row tools">${this.leads ? this.renderWay('triage', 'Go through the queue') : this.renderWay('threats', 'Look at the threats')}</div>
          ${this.renderOpenEnds()}`;
      case 'gaps':
        return html`<div class="row tools">${this.renderWay('index', 'Look for empty cells')} ${this.renderWay('minutes', 'Look at open questions')}</div>
          ${this.renderOpenEnds()}`;
    }
  }

  /** Where the work of the phase is done, when that is another panel. */
  private renderWay(panel: PanelName, words: string) {
    return html`<button @click=${() => this.look(this.looking, { panel })}>${words}</button>`;
  }

  /** A round or a vote that is open stays in sight, whatever the phase. */
  private renderOpenEnds() {
    const { info, votes } = this.snapshot;
    const { desk, snapshot, looking } = this;
    return html`
      ${info.round || this.drafts.get().length > 0 ? this.renderRound() : nothing}
      ${votes.some(({ closedAt }) => closedAt === null) ? html`<sb-vote .desk=${desk} .snapshot=${snapshot} .looking=${looking}></sb-vote>` : nothing}
    `;
  }

  private renderRound() {
    const { rows, info } = this.snapshot;
    const flow = rows.find(row => row.flow.id === info.crossing)?.flow;
    const targets = flow ? [flow.id, flow.source, flow.target].filter(id => id !== null) : [''];
    return html`<sb-round .desk=${this.desk} .snapshot=${this.snapshot} .looking=${this.looking} .drafts=${this.drafts} .targets=${targets}></sb-round>`;
  }

  private renderRanking() {
    const last = lastClosed(this.snapshot.votes);
    if (!last) return html`<p class="quiet">No vote was held: go through the threats in their order.</p>`;
    return html`<section>
      <h2>Most dots first</h2>
      ${results(last, this.snapshot.threats, threat => this.look(onThreat(threat), { panel: 'threats' }))}
    </section>`;
  }

  /** What the phase opened to participants is the moderator's to change. */
  private renderOpens() {
    const { locked, proposalsClosed } = this.snapshot.info;
    return html`<section class="opens">
      <h2>Participants may</h2>
      <label><input type="checkbox" .checked=${!locked} @change=${() => lockBoard(this.desk, !locked)} /> draw on the board</label>
      <label>
        <input type="checkbox" .checked=${!proposalsClosed} @change=${() => editSession(this.desk, { proposalsClosed: !proposalsClosed || undefined })} />
        propose threats
      </label>
    </section>`;
  }
}
