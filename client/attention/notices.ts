/** `<sb-attention>`: over the board: whose view it shows, who asks for it, and the way out of each. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { can, type Writer } from '#shared/document/rights.ts';
import type { BoardController } from '../board/controller.ts';
import type { Person } from '../session/people.ts';
import { controls } from '../theme/controls.ts';
import { type Call, type Calls, followersOf, leadsTo } from './attention.ts';
import { REACTIONS } from './reactions.ts';

/** How long somebody has to decline a summons, in ms. */
const DECLINE_WITHIN = 3_000;

const keyOf = ({ client, at }: Call): string => `${client} ${at}`;

/** @fires sb-spotlight `{ on }` */
@customElement('sb-attention')
export class AttentionNotices extends LitElement {
  static override styles = [
    controls,
    css`
      :host { position: relative; pointer-events: none; overflow: hidden; }
      .frame { position: absolute; inset: 0; border: 3px solid var(--person); }
      .cards { position: absolute; inset: auto 8px 52px; display: grid; gap: 6px; justify-items: center; }
      .card {
        position: relative; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; max-width: 100%; padding: 5px 6px 5px 12px; overflow: hidden; pointer-events: auto;
        border: 1px solid var(--sb-line-strong); border-inline-start: 4px solid var(--person, var(--sb-line-strong)); border-radius: 6px;
        background: var(--wa-color-surface-raised); box-shadow: var(--wa-shadow-s); font-size: var(--sb-small);
      }
      .card .row { gap: 2px; margin-inline-start: auto; }
      .wait { position: absolute; inset: auto 0 0; height: 2px; background: var(--person); transform-origin: left; animation: wait ${DECLINE_WITHIN / 1000}s linear both; }
      @keyframes wait { from { transform: scaleX(0); } }
      @media (prefers-reduced-motion: reduce) { .wait { animation: none; } }
      .absence { padding-inline-end: 12px; animation: late 0s 5s both; }
      @keyframes late { from { visibility: hidden; } to { visibility: visible; } }
    `,
  ];

  @property({ attribute: false }) board?: BoardController;
  @property({ attribute: false }) calls!: Calls;
  @property({ attribute: false }) people: readonly Person[] = [];
  @property({ attribute: false }) me!: Writer;
  /** The Yjs client of this window. */
  @property({ type: Number }) client = 0;
  /** Whether a meeting runs. */
  @property({ type: Boolean }) meeting = false;
  /** Whether the others are known as they are now. */
  @property({ type: Boolean }) live = false;

  /** The summons that waits to be followed, or declined. */
  @state() private pending: Calls['summons'] = null;
  /** The time to decline is over; what the person is doing is not. */
  private due = false;
  private answered = '';
  private timer?: ReturnType<typeof setTimeout>;

  /** The spotlight that this window follows, and the one that the person left. */
  private joined: Call | null = null;
  @state() private left = '';

  /** The moderator who was seen last, and since when no more, in ms since 1970; 0 while one is here. */
  private facilitator = { name: '', gone: 0 };

  private stop?: () => void;

