/** `<sb-gestures>`: what a person does before everybody's eyes: raise a hand, react, and as a moderator call them together. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Hand } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import { serverNow } from '../meeting/clock.ts';
import { type Desk, lowerHand, raiseHand } from '../session/commands.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { chosen, menus } from '../theme/menus.ts';
import { ordinal } from './hands.ts';
import { REACTIONS, type ReactionKind } from './reactions.ts';

/**
 * @fires sb-react `{ kind }`
 * @fires sb-summon everybody is to look where this person looks
 * @fires sb-spotlight `{ on }`, everybody is to come along
 */
@customElement('sb-gestures')
export class Gestures extends LitElement {
  static override styles = [
    controls,
    menus,
    css`
      :host { display: flex; align-items: center; }
      button { white-space: nowrap; }
      @media (max-width: 520px) { button { padding-inline: 5px; } .word { display: none; } }
      button[aria-pressed='true'], button.on { background: var(--sb-chosen); border-color: var(--sb-chosen-line); }
    `,
  ];

  @property({ attribute: false }) desk!: Desk;
  /** Of those who are here, the first to be raised first. */
  @property({ attribute: false }) hands: readonly Hand[] = [];
  /** Whether everybody is asked to see what this person sees. */
  @property({ type: Boolean }) lit = false;

  private send(type: string, detail?: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  override render() {
    const { role } = this.desk.me;
    return html`
      ${can.raiseHand(role) ? this.renderHand() : nothing}
      ${can.facilitate(role) && this.hands.length > 0 ? this.renderHands() : nothing}
      ${this.renderReactions()}
      ${can.facilitate(role) ? this.renderCalls() : nothing}
    `;
  }

  private renderHand() {
    const { me } = this.desk;
    const place = this.hands.findIndex(({ id }) => id === me.id) + 1;
    const act = () => (place > 0 ? lowerHand(this.desk, me.id) : raiseHand(this.desk, serverNow()));
    const title =
      place > 0
        ? `Your hand is up, ${ordinal(place)} in the order. Press to put it down.`
        : 'Raise your hand: say that you want to speak';
    return html`<button class="plain" aria-label="Raise hand${place > 0 ? `, ${ordinal(place)}` : ''}" aria-pressed=${place > 0} title=${title} @click=${act}>
      ${icon('hand')}${place > 0 ? ordinal(place) : nothing}
    </button>`;
  }

  /** In the order in which they were raised, to be put down. */
  private renderHands() {
    const { length } = this.hands;
    const label = `${length} raised ${length === 1 ? 'hand' : 'hands'}`;
    return html`<wa-dropdown @wa-select=${(event: Event) => lowerHand(this.desk, chosen(event))}>
      <button slot="trigger" class="plain on" aria-label=${label} title=${label}>${length}<span class="word"> raised</span></button>
      <div class="menu-heading">Who wants to speak</div>
      ${this.hands.map(
        ({ id, by }, i) =>
          html`<wa-dropdown-item value=${id}>${ordinal(i + 1)} ${by.name} <span slot="details">Put down</span></wa-dropdown-item>`,
      )}
    </wa-dropdown>`;
  }

  private renderReactions() {
    return html`<wa-dropdown @wa-select=${(event: Event) => this.send('sb-react', { kind: chosen(event) })}>
      <button slot="trigger" class="plain" aria-label="React" title="React: everybody sees it for a moment">${icon('smile')}</button>
      ${(Object.keys(REACTIONS) as ReactionKind[]).map(
        kind =>
          html`<wa-dropdown-item value=${kind}><span slot="icon">${icon(REACTIONS[kind].icon)}</span>${REACTIONS[kind].label}</wa-dropdown-item>`,
      )}
    </wa-dropdown>`;
  }

  private renderCalls() {
    const act = (event: Event) =>
      chosen(event) === 'summon' ? this.send('sb-summon') : this.send('sb-spotlight', { on: !this.lit });
    return html`<wa-dropdown @wa-select=${act}>
      <button slot="trigger" class="plain ${this.lit ? 'on' : ''}" aria-label="Call everybody" title="Call everybody to what you see">${icon('eye')}</button>
      <wa-dropdown-item value="summon">Bring everyone to me <span slot="details">once</span></wa-dropdown-item>
      <wa-dropdown-item value="spotlight">${this.lit ? 'End the spotlight' : 'Spotlight: everybody follows me'}</wa-dropdown-item>
    </wa-dropdown>`;
  }
}
