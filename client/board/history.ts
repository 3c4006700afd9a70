/**
 * Undo and redo of what *I* did, per register, while others edit.
 *
 * tldraw's own history puts whole records back, with everything that others did to them in between. So its recorder is
 * switched off and its methods are answered by a Y.UndoManager: one step per gesture, and a register that somebody else
 * changed since is left alone. A gesture that is given up (Escape) is undone the same way and leaves no step behind.
 */
import { atom, type Editor, type TLShapeId } from 'tldraw';
import * as Y from 'yjs';
import { root } from '#shared/document/document.ts';
import type { BoardBinding } from './binding.ts';
import { historyOf } from './internals.ts';
import { BOARD_ORIGIN, LOCAL_EDIT } from './origin.ts';
import { goToPageOf, isOnCurrentPage } from './pages.ts';

export interface BoardHistory {
  /** Begins a new step; what follows is undone together. */
  mark(id: string): void;
  undo(): void;
  redo(): void;
  /** Takes back everything since the mark, for good. */
  bailToMark(id: string): void;
  squashToMark(id: string): void;
  /** Id of the latest mark whose id contains this. */
  markMatching(part: string): string | null;
  latestMark(): string | null;
  /** Reactive (tldraw signals). */
  undos(): number;
  redos(): number;
  clear(): void;
  dispose(): void;
}

/** The selection is no part of the document, but a person expects it back with what they undid. */
export interface SelectionKeeper {
  get(): string[];
  set(ids: string[]): void;
}

interface Mark {
  id: string;
  /** Steps on the undo stack when it was set. */
  depth: number;
  selection: string[];
}

/** Edits beside the canvas closer together than this are one step, in ms: a word typed into a field, not its letters. */
const TYPING_PAUSE = 1000;

/** Marks beyond these can't be bailed to; no gesture nests as deep. */
const MARKS_KEPT = 50;

export function createHistory(doc: Y.Doc, binding: BoardBinding, selection: SelectionKeeper): BoardHistory {
  const manager = new Y.UndoManager(root(doc, 'board'), {
    trackedOrigins: new Set<unknown>([BOARD_ORIGIN, LOCAL_EDIT]),
    captureTimeout: Number.POSITIVE_INFINITY,
  });
  const depth = atom('board history depth', { undos: 0, redos: 0 });
  const count = () => depth.set({ undos: manager.undoStack.length, redos: manager.redoStack.length });
  let marks: Mark[] = [];

  manager.on('stack-item-added', event => {
    if (event.type === 'undo' && event.origin !== manager)
      event.stackItem.meta.set('selection', marks.at(-1)?.selection);
    count();
  });
  manager.on('stack-item-popped', count);
  manager.on('stack-cleared', count);

  const splitLocalEdits = createSplitter(manager);
  doc.on('beforeTransaction', splitLocalEdits);

  function mark(id: string): void {
    binding.flush(true);
    manager.stopCapturing();
    marks.push({ id, depth: manager.undoStack.length, selection: selection.get() });
    marks = marks.slice(-MARKS_KEPT);
  }

  /**
   * Steps that touch what a moderator has locked since are forgotten: the server would refuse them.
   * @returns the steps up to the latest that may still be undone, or redone
   */
  function allowed(steps: Y.UndoManager['undoStack']): Y.UndoManager['undoStack'] {
    const last = steps.findLastIndex(step => [...entriesOf(doc, step)].every(id => binding.mayChange(id)));
    return steps.slice(0, last + 1);
  }

  function undo(): void {
    if (!binding.canWrite()) return;
    binding.flush(true);
    manager.undoStack = allowed(manager.undoStack);
    const item = manager.undo();
    settle();
    const selected = item?.meta.get('selection') as string[] | undefined;
    if (selected) selection.set(selected);
  }

  function redo(): void {
    if (!binding.canWrite()) return;
    binding.flush(true);
    manager.redoStack = allowed(manager.redoStack);
    manager.redo();
    settle();
  }

  function settle(): void {
    // Or the next change would be added to an older step.
    manager.stopCapturing();
    marks = marks.filter(mark => mark.depth <= manager.undoStack.length);
    binding.sync();
    count();
  }

  function bailToMark(id: string): void {
    const mark = marks.findLast(mark => mark.id === id);
    if (!mark) return;
    binding.restore();
    // What was written of the gesture before the right to write went away stays.
    if (binding.canWrite()) takeBack(mark);
    marks = marks.slice(0, marks.indexOf(mark));
    settle();
    selection.set(mark.selection);
  }

  function takeBack(mark: Mark): void {
    // `undo` goes on to the next step when one has nothing left to undo: hide the steps before the gesture from it.
    const kept = manager.undoStack.slice(0, mark.depth);
    const redos = manager.redoStack;
    manager.redoStack = [];
    manager.undoStack = manager.undoStack.slice(mark.depth);
    while (manager.undoStack.length > 0) manager.undo();
    manager.clear(false, true);
    manager.undoStack = kept;
    manager.redoStack = redos;
  }

  function squashToMark(id: string): void {
    binding.flush(true);
    const mark = marks.findLast(mark => mark.id === id);
    const first = mark && manager.undoStack[mark.depth];
    if (!mark || !first) return;
    const steps = manager.undoStack.slice(mark.depth);
    first.insertions = Y.mergeDeleteSets(steps.map(step => step.insertions));
    first.deletions = Y.mergeDeleteSets(steps.map(step => step.deletions));
    manager.undoStack = manager.undoStack.slice(0, mark.depth + 1);
    count();
  }

  return {
    mark,
    undo,
    redo,
    bailToMark,
    squashToMark,
    markMatching: part => marks.findLast(mark => mark.id.includes(part))?.id ?? null,
    latestMark: () => marks.at(-1)?.id ?? null,
    undos: () => depth.get().undos,
    redos: () => depth.get().redos,
    clear: () => manager.clear(),
    dispose() {
      doc.off('beforeTransaction', splitLocalEdits);
      manager.destroy();
    },
  };
}