  override connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKeyDown, { capture: true });
    this.watch();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown, { capture: true });
    clearTimeout(this.timer);
    this.stop?.();
  }

  private watch() {
    this.stop?.();
    this.stop = this.board?.subscribe(() => this.requestUpdate());
  }

  override willUpdate(changed: PropertyValues) {
    if (changed.has('board')) this.watch();
    this.followFacilitator();
    this.followSummons();
    this.followSpotlight();
    this.endRing();
  }

  private followFacilitator() {
    if (!this.live) return;
    const present = this.people.find(({ role }) => can.facilitate(role));
    if (present) this.facilitator = { name: present.name, gone: 0 };
    else if (this.facilitator.name && !this.facilitator.gone) this.facilitator.gone = Date.now();
  }

  private followSummons() {
    const { summons } = this.calls;
    if (
      summons &&
      keyOf(summons) !== this.answered &&
      keyOf(summons) !== (this.pending && keyOf(this.pending))
    ) {
      this.pending = summons;
      this.due = false;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.due = true;
        this.requestUpdate();
      }, DECLINE_WITHIN);
    }
    if (this.pending && this.due && !this.board?.busy) this.answer(true);
  }

  private answer(go: boolean) {
    const { pending } = this;
    if (!pending) return;
    clearTimeout(this.timer);
    this.answered = keyOf(pending);
    this.pending = null;
    if (go) this.board?.showPlace(pending.place);
  }

  /** Another's light, which this window comes along with unless the person left it. */
  private get light(): Call | null {
    const { spotlight } = this.calls;
    return spotlight && spotlight.client !== this.client ? spotlight : null;
  }

  private followSpotlight() {
    const { board, light, joined } = this;
    if (!board) return;
    // There is one light, and a moderator holds it.
    if (this.calls.lit && (light || !can.facilitate(this.me.role))) this.send('sb-spotlight', { on: false });
    const same = light && joined && keyOf(light) === keyOf(joined);
    if (same && board.following !== light.client) {
      // Moved by themselves.
      this.left = keyOf(light);
      this.joined = null;
    }
    if (joined && !same) {
      this.joined = null;
      if (!light && board.following === joined.client) board.follow(null);
    }
    if (light && !this.joined && this.left !== keyOf(light) && !board.busy) {
      board.follow(light.client);
      if (board.following === light.client) this.joined = light;
    }
  }

  /** Two who began to follow each other at once: one of them goes on. */
  private endRing() {
    const following = this.board?.following ?? null;
    if (following !== null && this.client < following && leadsTo(this.calls.follows, following, this.client))
      this.board!.follow(null);
  }

  private readonly onKeyDown = (event: KeyboardEvent) => {
    // What is open, or typed into, closes first.
    const taken = event
      .composedPath()
      .some(each => each instanceof Element && each.matches('[open], input, textarea, [contenteditable]'));
    if (event.key !== 'Escape' || taken) return;
    if (this.pending) this.answer(false);
    else this.board?.follow(null);
  };

  private send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  override render() {
    const followed = this.people.find(({ clients }) => clients.includes(this.board?.following ?? 0));
    return html`
      ${followed ? html`<div class="frame" style="--person: ${followed.color}"></div>` : nothing}
      <div class="cards" role="status">
        ${this.renderAbsence()}
        ${this.pending ? this.renderSummons(this.pending) : nothing}
        ${this.light ? this.renderLight(this.light) : followed ? this.renderFollowing(followed) : nothing}
        ${this.calls.lit ? this.renderOwnLight() : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.reactionsInWords}</p>
    `;
  }

  private renderCard(color: string, words: unknown, buttons: unknown) {
    return html`<div class="card" style="--person: ${color}"><span>${words}</span><div class="row">${buttons}</div></div>`;
  }

  private renderFollowing({ name, color }: Person) {
    const stop = html`<button class="plain small" title="Stop following (Escape)" @click=${() => this.board?.follow(null)}>Stop</button>`;
    return this.renderCard(color, html`Following <b>${name}</b>`, stop);
  }

  private renderLight(light: Call) {
    const { name, color } = light;
    if (this.joined) {
      const leave = html`<button class="plain small" title="Leave the spotlight (Escape)" @click=${() => this.board?.follow(null)}>Leave spotlight</button>`;
      return this.renderCard(color, html`Spotlight: you see what <b>${name}</b> sees`, leave);
    }
    const back = html`<button class="small" @click=${() => (this.left = '')}>Come along</button>`;
    return this.renderCard(color, html`<b>${name}</b> has the spotlight`, back);
  }

  private renderOwnLight() {
    const followers = new Set(followersOf(this.calls.follows, this.client));
    const along = this.people.filter(({ clients }) => clients.some(client => followers.has(client))).length;
    const end = html`<button class="small" @click=${() => this.send('sb-spotlight', { on: false })}>End</button>`;
    return this.renderCard(
      'var(--sb-chosen-line)',
      html`You have the spotlight: <b>${along} of ${this.people.length}</b> follow`,
      end,
    );
  }

  private renderSummons({ name, color }: Call) {
    return html`<div class="card" style="--person: ${color}">
      <span><b>${name}</b> asks you to look here</span>
      <div class="row">
        <button class="small" @click=${() => this.answer(true)}>Go now</button>
        <button class="plain small" title="Stay here (Escape)" @click=${() => this.answer(false)}>Stay here</button>
      </div>
      <span class="wait"></span>
    </div>`;
  }

  private renderAbsence() {
    const present = can.facilitate(this.me.role) || this.people.some(({ role }) => can.facilitate(role));
    if (!this.meeting || !this.live || present) return nothing;
    const { name, gone } = this.facilitator;
    const until = new Date(gone).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    return html`<div class="card absence">
      <span>Nobody facilitates at the moment${gone ? `: ${name} was here until ${until}` : ''}. The session goes on.</span>
    </div>`;
  }

  private get reactionsInWords(): string {
    return this.people
      .filter(({ reaction }) => reaction)
      .map(({ name, reaction }) => `${name}: ${REACTIONS[reaction!.kind].label}`)
      .join(', ');
  }
}
