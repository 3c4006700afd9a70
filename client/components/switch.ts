/**
 * `<sb-switch>`: a choice between a few views.
 *
 * @fires sb-choose `{ value }`
 */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controls } from '../theme/controls.ts';

@customElement('sb-switch')
export class Switch extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: block; }
      fieldset { display: flex; border: 0; margin: 0; padding: 0; }
      label { position: relative; padding: 2px 10px; border: 1px solid var(--sb-line-strong); margin-inline-start: -1px; cursor: pointer; font-weight: 400; }
      label:first-of-type { border-radius: 5px 0 0 5px; margin: 0; }
      label:last-of-type { border-radius: 0 5px 5px 0; }
      label:has(:checked) { background: var(--sb-chosen); box-shadow: inset 0 0 0 1px var(--sb-chosen-line); z-index: 1; }
      label:has(:focus-visible) { outline: 2px solid var(--wa-color-focus); z-index: 2; }
      input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer; }
    `,
  ];

  /** What is chosen by it, for who can't see what stands around it. */
  @property() label = '';
  /** Labels by value. */
  @property({ attribute: false }) options: Readonly<Record<string, string>> = {};
  @property() value = '';

  override render() {
    const choose = (value: string) => this.dispatchEvent(new CustomEvent('sb-choose', { detail: { value } }));
    return html`<fieldset aria-label=${this.label}>
      ${Object.entries(this.options).map(
        ([value, label]) => html`<label><input
          type="radio" name="choice" .checked=${value === this.value} @change=${() => choose(value)}
        />${label}</label>`,
      )}
    </fieldset>`;
  }
}