/** Ids of the entries of the board that a step changed. */
function entriesOf(doc: Y.Doc, { insertions, deletions }: Y.UndoManager['undoStack'][number]): Set<string> {
  const board = root(doc, 'board') as unknown;
  const ids = new Set<string>();
  const note = (struct: Y.Item | Y.GC) => {
    let item: Y.Item | null = struct instanceof Y.Item ? struct : null;
    while (item && item.parent !== board)
      item = (item.parent as Y.AbstractType<unknown> | null)?._item ?? null;
    if (item?.parentSub) ids.add(item.parentSub);
  };
  doc.transact(transaction => {
    for (const changes of [insertions, deletions]) Y.iterateDeletedStructs(transaction, changes, note);
  });
  return ids;
}

/** Answers the editor's calls with this history. To be called before anything was drawn in it. */
export function installHistory(editor: Editor, history: BoardHistory): void {
  const theirs = historyOf(editor);
  // Stops tldraw's recorder: it would keep a second copy of every change.
  theirs.dispose();
  theirs._mark = history.mark;
  theirs.undo = history.undo;
  theirs.redo = history.redo;
  theirs.bailToMark = history.bailToMark;
  theirs.squashToMark = history.squashToMark;
  theirs.bail = () => {
    const mark = history.latestMark();
    if (mark) history.bailToMark(mark);
  };
  theirs.getMarkIdMatching = history.markMatching;
  theirs.getNumUndos = history.undos;
  theirs.getNumRedos = history.redos;
  theirs.clear = history.clear;
}

/** The editor's selection as the history keeps it: what is gone is not selected again, and the page of the rest is shown. */
export const selectionOf = (editor: () => Editor | undefined): SelectionKeeper => ({
  get: () => editor()?.getSelectedShapeIds() ?? [],
  set: ids => {
    const at = editor();
    const shapes = (ids as TLShapeId[]).map(id => at?.getShape(id)).filter(shape => shape !== undefined);
    if (!at) return;
    if (shapes.length > 0) goToPageOf(at, shapes[0]!);
    at.setSelectedShapes(shapes.map(({ id }) => id).filter(id => isOnCurrentPage(at, id)));
  },
});

/** Begins a new step where edits on the canvas and beside it take turns, and where typing pauses. */
function createSplitter(manager: Y.UndoManager): (transaction: Y.Transaction) => void {
  let last: unknown;
  let at = 0;
  return ({ origin }) => {
    if (origin !== BOARD_ORIGIN && origin !== LOCAL_EDIT) return;
    const now = Date.now();
    const continues = origin === last && (origin === BOARD_ORIGIN || now - at < TYPING_PAUSE);
    if (!continues) manager.stopCapturing();
    last = origin;
    at = now;
  };
}
