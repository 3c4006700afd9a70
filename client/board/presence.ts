/**
 * Cursors and selections of the others, by way of awareness; the server vouches for `user`, people for `board` and `drag` only.
 */
import {
  type Editor,
  InstancePresenceRecordType,
  react,
  type TLInstancePresence,
  type TLShapeId,
} from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import type { Drag } from './drags.ts';
import { onStoreChange, withoutSideEffects } from './internals.ts';
import { later } from './schedule.ts';

/** A person's awareness field `board`. */
export interface BoardPresence {
  page: string;
  /** Where the pointer is, in page space; null when it is not on the board. */
  cursor: { x: number; y: number } | null;
  selection: string[];
}

/** Shortest time between two of my cursor positions or frames of my drag, in ms. */
const PUBLISH_AFTER = 40;

/** Outlines drawn for one person; more tell nobody anything. */
const MOST_OUTLINES = 200;

/** Longest selection that is sent, in characters of its ids: the server refuses states above 16 KB. */
const MAX_SELECTION_LENGTH = 4_000;

export function sharePresence(editor: Editor, awareness: Awareness, drag: () => Drag | null): () => void {
  const stopPublishing = publish(editor, awareness, drag);
  const stopShowing = showOthers(editor, awareness);
  return () => {
    stopPublishing();
    stopShowing();
  };
}

function publish(editor: Editor, awareness: Awareness, drag: () => Drag | null): () => void {
  let inside = false;
  const container = editor.getContainer();
  const send = () => {
    const { x, y } = editor.inputs.currentPagePoint;
    const board: BoardPresence = {
      page: editor.getCurrentPageId(),
      cursor: inside ? { x: Math.round(x), y: Math.round(y) } : null,
      selection: sendable(editor.getSelectedShapeIds()),
    };
    const state = awareness.getLocalState();
    const next = { ...state, board, drag: drag() };
    if (state && JSON.stringify(state) !== JSON.stringify(next)) awareness.setLocalState(next);
  };
  const sendSoon = later(send, PUBLISH_AFTER);
  const onMove = () => {
    inside = true;
    sendSoon.start();
  };
  const onLeave = () => {
    inside = false;
    sendSoon.start();
  };
  container.addEventListener('pointermove', onMove, { passive: true, capture: true });
  container.addEventListener('pointerleave', onLeave, { passive: true });
  // The path tells of the end of a gesture, which may leave everything where it is.
  const stopReacting = react('own selection', () => {
    editor.getCurrentPageId();
    editor.getSelectedShapeIds();
    editor.getPath();
    sendSoon.start();
  });
  const stopListening = onStoreChange(editor.store, (_, source) => source === 'user' && sendSoon.start());
  return () => {
    stopReacting();
    stopListening();
    sendSoon.cancel();
    container.removeEventListener('pointermove', onMove, { capture: true });
    container.removeEventListener('pointerleave', onLeave);
    const state = awareness.getLocalState();
    if (state) awareness.setLocalState({ ...state, board: null, drag: null });
  };
}

function showOthers(editor: Editor, awareness: Awareness): () => void {
  const { store } = editor;
  const shown = new Set<TLInstancePresence['id']>();

  function merge(puts: TLInstancePresence[], gone: TLInstancePresence['id'][]): void {
    store.mergeRemoteChanges(() => {
      withoutSideEffects(store);
      store.put(puts);
      store.remove(gone);
    });
    for (const { id } of puts) shown.add(id);
    for (const id of gone) shown.delete(id);
  }

  function update(clients: Iterable<number>): void {
    const puts: TLInstancePresence[] = [];
    const gone: TLInstancePresence['id'][] = [];
    for (const client of clients) {
      if (client === awareness.clientID) continue;
      const record = presenceRecord(client, awareness.getStates().get(client));
      if (record) puts.push(record);
      else if (shown.has(idOf(client))) gone.push(idOf(client));
    }
    if (puts.length > 0 || gone.length > 0) merge(puts, gone);
  }

  const onChange = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }) =>
    update([...added, ...updated, ...removed]);
  awareness.on('change', onChange);
  update(awareness.getStates().keys());
  return () => {
    awareness.off('change', onChange);
    merge([], [...shown]);
  };
}

/** As much of a selection as fits into a state. */
export function sendable(selection: readonly string[]): string[] {
  const sent: string[] = [];
  let length = 0;
  for (const id of selection) {
    length += id.length;
    if (length > MAX_SELECTION_LENGTH) break;
    sent.push(id);
  }
  return sent;
}

const idOf = (client: number) => InstancePresenceRecordType.createId(String(client));

/**
 * What tldraw draws for one person; null for somebody who is not on the board, or whose state makes no sense: a hostile one
 * must not be able to break the merge for the others.
 */
export function presenceRecord(client: number, state: unknown): TLInstancePresence | null {
  const { user, board } = (state ?? {}) as { user?: Record<string, unknown>; board?: Partial<BoardPresence> };
  if (!board || typeof board.page !== 'string' || !board.page.startsWith('page:')) return null;
  const { cursor, selection } = board;
  return InstancePresenceRecordType.create({
    id: idOf(client),
    // Per client, not per person: somebody with two tabs open has two cursors.
    userId: String(client),
    userName: typeof user?.name === 'string' ? user.name : 'Somebody',
    color: typeof user?.color === 'string' ? user.color : '#5b6b7b',
    currentPageId: board.page as TLInstancePresence['currentPageId'],
    cursor: isPoint(cursor) ? { x: cursor.x, y: cursor.y, type: 'default', rotation: 0 } : null,
    selectedShapeIds: Array.isArray(selection) ? selection.filter(isShapeId).slice(0, MOST_OUTLINES) : [],
    lastActivityTimestamp: Date.now(),
  });
}

const isPoint = (value: unknown): value is { x: number; y: number } =>
  Number.isFinite((value as { x: number } | null)?.x) && Number.isFinite((value as { y: number } | null)?.y);

const isShapeId = (value: unknown): value is TLShapeId =>
  typeof value === 'string' && value.startsWith('shape:');
