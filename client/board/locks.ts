/**
 * What a moderator locked stays as it is, but is still there for everybody: to be selected and read, and to be joined by flows.
 * tldraw knows locked shapes as a background that nothing touches.
 */
import {
  type Atom,
  type Editor,
  type TLEventInfo,
  type TLShape,
  type TLShapeId,
  unsafe__withoutCapture,
} from 'tldraw';
import type { SelectIdle } from './internals.ts';

/** @param under gets the locked shape under the pointer @returns what stops it */
export function followLocks(editor: Editor, under: Atom<string | null>): () => void {
  lockOneByOne(editor);
  joinLocked(editor);
  typeBesideLocked(editor);
  const stops = [keepLocked(editor), selectLocked(editor, under)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** A locked boundary stays where it is; what lies in it is the team's to draw, unless it is locked itself. */
function lockOneByOne(editor: Editor): void {
  editor.isShapeOrAncestorLocked = shape =>
    (typeof shape === 'string' ? editor.getShape(shape) : shape)?.isLocked === true;
}

/** States in which the end of an arrow looks for what it may be tied to. */
const JOINING = /^arrow\.|\.(pointing_handle|dragging_handle|translating)$/;

/** A flow may begin and end at what is locked: it is a record of its own. */
function joinLocked(editor: Editor): void {
  const shapeAt = editor.getShapeAtPoint.bind(editor);
  editor.getShapeAtPoint = (point, options = {}) => {
    const { filter } = options;
    if (!filter || !JOINING.test(unsafe__withoutCapture(() => editor.getPath())))
      return shapeAt(point, options);
    const open = (shape: TLShape) => filter(shape.isLocked ? { ...shape, isLocked: false } : shape);
    return shapeAt(point, { ...options, hitLocked: true, filter: open });
  };
}

/** A double click on the empty board begins a text; who double-clicks something locked wants no text on top of it. */
function typeBesideLocked(editor: Editor): void {
  const idle = editor.getStateDescendant<SelectIdle>('select.idle')!;
  const begin = idle.handleDoubleClickOnCanvas.bind(idle);
  idle.handleDoubleClickOnCanvas = info => {
    if (!idAtPointer(editor)) begin(info);
  };
}

/** What is new is not locked, a copy of something locked neither; what holds something locked is not deleted from around it. */
function keepLocked(editor: Editor): () => void {
  const stops = [
    editor.sideEffects.registerBeforeCreateHandler('shape', (shape, source) =>
      source === 'user' && shape.isLocked ? { ...shape, isLocked: false } : shape,
    ),
    editor.sideEffects.registerBeforeDeleteHandler('shape', (shape, source) =>
      source === 'user' && holdsLocked(editor, shape.id) ? false : undefined,
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Whether a shape, or something in it, is locked. */
export function holdsLocked(editor: Editor, id: TLShapeId): boolean {
  if (editor.getShape(id)?.isLocked) return true;
  return editor.getSortedChildIdsForParent(id).some(child => holdsLocked(editor, child));
}

/** With what is in groups: these are locked as a whole. */
export function withGrouped(editor: Editor, ids: readonly TLShapeId[]): TLShapeId[] {
  return ids.flatMap(id =>
    editor.getShape(id)?.type === 'group'
      ? [id, ...withGrouped(editor, editor.getSortedChildIdsForParent(id))]
      : [id],
  );
}

/** The boundaries and groups that shapes lie in: who moved these would move the shapes. */
export const holdersOf = (editor: Editor, ids: readonly TLShapeId[]): TLShapeId[] =>
  ids.flatMap(id => editor.getShapeAncestors(id).map(({ id }) => id));

/** States in which a pointer came down where tldraw sees nothing, and has not moved. */
const CLICKING = /^select\.pointing_(canvas|selection)$/;

function selectLocked(editor: Editor, under: Atom<string | null>): () => void {
  let clicked = false;
  const before = (info: TLEventInfo) => {
    clicked = isPointer(info, 'pointer_up') && CLICKING.test(editor.getPath());
  };
  const after = (info: TLEventInfo) => {
    if (isPointer(info, 'pointer_move')) under.set(editor.isIn('select.idle') ? idAtPointer(editor) : null);
    const id = clicked ? idAtPointer(editor) : null;
    clicked = false;
    if (id) editor.setSelectedShapes(editor.inputs.shiftKey ? [...editor.getSelectedShapeIds(), id] : [id]);
  };
  editor.on('before-event', before);
  editor.on('event', after);
  return () => {
    editor.off('before-event', before);
    editor.off('event', after);
    under.set(null);
  };
}

const isPointer = (info: TLEventInfo, name: 'pointer_up' | 'pointer_move'): boolean =>
  info.type === 'pointer' && info.name === name;

const idAtPointer = (editor: Editor): TLShapeId | null =>
  editor.getShapeAtPoint(editor.inputs.currentPagePoint, {
    hitLocked: true,
    hitLabels: true,
    margin: editor.options.hitTestMargin / editor.getZoomLevel(),
    renderingOnly: true,
    filter: shape => shape.isLocked,
  })?.id ?? null;
