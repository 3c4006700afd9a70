/** Everything that lives as long as one document is on the board. */
import { createTLStore, type Editor, react, type TLStore } from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { isLocked, isProtected, root } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import { bindBoard } from './binding.ts';
import { dragSource, showDrags } from './drags.ts';
import type { AttachableController } from './editor-controller.ts';
import { followGestures, isGesture } from './gesture.ts';
import { createHistory, installHistory, selectionOf } from './history.ts';
import type { BoardInputs } from './inputs.ts';
import { followLocks } from './locks.ts';
import { followPages } from './pages.ts';
import { bindingUtils, shapeUtils } from './parts.ts';
import { sharePresence } from './presence.ts';
import { colourNotes, followFocus, followZoom, setStyles } from './setup.ts';

export interface BoardSession {
  store: TLStore;
  mount(editor: Editor): () => void;
  /** After the role or the lock changed. */
  applyRights(): void;
  setAwareness(awareness: Awareness | undefined): void;
  dispose(): void;
}

export interface SessionOptions {
  doc: Y.Doc;
  controller: AttachableController;
  inputs: BoardInputs;
  onQuarantine(ids: string[]): void;
}

export function createSession({ doc, controller, inputs, onQuarantine }: SessionOptions): BoardSession {
  const store = createTLStore({ shapeUtils, bindingUtils });
  let editor: Editor | undefined;
  let awareness: Awareness | undefined;
  let stopPresence = () => {};

  const mayDraw = (whose: Role) => can.draw(whose, isLocked(doc));
  const binding = bindBoard(store, doc, {
    canWrite: () => mayDraw(inputs.role.get()),
    mayChange: id => can.lock(inputs.role.get()) || !isProtected(doc, id),
    isDragging: () => editor !== undefined && isGesture(editor),
    onQuarantine,
  });
  const drag = dragSource(doc, binding);
  const history = createHistory(
    doc,
    binding,
    selectionOf(() => editor),
  );

  const applyRights = () => {
    const isReadonly = !mayDraw(inputs.role.get());
    if (!editor || editor.getIsReadonly() === isReadonly) return;
    if (isReadonly) {
      // Nothing of what goes on may be written any more.
      editor.cancel();
      editor.setEditingShape(null);
      editor.setCurrentTool('select');
      binding.restore();
    }
    editor.updateInstanceState({ isReadonly });
  };
  root(doc, 'session').observeDeep(applyRights);
  const applyPresence = () => {
    stopPresence();
    stopPresence = () => {};
    if (!editor || !awareness) return;
    const stops = [sharePresence(editor, awareness, drag), showDrags(doc, awareness, binding, mayDraw)];
    stopPresence = () => {
      for (const stop of stops) stop();
    };
  };

  return {
    store,
    mount(mounted) {
      editor = mounted;
      installHistory(mounted, history);
      setStyles(mounted);
      applyRights();
      applyPresence();
      const stopEditing = react('editing', () => void inputs.editing.set(mounted.getEditingShapeId()));
      const stopPages = followPages(mounted);
      const stopZoom = followZoom(mounted);
      const stopFocus = followFocus(mounted);
      const stopGestures = followGestures(mounted, () => binding.flush());
      const stopNotes = colourNotes(mounted);
      const stopLocks = followLocks(mounted, inputs.lockedUnder);
      const detach = controller.attach(mounted, binding.sync);
      return () => {
        binding.flush(true);
        detach();
        stopEditing();
        stopPages();
        stopZoom();
        stopFocus();
        stopGestures();
        stopNotes();
        stopLocks();
        stopPresence();
        editor = undefined;
      };
    },
    applyRights,
    setAwareness(next) {
      if (next === awareness) return;
      awareness = next;
      applyPresence();
    },
    dispose() {
      root(doc, 'session').unobserveDeep(applyRights);
      stopPresence();
      binding.dispose();
      history.dispose();
    },
  };
}
