/** `<sb-lock>`: what a moderator closes and opens: the board, what is on it, the door. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Desk, editSession, lockBoard, lockEverything } from '../session/commands.ts';
import { controls } from '../theme/controls.ts';
import { icon } from '../theme/icons.ts';
import { chosen, menus } from '../theme/menus.ts';

@customElement('sb-lock')
export class LockMenu extends LitElement {
  static override styles = [
    controls,
    menus,
    css`
      button.on { background: var(--sb-chosen); border-color: var(--sb-chosen-line); }
      @media (max-width: 520px) { button { padding-inline: 5px; } }
    `,
  ];

  @property({ attribute: false }) desk!: Desk;
  /** Whether the whole board is. */
  @property({ type: Boolean }) locked = false;
  /** How many shapes are. */
  @property({ type: Number }) elements = 0;
  @property({ type: Boolean }) newcomersClosed = false;

  private readonly act = (event: Event) => {
    const { desk } = this;
    switch (chosen(event)) {
      case 'board':
        return lockBoard(desk, !this.locked);
      case 'elements':
        return lockEverything(desk, true);
      case 'unlock':
        return lockEverything(desk, false);
      case 'door':
        return editSession(desk, { newcomersClosed: !this.newcomersClosed || undefined });
    }
  };

  override render() {
    const { locked, elements, newcomersClosed } = this;
    const closed = [
      locked ? 'the board is locked' : elements > 0 ? `${elements} elements are locked` : '',
      newcomersClosed ? 'closed to newcomers' : '',
    ].filter(Boolean);
    const title =
      closed.length > 0 ? `Locks: ${closed.join(', ')}` : 'Locks: everybody who draws may change the board';
    return html`<wa-dropdown @wa-select=${this.act}>
      <button slot="trigger" class="plain ${closed.length > 0 ? 'on' : ''}" aria-label="Locks" title=${title}>
        ${icon(closed.length > 0 ? 'lock' : 'unlock')}
      </button>
      <wa-dropdown-item type="checkbox" value="board" .checked=${locked}>Lock the whole board</wa-dropdown-item>
      <wa-dropdown-item value="elements">Lock what is drawn so far</wa-dropdown-item>
      <wa-dropdown-item value="unlock" ?disabled=${elements === 0}>Unlock all elements</wa-dropdown-item>
      <wa-dropdown-item type="checkbox" value="door" .checked=${newcomersClosed}>Close the session to newcomers</wa-dropdown-item>
    </wa-dropdown>`;
  }
}
