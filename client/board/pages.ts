/** Which page a window shows. */
import {
  type Editor,
  react,
  type TLPageId,
  type TLShape,
  type TLShapeId,
  unsafe__withoutCapture,
} from 'tldraw';
import { showAll } from './view.ts';

/** Reactive (tldraw signals). */
export const isOnCurrentPage = (editor: Editor, id: string): boolean =>
  editor.getCurrentPageShapeIds().has(id as TLShapeId);

export function goToPage(editor: Editor, id: string): void {
  if (id !== editor.getCurrentPageId() && editor.getPage(id as TLPageId))
    editor.setCurrentPage(id as TLPageId);
}

export function goToPageOf(editor: Editor, shape: TLShape): void {
  const page = editor.getAncestorPageId(shape);
  if (page) goToPage(editor, page);
}

/** Shows all of each page when it is seen for the first time; later it is as it was left. @returns what stops it */
export function followPages(editor: Editor): () => void {
  const seen = new Set<string>();
  return react('page of the board', () => {
    const page = editor.getCurrentPageId();
    if (seen.has(page)) return;
    seen.add(page);
    unsafe__withoutCapture(() => showAll(editor, { immediate: true }));
  });
}
