import { html, svg } from 'lit';
import type { Kind } from '#shared/dfd/kinds.ts';

const PATHS: Record<Kind, ReturnType<typeof svg>> = {
  external_entity: svg`<rect x="2.5" y="6.5" width="19" height="11" />`,
  process: svg`<rect x="2.5" y="6.5" width="19" height="11" rx="4" />`,
  data_store: svg`<path d="M4.5 6.8v10.4c0 1.4 3.3 2.5 7.5 2.5s7.5-1.1 7.5-2.5V6.8" /><ellipse cx="12" cy="6.8" rx="7.5" ry="2.5" />`,
  data_flow: svg`<path d="M3 18 20 6M13.5 6H20v6.5" />`,
  trust_boundary: svg`<rect x="2.5" y="4.5" width="19" height="15" stroke-dasharray="3.4 2.4" />`,
};

/** A DFD3 symbol, small, for palettes, legends and lists; who uses it alone names its button. */
export const symbol = (kind: Kind, size = 20) => html`<svg
  class="icon" viewBox="0 0 24 24" width=${size} height=${size} fill="none" stroke="currentColor" stroke-width="1.5"
  stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"
>${PATHS[kind]}</svg>`;
