import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CATEGORY, type Letter } from '#shared/stride/letters.ts';

/** `<sb-letter>`: a STRIDE letter, always letter plus colour, the same everywhere. */
@customElement('sb-letter')
export class LetterBadge extends LitElement {
  static override styles = css`
    :host { display: inline-flex; }
    abbr {
      display: inline-grid; place-items: center; width: 1.55em; height: 1.55em; border-radius: 4px; font-weight: 700;
      font-size: var(--sb-small); line-height: 1; text-decoration: none; color: var(--stride-on);
    }
  `;

  @property() letter: Letter = 'S';

  override render() {
    const { name, question } = CATEGORY[this.letter];
    return html`<abbr
      title="${name}: ${question}"
      style="background: var(--stride-${this.letter.toLowerCase()})"
    >${this.letter}</abbr>`;
  }
}
