/** `<sb-vote>`: dots for the threats that matter most: open for everybody to give, secret until it is closed, then shown as bars. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { can } from '#shared/document/rights.ts';
import { type Threat, threatRef } from '#shared/document/threats.ts';
import { type Ballot, MOST_DOTS, type Vote } from '#shared/meeting/votes.ts';
import { type ApiFailure, api, body, isRefusal } from '../session/api.ts';
import { onThreat } from '../session/focus.ts';
import { labelOf } from '../session/things.ts';
import { controls } from '../theme/controls.ts';
import { MeetingPart } from './part.ts';
import { resultStyles, results } from './results.ts';
import './timer.ts';

/** Pause before a server that did not answer is asked again, in ms. */
const RETRY_AFTER = 2_000;

@customElement('sb-vote')
export class VotePart extends MeetingPart {
  static override styles = [
    controls,
    resultStyles,
    css`
      :host { display: grid; gap: 12px; }
      .box { display: grid; gap: 8px; padding: 10px; border: 1px solid var(--sb-chosen-line); border-radius: 6px; background: var(--sb-chosen); }
      .left { display: flex; flex-wrap: wrap; gap: 3px; align-items: center; }
      .left .small { margin-inline-start: 4px; }
      .dot { width: 11px; height: 11px; border-radius: 50%; border: 1.5px solid currentColor; }
      .dot.given { background: currentColor; }
      .candidates li { display: grid; grid-template-columns: 34px minmax(0, 1fr) auto; gap: 8px; align-items: center; padding: 5px 0; border-bottom: 1px solid var(--sb-line-strong); }
      .candidates li:last-child { border: 0; }
      .steps { display: flex; gap: 4px; align-items: center; }
      .steps button { width: 28px; justify-content: center; padding: 0; font-weight: 700; }
      .steps output { min-width: 18px; text-align: center; font-variant-numeric: tabular-nums; font-weight: 650; }
      form { display: grid; gap: 8px; }
      fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 8px 12px; }
      fieldset label { display: flex; gap: 6px; align-items: center; }
      fieldset input[type='number'] { width: 44px; }
      .choice { max-height: 220px; overflow: auto; border: 1px solid var(--sb-line); border-radius: 5px; padding: 2px 8px; }
      .choice label { display: flex; gap: 8px; font-weight: 400; padding: 3px 0; }
      details summary { cursor: pointer; font-weight: 600; font-size: var(--sb-small); }
    `,
  ];

  /** Ids of the vote that the ballot below is of. */
  private voteId = '';
  /** What this person gave; null until the server has said what it has. */
  @state() private ballot: Ballot | null = null;
  /** Whether what was given last is with the server. */
  @state() private saved = true;
  /** Ballots go one after the other: of two on their way at once, the earlier could arrive last, and count. */
  private sending: Promise<void> = Promise.resolve();
  /** Threats that are not to be voted on. */
  @state() private unchosen: ReadonlySet<string> = new Set();

  private get route() {
    return api.sessions[':id'].votes;
  }

  private get open(): Vote | undefined {
    return this.snapshot.votes.find(({ closedAt }) => closedAt === null);
  }

  /** What may be voted on: what nobody rejected. */
  private get candidates(): Threat[] {
    return this.snapshot.threats.filter(({ status, into }) => status !== 'rejected' && !into);
  }

  override willUpdate() {
    const id = this.open?.id ?? '';
    if (id === this.voteId) return;
    this.voteId = id;
    this.ballot = null;
    this.saved = true;
    this.refusal = '';
    if (id && can.vote(this.desk.me.role)) void this.load(id);
  }

  private async load(voteId: string) {
    if (voteId !== this.voteId || !this.isConnected || (await this.fetchBallot(voteId))) return;
    setTimeout(() => this.load(voteId), RETRY_AFTER);
  }

  /**
   * Shows what the server has, unless the person gives dots meanwhile.
   * @returns whether it has said so
   */
  private async fetchBallot(voteId: string): Promise<boolean> {
    const shown = this.ballot;
    const param = { id: this.sessionId, voteId };
    const mine = await body(this.route[':voteId'].ballot.$get({ param })).catch(() => null);
    if (mine && voteId === this.voteId && this.ballot === shown) this.ballot = mine.dots;
    return mine !== null;
  }

  private give({ id }: Vote, threat: string, dots: number) {
    const { [threat]: _, ...others } = this.ballot!;
    const ballot = dots > 0 ? { ...others, [threat]: dots } : others;
    this.ballot = ballot;
    this.saved = false;
    // One after the other: the last one given is the last to arrive.
    this.sending = this.sending.then(() => this.send(id, ballot));
  }

  /** Until the server has it, or has refused it: then what the server has counts. Another ballot takes its place. */
  private async send(voteId: string, ballot: Ballot) {
    const param = { id: this.sessionId, voteId };
    while (this.ballot === ballot && this.isConnected) {
      const failure = await body(this.route[':voteId'].ballot.$put({ param, json: { dots: ballot } })).then(
        () => null,
        (error: ApiFailure) => error,
      );
      if (this.ballot !== ballot) return;
      this.refusal = failure?.message ?? '';
      // What did not reach the server is never taken for what the person wants no more.
      if (!failure || (isRefusal(failure) && (await this.fetchBallot(voteId)))) {
        this.saved = true;
        return;
      }
      await new Promise(resolve => setTimeout(resolve, RETRY_AFTER));
    }
  }

