/** What part of the board the window shows. */
import type { Editor, TLCameraMoveOptions } from 'tldraw';

/** Room left around the diagram, both sides together, in px: enough for a marker at its edge, less than tldraw leaves. */
const MARGIN = 80;

/** Shows the whole diagram, as large as it fits but never enlarged. */
export function showAll(editor: Editor, options: TLCameraMoveOptions): void {
  const bounds = editor.getCurrentPageBounds();
  if (bounds) editor.zoomToBounds(bounds, { ...options, inset: MARGIN, targetZoom: 1 });
}
