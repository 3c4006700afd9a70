/** `<sb-import-progress>`: a file on its way: sent, read, and laid out where it says no places. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { NOTHING_SENT, type Progress } from '../session/exchange.ts';
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
  @property({ attribute: false }) progress: Progress = NOTHING_SENT;

  override render() {
    const { sent, placed } = this.progress;
    const [doing, part] =
      sent < 1 ? ['Sending', sent] : placed === null ? ['Reading', null] : ['Laying out', placed];
    return html`
      <p role="status">${doing} ${this.name} …</p>
      ${
        part === null
          ? html`<progress aria-label="${doing} ${this.name}"></progress>`
          : html`<progress aria-label="${doing} ${this.name}" max="1" .value=${part}></progress>`
      }
    `;
  }
}
