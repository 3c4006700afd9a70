/**
 * The icons, drawn for this product on a 16-unit grid as one stroke each. They are part of the bundle; Web Awesome's default library
 * would ask a CDN, so it is replaced by these too.
 */
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import { html } from 'lit';

const STROKES = {
  check: 'M3 8.5l3.2 3.2L13 5',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  draw: 'M2.5 13.5l.8-3.3 7.7-7.7 2.5 2.5-7.7 7.7zM9.5 4 12 6.5',
  eraser: 'M6 13.5 2.5 10 9 3.5l4.5 4.5L8 13.5zM5.5 7l4.5 4.5M6 13.5h8',
  file: 'M4 1.8h5l3.5 3.5v8.9H4zM9 1.8v3.5h3.5',
  hand: 'M5 8.5v-4a1 1 0 0 1 2 0V8m0-.5v-4a1 1 0 0 1 2 0V8m0-3.5a1 1 0 0 1 2 0V8m0-2a1 1 0 0 1 2 0v4c0 2.5-1.7 4-4 4s-3.3-1-4.3-2.8L2.9 9.2a1 1 0 0 1 1.7-1L5.5 9.5',
  hide: 'M2.5 3.5h11v9h-11zM10 3.5v9',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  moon: 'M13 9.7A5.5 5.5 0 1 1 6.3 3 4.4 4.4 0 0 0 13 9.7z',
  note: 'M3 3h10v6.5L9.5 13H3zM13 9.5H9.5V13',
  people: 'M8 7a2.2 2.2 0 1 0 0-4.4A2.2 2.2 0 0 0 8 7zM3.5 13.5c.2-2.5 2-4 4.5-4s4.3 1.5 4.5 4z',
  plus: 'M8 3v10M3 8h10',
  redo: 'M12.5 6.5H6a3.2 3.2 0 0 0 0 6.5h3M9.8 3.5l2.9 3-2.9 3',
  replace: 'M13 5.5A5.5 5.5 0 0 0 3 6.5M3 10.5a5.5 5.5 0 0 0 10-1M13.2 2.5v3h-3M2.8 13.5v-3h3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 13.5 13.5',
  select: 'M4 2.5l8.5 5.3-3.9.9-1.9 3.7z',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  text: 'M3 4.5V3h10v1.5M8 3v10M6.3 13h3.4',
  trash: 'M2.5 4.5h11M6 4.5V2.5h4v2M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4',
  unlock: 'M4 7.5h8v6H4zM5.5 7.5V4.2a2.5 2.5 0 0 1 4.8-.9',
  undo: 'M3.5 6.5H10a3.2 3.2 0 0 1 0 6.5H7M6.2 3.5l-2.9 3 2.9 3',
} as const;

export type IconName = keyof typeof STROKES;

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
