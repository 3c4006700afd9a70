/**
 * `<sb-reason>`: asks why something does not apply; without a reason nothing is ruled out.
 *
 * @fires sb-reason `{ reason }`
 */
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import { controls } from '../theme/controls.ts';

@customElement('sb-reason')
export class Reason extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; min-width: 0; }
      :host([asking]) { flex: 1 0 100%; }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
    `,
  ];

  @query('input') private field?: HTMLInputElement;

  /** Of the button that asks. */
  @property() label = '';
  /** Of the button that gives the reason. */
  @property() action = '';

  /** Asked in a row of other buttons, it takes the whole row. */
  @property({ type: Boolean, reflect: true }) asking = false;

  private readonly give = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = this.field!.value.trim();
    if (!reason) return;
    this.asking = false;
    this.dispatchEvent(new CustomEvent('sb-reason', { detail: { reason } }));
  };

  /** The keyboard goes along. */
  private async ask(asking: boolean) {
    this.asking = asking;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input, button')?.focus();
  }

  private readonly onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.ask(false);
  };

  override render() {
    if (!this.asking)
      return html`<button class="plain" @click=${() => this.ask(true)}>${this.label}</button>`;
    return html`<form @submit=${this.give} @keydown=${this.onKeyDown}>
      <input aria-label="Why it does not apply" placeholder="Does not apply, because …" maxlength=${LIMITS.reason} autocomplete="off" />
      <button class="primary">${this.action}</button>
      <button type="button" class="plain" @click=${() => this.ask(false)}>Cancel</button>
    </form>`;
  }
}
