/** Everything that lives as long as one document is on the board. */
import { createTLStore, type Editor, react, type TLStore } from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { can } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import { bindBoard } from './binding.ts';
import type { AttachableController } from './editor-controller.ts';
import { createHistory, installHistory, selectionOf } from './history.ts';
import type { BoardInputs } from './inputs.ts';
import { bindingUtils, shapeUtils } from './parts.ts';
import { sharePresence } from './presence.ts';
import { colourNotes, followFocus, followZoom, setStyles } from './setup.ts';
import { showAll } from './view.ts';

export interface BoardSession {
  store: TLStore;
  mount(editor: Editor): () => void;
  setRole(role: Role): void;
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
  let role: Role = 'observer';
  let editor: Editor | undefined;
  let awareness: Awareness | undefined;
  let stopPresence = () => {};

  const binding = bindBoard(store, doc, { canWrite: () => can.draw(role), onQuarantine });
  const history = createHistory(
    doc,
    binding,
    selectionOf(() => editor),
  );

  const applyRole = () => editor?.updateInstanceState({ isReadonly: !can.draw(role) });
  const applyPresence = () => {
    stopPresence();
    stopPresence = editor && awareness ? sharePresence(editor, awareness) : () => {};
  };

  return {
    store,
    mount(mounted) {
      editor = mounted;
      installHistory(mounted, history);
      setStyles(mounted);
      applyRole();
      applyPresence();
      showAll(mounted, { immediate: true });
      const stopEditing = react('editing', () => void inputs.editing.set(mounted.getEditingShapeId()));
      const stopZoom = followZoom(mounted);
      const stopFocus = followFocus(mounted);
      const stopNotes = colourNotes(mounted);
      const detach = controller.attach(mounted);
      return () => {
        binding.flush(true);
        detach();
        stopEditing();
        stopZoom();
        stopFocus();
        stopNotes();
        stopPresence();
        editor = undefined;
      };
    },
    setRole(next) {
      role = next;
      applyRole();
    },
    setAwareness(next) {
      if (next === awareness) return;
      awareness = next;
      applyPresence();
    },
    dispose() {
      stopPresence();
      binding.dispose();
      history.dispose();
    },
  };
}