  override render() {
    const { open } = this;
    const leads = can.facilitate(this.desk.me.role);
    const past = this.snapshot.votes.filter(({ closedAt }) => closedAt !== null).reverse();
    return html`
      ${open ? this.renderOpen(open, leads) : leads ? this.renderForm() : past.length === 0 ? html`<p class="quiet">No vote is open yet.</p>` : nothing}
      ${this.renderRefusal()}
      ${past.map((vote, index) => this.renderPast(vote, index === 0 && !open))}
    `;
  }

  private renderOpen(vote: Vote, leads: boolean) {
    const { threats } = this.snapshot;
    const given = Object.values(this.ballot ?? {}).reduce((sum, dots) => sum + dots, 0);
    const votes = can.vote(this.desk.me.role);
    const close = () =>
      this.ask(body(this.route[':voteId'].close.$post({ param: { id: this.sessionId, voteId: vote.id } })));
    return html`<section class="box" aria-label="Vote: ${vote.title}">
      <div class="row spread">
        <h2>${vote.title}</h2>
        ${vote.endsAt === null ? nothing : html`<sb-countdown until=${vote.endsAt} over="closing …"></sb-countdown>`}
      </div>
      ${
        votes
          ? html`<div class="left" role="status" aria-label="${given} of your ${vote.dots} dots given">
              ${Array.from({ length: vote.dots }, (_, i) => html`<span class="dot ${i < given ? 'given' : ''}"></span>`)}
              <span class="quiet small">${given < vote.dots ? `${vote.dots - given} left` : 'all given'}${this.saved ? '' : ', saving …'}</span>
            </div>`
          : nothing
      }
      <ul class="candidates">
        ${threats
          .filter(({ id }) => vote.threats.includes(id))
          .map(threat => this.renderCandidate(vote, threat, given, votes))}
      </ul>
      <p class="quiet small">${vote.voters} ${vote.voters === 1 ? 'person has' : 'people have'} voted. Nobody sees whose dots are whose, and nobody sees any before the vote is closed.</p>
      ${leads ? html`<p><button class="primary" @click=${close}>Close the vote</button></p>` : nothing}
    </section>`;
  }

  private renderCandidate(vote: Vote, threat: Threat, given: number, votes: boolean) {
    const dots = this.ballot?.[threat.id] ?? 0;
    const ref = threatRef(threat);
    const full = this.ballot === null || given >= vote.dots || dots >= vote.perThreat;
    const step = (by: -1 | 1, ends: boolean) => () => !ends && this.give(vote, threat.id, dots + by);
    return html`<li>
      <button class="link" aria-label="Show ${ref} on the board" @click=${() => this.look(onThreat(threat))}><b>${ref}</b></button>
      <span>${threat.title} <span class="quiet small">on ${labelOf(this.snapshot.things, threat.target)}</span></span>
      ${
        votes
          ? html`<span class="steps" role="group" aria-label="Your dots for ${ref}">
              <button aria-label="One dot less for ${ref}" aria-disabled=${dots === 0} @click=${step(-1, dots === 0)}>−</button>
              <output>${dots}</output>
              <button aria-label="One dot more for ${ref}" aria-disabled=${full} @click=${step(1, full)}>+</button>
            </span>`
          : nothing
      }
    </li>`;
  }

  private readonly start = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const threats = this.candidates.map(({ id }) => id).filter(id => !this.unchosen.has(id));
    const minutes = Number(form.get('minutes'));
    const json = {
      title: String(form.get('title')).trim() || undefined,
      dots: Number(form.get('dots')),
      perThreat: Number(form.get('perThreat')),
      threats,
      minutes: minutes > 0 ? minutes : null,
    };
    return this.ask(body(this.route.$post({ param: { id: this.sessionId }, json })));
  };

  private renderForm() {
    const { candidates } = this;
    if (candidates.length === 0) return html`<p class="quiet">There is no threat to vote on yet.</p>`;
    const chosen = candidates.filter(({ id }) => !this.unchosen.has(id)).length;
    const toggle = (id: string) => {
      const next = new Set(this.unchosen);
      if (!next.delete(id)) next.add(id);
      this.unchosen = next;
    };
    return html`<form @submit=${this.start}>
      <input name="title" aria-label="What is voted on" value="Which threats matter most?" maxlength="300" />
      <fieldset>
        <label>Dots per person <input name="dots" type="number" min="1" max=${MOST_DOTS} value="3" required /></label>
        <label>Most per threat <input name="perThreat" type="number" min="1" max=${MOST_DOTS} value="1" required /></label>
        <label>Minutes <input name="minutes" type="number" min="0" max="480" value="3" title="0: until you close it" required /></label>
      </fieldset>
      <details>
        <summary>On ${chosen} of ${candidates.length} threats</summary>
        <div class="choice">
          ${candidates.map(
            threat => html`<label>
              <input type="checkbox" .checked=${!this.unchosen.has(threat.id)} @change=${() => toggle(threat.id)} />
              <span><b>${threatRef(threat)}</b> ${threat.title}</span>
            </label>`,
          )}
        </div>
      </details>
      <p><button class="primary" ?disabled=${chosen === 0}>Open the vote</button></p>
    </form>`;
  }

  private renderPast(vote: Vote, unfolded: boolean) {
    const when = new Date(vote.openedAt).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
    return html`<details ?open=${unfolded}>
      <summary>${vote.title} <span class="quiet">${vote.voters} voted, ${when}</span></summary>
      ${results(vote, this.snapshot.threats, threat => this.look(onThreat(threat), { panel: 'threats' }))}
    </details>`;
  }
}
