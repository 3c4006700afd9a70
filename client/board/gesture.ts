/** Pointer gestures: what happens between pressing and letting go, and may still be given up. */
import { type Editor, react, unsafe__withoutCapture } from 'tldraw';
import { onStoreChange } from './internals.ts';

const GESTURES = new Set([
  'select.translating',
  'select.resizing',
  'select.rotating',
  'select.dragging_handle',
  'select.pointing_arrow_label',
]);

/** Reactive (tldraw signals). */
export const isGesture = (editor: Editor): boolean => GESTURES.has(editor.getPath());

/**
 * A gesture ends when its window loses the keyboard or goes away, and is given up when what it moves is deleted by somebody else:
 * tldraw would trip over the missing shape.
 * @param onEnd called after each gesture, whichever way it ended
 * @returns what stops it
 */
export function followGestures(editor: Editor, onEnd: () => void): () => void {
  let under = false;
  const stopReacting = react('gesture', () => {
    const before = under;
    under = isGesture(editor);
    if (before && !under) unsafe__withoutCapture(onEnd);
  });
  const complete = () => void (under && editor.complete());
  const cancel = () => void (under && editor.cancel());
  const stopListening = onStoreChange(editor.store, ({ changes: { removed } }, source) => {
    if (source !== 'remote' || !under) return;
    // Not in the middle of the merge that removes it. With its page the selection is gone already.
    const lost = editor.getSelectedShapeIds().some(id => id in removed);
    if (lost || Object.keys(removed).some(id => id.startsWith('page:'))) queueMicrotask(cancel);
  });
  window.addEventListener('blur', complete);
  window.addEventListener('pagehide', complete);
  return () => {
    stopReacting();
    stopListening();
    window.removeEventListener('blur', complete);
    window.removeEventListener('pagehide', complete);
  };
}
