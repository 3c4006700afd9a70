/**
 * The icons, drawn for this product on a 16-unit grid as one stroke each. They are part of the bundle; Web Awesome's default library
 * would ask a CDN, so it is replaced by these too.
 */
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import { html } from 'lit';

const STROKES = {
  applause:
    'M4.6 9.4 8.7 5.3M6 11l4.4-4.4M8 12.2l3.1-3.1M4.6 9.4c-1.5 1.6-1.1 3.3 0 4.2 1.3 1 2.7.7 4-.6l4.3-4.2M2.8 3.6 4 5M6 2v1.8M9.4 2.6 8.7 4.2',
  check: 'M3 8.5l3.2 3.2L13 5',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  draw: 'M2.5 13.5l.8-3.3 7.7-7.7 2.5 2.5-7.7 7.7zM9.5 4 12 6.5',
  eraser: 'M6 13.5 2.5 10 9 3.5l4.5 4.5L8 13.5zM5.5 7l4.5 4.5M6 13.5h8',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  file: 'M4 1.8h5l3.5 3.5v8.9H4zM9 1.8v3.5h3.5',
  hand: 'M5 8.5v-4a1 1 0 0 1 2 0V8m0-.5v-4a1 1 0 0 1 2 0V8m0-3.5a1 1 0 0 1 2 0V8m0-2a1 1 0 0 1 2 0v4c0 2.5-1.7 4-4 4s-3.3-1-4.3-2.8L2.9 9.2a1 1 0 0 1 1.7-1L5.5 9.5',
  heart: 'M8 13.5S2.2 10.2 2.2 6.3A3 3 0 0 1 8 5a3 3 0 0 1 5.8 1.3c0 3.9-5.8 7.2-5.8 7.2z',
  hide: 'M2.5 3.5h11v9h-11zM10 3.5v9',
  laser:
    'M2.5 13.5 7.3 8.7M9.8 2.5v2M9.8 8v2M6 6.2h2M11.6 6.2h2M7.2 3.6l1.2 1.2M12.4 3.6l-1.2 1.2M12.4 8.8l-1.2-1.2',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  moon: 'M13 9.7A5.5 5.5 0 1 1 6.3 3 4.4 4.4 0 0 0 13 9.7z',
  note: 'M3 3h10v6.5L9.5 13H3zM13 9.5H9.5V13',
  people: 'M8 7a2.2 2.2 0 1 0 0-4.4A2.2 2.2 0 0 0 8 7zM3.5 13.5c.2-2.5 2-4 4.5-4s4.3 1.5 4.5 4z',
  plus: 'M8 3v10M3 8h10',
  redo: 'M12.5 6.5H6a3.2 3.2 0 0 0 0 6.5h3M9.8 3.5l2.9 3-2.9 3',
  replace: 'M13 5.5A5.5 5.5 0 0 0 3 6.5M3 10.5a5.5 5.5 0 0 0 10-1M13.2 2.5v3h-3M2.8 13.5v-3h3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 13.5 13.5',
  select: 'M4 2.5l8.5 5.3-3.9.9-1.9 3.7z',
  smile: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6.2v.6M10 6.2v.6M5.4 9.4c1.2 1.9 4 1.9 5.2 0',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  surprised:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 5.8v.6M10 5.8v.6M8 11.6A1.4 1.7 0 1 0 8 8.2a1.4 1.7 0 0 0 0 3.4z',
  text: 'M3 4.5V3h10v1.5M8 3v10M6.3 13h3.4',
  thinking: 'M5 10.5a2.8 2.8 0 0 1-.5-5.5 3.8 3.8 0 0 1 7.2-.5 3 3 0 0 1-.4 6zM5 12.6h.1M3.2 14.4h.1',
  thumb:
    'M2.5 7.5h2.2v6H2.5zM4.7 8l2.6-5.5c1.2 0 1.8.9 1.5 2L8.3 6.6h4c.9 0 1.4.8 1.2 1.6l-1.1 4.2c-.2.7-.6 1.1-1.3 1.1H4.7',
  trash: 'M2.5 4.5h11M6 4.5V2.5h4v2M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4',
  undo: 'M3.5 6.5H10a3.2 3.2 0 0 1 0 6.5H7M6.2 3.5l-2.9 3 2.9 3',
  unlock: 'M4 7.5h8v6H4zM5.5 7.5V4.2a2.5 2.5 0 0 1 4.8-.9',
} as const;

export type IconName = keyof typeof STROKES;

/** Its path, for where there is no Lit. */
export const strokeOf = (name: IconName): string => STROKES[name];

/** An icon beside or instead of words; who uses it alone names its button. */
export const icon = (name: IconName) => html`<svg
  class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.3"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
><path d=${STROKES[name]} /></svg>`;

registerIconLibrary('default', {
  resolver: name => {
    const path = Object.hasOwn(STROKES, name) ? STROKES[name as IconName] : '';
    const markup = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.3"><path d="${path}"/></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(markup)}`;
  },
});
