/** The {@link BoardController} on top of a tldraw editor, which comes and goes with the document. */
import { Box, createShapeId, type Editor, react, type TLShapeId, Vec } from 'tldraw';
import { isElementKind, KINDS, type Kind } from '#shared/dfd/kinds.ts';
import { deleteKeepingContents, settleBoundary } from './contents.ts';
import type { BoardController, BoardPage, BoardTool } from './controller.ts';
import { follow, followingOf, isBusy, showPlace } from './following.ts';
import { goToPage, goToPageOf, isOnCurrentPage } from './pages.ts';
import { startNaming } from './tools.ts';
import { showAll, viewOf } from './view.ts';

export interface AttachableController extends BoardController {
  /**
   * Connects an editor.
   * @param sync brings what changed in the document to the editor now
   * @returns the way to disconnect it
   */
  attach(editor: Editor, sync: () => void): () => void;
}

const GENTLY = { animation: { duration: 250 } };

export function createController(): AttachableController {
  const listeners = new Set<() => void>();
  let editor: Editor | undefined;
  let syncDocument = () => {};
  let state = read(undefined);

  const notify = () => {
    for (const listener of [...listeners]) listener();
  };

  return {
    get ready() {
      return editor !== undefined;
    },
    get tool() {
      return state.tool;
    },
    get selection() {
      return state.selection;
    },
    get pages() {
      return state.pages;
    },
    get page() {
      return state.page;
    },
    get place() {
      return editor ? { page: editor.getCurrentPageId(), ...viewOf(editor) } : null;
    },
    get following() {
      return state.following;
    },
    get busy() {
      return state.busy;
    },
    get canUndo() {
      return state.canUndo;
    },
    get canRedo() {
      return state.canRedo;
    },
    attach(attached, sync) {
      editor = attached;
      syncDocument = sync;
      const stop = react('board state', () => {
        const next = read(attached);
        if (isSame(state, next)) return;
        state = next;
        notify();
      });
      notify();
      return () => {
        stop();
        editor = undefined;
        state = read(undefined);
        notify();
      };
    },
    selectTool(tool) {
      if (!editor) return;
      editor.setCurrentTool(tool === 'data_flow' ? 'arrow' : tool);
      takeKeyboard(editor);
    },
    select(ids, { reveal = false, edit = false } = {}) {
      if (!editor) return;
      const found = ids.map(id => editor!.getShape(id as TLShapeId)).filter(shape => shape !== undefined);
      editor.complete();
      editor.setCurrentTool('select');
      if (found.length > 0) goToPageOf(editor, found[0]!);
      const shapes = found.filter(({ id }) => isOnCurrentPage(editor!, id));
      editor.setSelectedShapes(shapes);
      if (reveal) revealSelection(editor);
      if (edit && shapes.length === 1 && !editor.getIsReadonly() && !shapes[0]!.isLocked)
        startNaming(editor, shapes[0]!);
    },
    glideTo(ids) {
      if (!editor || isBusy(editor) || followingOf(editor) !== null) return;
      const found = ids.filter(id => editor!.getShape(id as TLShapeId)) as TLShapeId[];
      if (found.length === 0) return;
      goToPageOf(editor, editor.getShape(found[0]!)!);
      const bounds = Box.Common(
        found.map(id => editor!.getShapePageBounds(id)).filter(box => box !== undefined),
      );
      editor.zoomToBounds(bounds, { inset: 120, targetZoom: 1, animation: { duration: 600 } });
    },
    showPage(id) {
      if (!editor) return;
      syncDocument();
      goToPage(editor, id);
    },
    showPlace(place) {
      if (!editor) return;
      syncDocument();
      showPlace(editor, place);
    },
    follow: client => void (editor && follow(editor, client)),
    insert: kind => (editor && !editor.getIsReadonly() ? insert(editor, kind) : null),
    deleteSelection() {
      if (!editor || editor.getIsReadonly()) return;
      editor.markHistoryStoppingPoint('delete');
      deleteKeepingContents(editor, editor.getSelectedShapeIds());
    },
    undo: () => void editor?.undo(),
    redo: () => void editor?.redo(),
    zoomIn: () => void editor?.zoomIn(undefined, GENTLY),
    zoomOut: () => void editor?.zoomOut(undefined, GENTLY),
    zoomToFit: () => void (editor && showAll(editor, GENTLY)),
    async toSvg() {
      const ids = [...(editor?.getCurrentPageShapeIds() ?? [])];
      if (!editor || ids.length === 0) return undefined;
      return (await editor.getSvgString(ids, { background: false, darkMode: false }))?.svg;
    },
    focus: () => void (editor && takeKeyboard(editor)),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** tldraw does nothing when it believes to have the keyboard already. */
function takeKeyboard(editor: Editor): void {
  editor.getContainer().focus();
  editor.focus();
}

interface BoardState {
  tool: BoardTool;
  selection: readonly string[];
  pages: readonly BoardPage[];
  page: string;
  following: number | null;
  busy: boolean;
  canUndo: boolean;
  canRedo: boolean;
}

const NO_BOARD: BoardState = {
  ...{ tool: 'select', selection: [], pages: [], page: '', following: null, busy: false },
  ...{ canUndo: false, canRedo: false },
};

function read(editor: Editor | undefined): BoardState {
  if (!editor) return NO_BOARD;
  const tool = editor.getCurrentToolId();
  return {
    tool: (tool === 'arrow' ? 'data_flow' : tool === 'zoom' ? 'select' : tool) as BoardTool,
    selection: editor.getSelectedShapeIds(),
    pages: editor.getPages(),
    page: editor.getCurrentPageId(),
    following: followingOf(editor),
    busy: isBusy(editor),
    canUndo: editor.getCanUndo(),
    canRedo: editor.getCanRedo(),
  };
}

const isSame = (a: BoardState, b: BoardState): boolean =>
  (Object.keys(NO_BOARD) as (keyof BoardState)[]).every(key => key === 'selection' || a[key] === b[key]) &&
  a.selection.length === b.selection.length &&
  a.selection.every((id, i) => id === b.selection[i]);

function insert(editor: Editor, kind: Kind): string {
  const selected = editor.getSelectedShapes();
  const id = createShapeId();
  editor.complete();
  editor.setCurrentTool('select');
  editor.markHistoryStoppingPoint(`insert ${kind}`);
  editor.run(() => {
    if (kind === 'data_flow') {
      const ends = selected.filter(shape => isElementKind(shape.type));
      insertFlow(editor, id, ends.length === 2 ? ends.map(end => end.id) : []);
    } else insertBox(editor, id, kind);
    editor.select(id);
  });
  if (kind === 'trust_boundary') settleBoundary(editor, id);
  startNaming(editor, editor.getShape(id)!);
  return id;
}

/** In the middle, and a little further down and right while that place is taken. */
function insertBox(editor: Editor, id: TLShapeId, type: Exclude<Kind, 'data_flow'>): void {
  const [w, h] = KINDS[type].size;
  const { center } = editor.getViewportPageBounds();
  const corner = new Vec(center.x - w / 2, center.y - h / 2);
  const taken = () =>
    editor.getCurrentPageShapes().some(shape => {
      const bounds = editor.getShapePageBounds(shape);
      return bounds !== undefined && Vec.Dist(bounds.point, corner) < 8;
    });
  while (taken()) corner.addXY(24, 24);
  editor.createShape({ id, type, x: corner.x, y: corner.y, props: { w, h } });
}

function insertFlow(editor: Editor, id: TLShapeId, ends: TLShapeId[]): void {
  const { center } = editor.getViewportPageBounds();
  const [length] = KINDS.data_flow.size;
  editor.createShape({
    id,
    type: 'arrow',
    x: center.x - length / 2,
    y: center.y,
    props: { start: { x: 0, y: 0 }, end: { x: length, y: 0 } },
  });
  const terminals = ['start', 'end'] as const;
  editor.createBindings(
    ends.map((toId, i) => ({ fromId: id, toId, type: 'arrow', props: { terminal: terminals[i]! } })),
  );
}

/** Pans only where something selected is out of sight, and zooms out only where it does not fit. */
function revealSelection(editor: Editor): void {
  const bounds = editor.getSelectionPageBounds();
  const view = editor.getViewportPageBounds();
  if (!bounds || view.contains(bounds)) return;
  if (bounds.w > view.w * 0.9 || bounds.h > view.h * 0.9)
    editor.zoomToBounds(bounds, { inset: 80, ...GENTLY });
  else editor.centerOnPoint(bounds.center, GENTLY);
}
