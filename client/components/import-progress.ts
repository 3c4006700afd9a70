/** `<sb-import-progress>`: a file on its way: first sent, then read and laid out, which nobody can tell the length of. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controls } from '../theme/controls.ts';

@customElement('sb-import-progress')
export class ImportProgress extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: grid; gap: 6px; }
      progress { width: 100%; accent-color: var(--sb-chosen-line); }
    `,
  ];

  @property() name = '';
  /** How much of it was sent, from 0 to 1. */
  @property({ type: Number }) sent = 0;

  override render() {
    const sending = this.sent < 1;
    return html`
      <p role="status">${sending ? `Sending ${this.name} …` : `Reading ${this.name} and laying it out …`}</p>
      ${
        sending
          ? html`<progress aria-label="Sent of ${this.name}" max="1" .value=${this.sent}></progress>`
          : html`<progress aria-label="Reading ${this.name}"></progress>`
      }
    `;
  }
}
