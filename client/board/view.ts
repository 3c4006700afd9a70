/** What part of the board the window shows. */
import type { Editor, TLCameraMoveOptions } from 'tldraw';

/** Room left around the diagram, both sides together, in px: enough for a marker at its edge, less than tldraw leaves. */
const MARGIN = 80;

/** Shows the whole diagram, as large as it fits but never enlarged. */
export function showAll(editor: Editor, options: TLCameraMoveOptions): void {
  const bounds = editor.getCurrentPageBounds();
  if (bounds) editor.zoomToBounds(bounds, { ...options, inset: MARGIN, targetZoom: 1 });
}

/** A part of a page: corner and size in page space. */
export interface View {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A view somebody may be taken to. */
export interface Place extends View {
  page: string;
}

/** What the window shows now, finer than which nobody sees. Reactive (tldraw signals). */
export function viewOf(editor: Editor): View {
  const { x, y, w, h } = editor.getViewportPageBounds();
  const [left, top, width, height] = [x, y, w, h].map(value => Math.round(value * 10) / 10) as [
    number,
    number,
    number,
    number,
  ];
  return { x: left, y: top, w: width, h: height };
}

export const isView = (value: unknown): value is View => {
  const { x, y, w, h } = (value ?? {}) as Partial<View>;
  return [x, y, w, h].every(Number.isFinite) && w! > 0 && h! > 0;
};

export const isPlace = (value: unknown): value is Place =>
  isView(value) && typeof (value as Partial<Place>).page === 'string';
