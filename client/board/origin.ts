/**
 * Origins of the transactions that *this* person makes. Undo acts on exactly these; everything else on the board is somebody
 * else's work.
 */

/** Gestures on the canvas, written by the binding. */
export const BOARD_ORIGIN = { name: 'board' };

/** Edits made beside the canvas (inspector, tables): `doc.transact(() => ..., LOCAL_EDIT)` makes them undoable on the board. */
export const LOCAL_EDIT = { name: 'local edit' };
