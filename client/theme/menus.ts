/** Looks of menus that open from a button. */
import { css } from 'lit';
import '@awesome.me/webawesome/dist/components/dropdown/dropdown.js';
import '@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js';

export const menus = css`
  wa-dropdown { --show-duration: 0s; --hide-duration: 0s; font-size: var(--sb-text); }
  wa-dropdown-item { font-size: var(--sb-text); }
  wa-dropdown-item .quiet { margin-inline-start: 4px; }
  .menu-heading { padding: 3px 12px 5px; font-size: var(--sb-small); font-weight: 600; max-width: 280px; }
  .menu-heading .quiet { font-weight: 400; }
`;

/** The value of the item that was chosen. */
export const chosen = (event: Event): string =>
  (event as CustomEvent<{ item: { value: string } }>).detail.item.value;
