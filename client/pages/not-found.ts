import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controls } from '../theme/controls.ts';

/** `<sb-not-found>`: nothing to see at this address, with a way home. */
@customElement('sb-not-found')
export class NotFound extends LitElement {
  static override styles = [
    controls,
    css`
      :host { display: grid; place-items: center; height: 100%; padding: 24px; text-align: center; }
      main { display: grid; gap: 12px; max-width: 44ch; justify-items: center; }
      h1 { font-size: 20px; }
      a { color: var(--wa-color-text-link); }
    `,
  ];

  @property() heading = 'There is nothing here';
  @property() message = 'The address may be mistyped, or the session is not one of yours.';

  override render() {
    return html`<main>
      <h1>${this.heading}</h1>
      <p class="quiet" role="status">${this.message}</p>
      <a href="/">Go to your sessions</a>
    </main>`;
  }
}
