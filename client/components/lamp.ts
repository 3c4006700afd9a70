import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LAMPS, type Lamp } from '../session/saving.ts';

/** `<sb-lamp>`: the connection lamp, a shape and a word; it never says more than is true. */
@customElement('sb-lamp')
export class LampLight extends LitElement {
  static override styles = css`
    span { display: inline-flex; align-items: center; gap: 6px; font-size: var(--sb-small); color: var(--sb-quiet); white-space: nowrap; }
    i { width: 9px; height: 9px; border-radius: 50%; background: var(--wa-color-success-fill-loud); }
    [data-lamp='connecting'] i, [data-lamp='saving'] i { background: none; border: 2px solid currentColor; }
    [data-lamp='reconnecting'] i { background: var(--wa-color-warning-fill-loud); border-radius: 2px; }
    [data-lamp='offline'] i, [data-lamp='refused'] i { background: var(--wa-color-danger-fill-loud); border-radius: 0; transform: rotate(45deg); }
    [data-lamp='unstored'] i { background: var(--wa-color-danger-fill-loud); border-radius: 0; clip-path: polygon(50% 0, 100% 100%, 0 100%); }
    [data-lamp='unstored'] b { color: var(--wa-color-text-normal); }
    @media (max-width: 720px) { b { display: none; } }
    b { font-weight: 500; }
  `;

  @property() lamp: Lamp = 'connecting';

  override render() {
    const { label, meaning } = LAMPS[this.lamp];
    // Each change being saved is no news to be read out; losing and finding the connection is.
    const live = this.lamp === 'saving' || this.lamp === 'saved' ? 'off' : 'polite';
    return html`<span role="status" aria-live=${live} data-lamp=${this.lamp} title=${meaning} aria-label="Connection: ${label}"><i></i><b>${label}</b></span>`;
  }
}
