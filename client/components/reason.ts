/**
 * `<sb-reason>`: asks why something does not apply; without a reason nothing is ruled out.
 *
 * @fires sb-reason `{ reason }`
 */
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LIMITS } from '#shared/document/rights.ts';
import { controls } from '../theme/controls.ts';

@customElement('sb-reason')
export class Reason extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; }
      form { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 6px; }
    `,
  ];

  @query('input') private field?: HTMLInputElement;

  /** Of the button that asks. */
  @property() label = '';

  @state() private asking = false;

  private readonly give = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = this.field!.value.trim();
    if (!reason) return;
    this.asking = false;
    this.dispatchEvent(new CustomEvent('sb-reason', { detail: { reason } }));
  };

  private async ask() {
    this.asking = true;
    await this.updateComplete;
    this.field?.focus();
  }

  override render() {
    if (!this.asking) return html`<button class="plain" @click=${this.ask}>${this.label}</button>`;
    return html`<form @submit=${this.give}>
      <input aria-label="Why it does not apply" placeholder="Does not apply, because …" maxlength=${LIMITS.reason} autocomplete="off" />
      <button class="primary">Say so</button>
      <button type="button" class="plain" @click=${() => (this.asking = false)}>Cancel</button>
    </form>`;
  }
}
