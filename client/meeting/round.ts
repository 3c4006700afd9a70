/** `<sb-round>`: a private round: everybody writes for themselves, nobody reads, until the moderator reveals it all at once. */
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { isProposing } from '#shared/document/document.ts';
import { can, LIMITS } from '#shared/document/rights.ts';
import { type Round, wasDraft } from '#shared/meeting/meeting.ts';
import { api, body } from '../session/api.ts';
import { addThreat } from '../session/commands.ts';
import { Watch } from '../session/observable.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import '../components/letter.ts';
import '../components/text-field.ts';
import type { Draft, Drafts } from './drafts.ts';
import { MeetingPart } from './part.ts';
import type { Proposal } from './propose.ts';
import './propose.ts';
import './timer.ts';

const STATES: Record<Draft['state'], string> = {
  waiting: 'not sent yet',
  stored: 'safe with the server',
  withdrawn: '',
  late: 'not in time',
};

@customElement('sb-round')
export class RoundPart extends MeetingPart {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 10px; }
      .box { display: grid; gap: 10px; padding: 10px; border: 1px solid var(--sb-chosen-line); border-radius: 6px; background: var(--sb-chosen); }
      li { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; align-items: center; padding: 2px 0; }
      .count { font-size: 22px; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.1; }
      .start { flex-wrap: wrap; }
      .start input { width: 56px; }
      .letters { display: inline-flex; gap: 2px; }
    `,
  ];

  @property({ attribute: false }) drafts!: Drafts;
  /** What a new threat is on, unless its author says otherwise. */
  @property({ attribute: false }) targets: readonly string[] = [];

  @query('.start input') private minutes?: HTMLInputElement;
  @state() private dropping = false;

  private readonly mine = new Watch(this, () => this.drafts);

  private get route() {
    return api.sessions[':id'].round;
  }

  private readonly propose = ({ detail }: CustomEvent<Proposal>) => {
    if (this.snapshot.info.round) this.drafts.add({ ...detail, description: '' });
    else addThreat(this.desk, detail);
  };

  override render() {
    const { info, threats } = this.snapshot;
    const { round } = info;
    const { me } = this.desk;
    // Where the answer was lost on its way, the threat tells that it was in time.
    const late = this.mine.value!.filter(
      draft => draft.state === 'late' && !threats.some(({ id }) => wasDraft(id, draft.id)),
    );
    return html`
      ${round ? this.renderRound(round) : this.renderOpen(me.role)}
      ${late.length > 0 && !round ? this.renderLate(late) : nothing}
      ${this.renderRefusal()}
    `;
  }

  private renderOpen(role: typeof this.desk.me.role) {
    return html`
      ${can.addThreat(role, isProposing(this.snapshot.info)) ? this.renderPropose('Add threat') : nothing}
      ${
        can.facilitate(role)
          ? html`<div class="row start">
              <button @click=${this.start}>Start a silent round</button>
              <label class="row">for <input type="number" min="1" max="60" value="5" aria-label="Minutes of the silent round" /> min</label>
              <span class="quiet small">Everybody writes alone; you reveal it all at once.</span>
            </div>`
          : nothing
      }
    `;
  }

  private readonly start = () => {
    const minutes = Math.min(60, Math.max(1, Number(this.minutes?.value) || 5));
    return this.ask(body(this.route.$post({ param: { id: this.sessionId }, json: { minutes } })));
  };

  private renderPropose(action: string) {
    return html`<sb-propose
      .snapshot=${this.snapshot} .targets=${this.targets} keep="strideboard.typing.${this.sessionId}.${this.desk.me.id}" action=${action}
      @sb-propose=${this.propose}
    ></sb-propose>`;
  }

  private renderRound(round: Round) {
    const { role } = this.desk.me;
    return html`<section class="box" aria-label="Silent round">
      <div class="row spread">
        <h2>Silent round</h2>
        <sb-countdown until=${round.endsAt} over="Time is up: finish your sentence"></sb-countdown>
      </div>
      ${
        can.note(role)
          ? html`<p>Write down what could go wrong, one threat at a time. <b>Nobody else can see it</b> until the moderator reveals everything.</p>
              ${this.renderPropose('Write down')} ${this.renderMine()}`
          : html`<p>The team is writing in silence. You see everything once the moderator reveals it.</p>`
      }
      ${can.facilitate(role) ? this.renderLead(round) : nothing}
    </section>`;
  }

  private renderMine() {
    const mine = this.mine.value!.filter(({ state }) => state !== 'withdrawn');
    if (mine.length === 0) return nothing;
    return html`<div>
      <h2>Yours <span class="quiet small">${mine.length}</span></h2>
      <ul>${mine.map(draft => this.renderDraft(draft))}</ul>
    </div>`;
  }

  private renderDraft({ id, title, stride, target, state }: Draft) {
    return html`<li>
      <sb-text
        wrap required bare label="Your threat on ${labelOf(this.snapshot.things, target)}" limit=${LIMITS.title} .value=${title}
        @sb-commit=${(event: CustomEvent) => this.drafts.change(id, { title: event.detail.text })}
      ></sb-text>
      <span class="row">
        <span class="letters">${stride.map(letter => html`<sb-letter letter=${letter}></sb-letter>`)}</span>
        <span class="quiet small" title=${STATES[state]}>${state === 'stored' ? html`${icon('check')}<span class="visually-hidden">${STATES.stored}</span>` : STATES[state]}</span>
      </span>
      <button class="plain" aria-label="Take back: ${title}" @click=${() => this.drafts.remove(id)}>${icon('trash')}</button>
    </li>`;
  }

  private renderLead({ drafts, people }: Round) {
    const param = { id: this.sessionId };
    const reveal = (named: boolean) => this.ask(body(this.route.reveal.$post({ param, json: { named } })));
    const drop = async () => {
      await this.ask(body(this.route.$delete({ param })));
      this.dropping = false;
    };
    return html`<div class="stack">
      <p role="status"><span class="count">${drafts}</span> ${drafts === 1 ? 'threat' : 'threats'} by ${people} ${people === 1 ? 'person' : 'people'} so far</p>
      <div class="row" style="flex-wrap: wrap">
        <button class="primary" @click=${() => reveal(true)}>Reveal with names</button>
        <button @click=${() => reveal(false)}>Reveal without names</button>
        ${
          this.dropping
            ? html`<button @click=${drop}>Drop everything that was written</button><button class="plain" @click=${() => (this.dropping = false)}>Keep</button>`
            : html`<button class="plain" @click=${() => (this.dropping = true)}>Drop the round …</button>`
        }
      </div>
    </div>`;
  }

  private renderLate(late: readonly Draft[]) {
    const { role } = this.desk.me;
    const open = can.addThreat(role, isProposing(this.snapshot.info));
    const add = ({ id, state, ...content }: Draft) => {
      addThreat(this.desk, content);
      this.drafts.remove(id);
    };
    return html`<section class="box" role="status" aria-label="Not in time">
      <h2>Not in time</h2>
      <p>These reached the server when no threats were taken. Nobody has seen them.</p>
      <ul>
        ${late.map(
          draft => html`<li>
            <span>${draft.title}</span>
            <button ?disabled=${!open} title=${open ? '' : 'No threats are taken at the moment'} @click=${() => add(draft)}>Add now</button>
            <button class="plain" aria-label="Forget: ${draft.title}" @click=${() => this.drafts.remove(draft.id)}>${icon('trash')}</button>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}
