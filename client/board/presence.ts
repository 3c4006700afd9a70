/**
 * Cursors and selections of the others, by way of awareness; the server vouches for `user`, people for `board` and `drag` only.
 */
import {
  type Editor,
  InstancePresenceRecordType,
  react,
  type TLInstancePresence,
  type TLScribble,
  type TLShapeId,
} from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import { can } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import { reactionOf } from '../attention/reactions.ts';
import type { Drag } from './drags.ts';
import { followingOf, leaderOf, ME } from './following.ts';
import { onStoreChange, withoutSideEffects } from './internals.ts';
import { later } from './schedule.ts';
import { isView, type View, viewOf } from './view.ts';

/** A person's awareness field `board`. */
export interface BoardPresence {
  page: string;
  /** Where the pointer is, in page space; null when it is not on the board. */
  cursor: { x: number; y: number } | null;
  selection: string[];
  /** The part of the page that the window shows; null while it shows what somebody else's does. */
  view: View | null;
  /** The Yjs client whose window this one follows. */
  following: number | null;
  /** Trails of the laser pointer, each as `x, y, x, y, …` in page space. */
  laser: number[][];
}

/** Shortest time between two of my cursor positions or frames of my drag, in ms. */
const PUBLISH_AFTER = 40;

/** Outlines drawn for one person; more tell nobody anything. */
const MOST_OUTLINES = 200;

/** Longest selection that is sent, in characters of its ids: the server refuses states above 16 KB. */
const MAX_SELECTION_LENGTH = 3_500;

/** Points of a laser's trail that are sent, the latest: it fades within a second and a half. */
const MAX_LASER_POINTS = 60;

/** Trails of one person that are drawn. */
const MAX_TRAILS = 4;

/** How the laser of tldraw looks. */
const LASER: Omit<TLScribble, 'id' | 'points'> = {
  size: 4,
  color: 'laser',
  opacity: 0.7,
  state: 'active',
  delay: 0,
  shrink: 0.05,
  taper: true,
};

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
      // Who follows has no view of their own: a hundred who follow would else all send on what one does.
      view: followingOf(editor) === null ? viewOf(editor) : null,
      following: followingOf(editor),
      laser: trailsOf(editor.getInstanceState().scribbles),
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
    editor.getInstanceState().scribbles;
    if (followingOf(editor) === null) editor.getViewportPageBounds();
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
    // While there is a view to stay at: tldraw would go back to where the person was before.
    const leader = leaderOf(editor);
    if (leader && gone.includes(leader.id)) editor.stopFollowingUser();
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
      const record = presenceRecord(client, awareness.getStates().get(client), awareness.clientID);
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

/** The latest points of what the laser draws, finer than which nobody sees. */
export function trailsOf(scribbles: readonly TLScribble[]): number[][] {
  let left = MAX_LASER_POINTS;
  const trails: number[][] = [];
  for (const { points } of scribbles.filter(({ color }) => color === 'laser').reverse()) {
    const latest = left > 0 ? points.slice(-left) : [];
    left -= latest.length;
    if (latest.length > 0) trails.unshift(latest.flatMap(({ x, y }) => [Math.round(x), Math.round(y)]));
  }
  return trails;
}

/** Trails of others as tldraw draws them. */
function scribblesOf(laser: unknown): TLScribble[] {
  if (!Array.isArray(laser)) return [];
  return laser
    .slice(-MAX_TRAILS)
    .filter(isTrail)
    .map((trail, i) => ({
      ...LASER,
      id: `laser ${i}`,
      points: Array.from({ length: trail.length >> 1 }, (_, at) => ({
        x: trail[2 * at]!,
        y: trail[2 * at + 1]!,
      })),
    }));
}

const isTrail = (trail: unknown): trail is number[] =>
  Array.isArray(trail) && trail.length <= 2 * MAX_LASER_POINTS && trail.every(Number.isFinite);

/**
 * What tldraw draws for one person; null for somebody who is not on the board, or whose state makes no sense: a hostile one
 * must not be able to break the merge for the others.
 * @param me the Yjs client of this window
 */
export function presenceRecord(client: number, state: unknown, me: number): TLInstancePresence | null {
  const { user, board, reaction } = (state ?? {}) as {
    user?: Record<string, unknown>;
    board?: Partial<BoardPresence>;
    reaction?: unknown;
  };
  if (!board || typeof board.page !== 'string' || !board.page.startsWith('page:')) return null;
  const { cursor, selection, view, following, laser } = board;
  return InstancePresenceRecordType.create({
    id: idOf(client),
    // Per client, not per person: somebody with two tabs open has two cursors.
    userId: String(client),
    userName: typeof user?.name === 'string' ? user.name : 'Somebody',
    color: typeof user?.color === 'string' ? user.color : '#5b6b7b',
    currentPageId: board.page as TLInstancePresence['currentPageId'],
    cursor: isPoint(cursor) ? { x: cursor.x, y: cursor.y, type: 'default', rotation: 0 } : null,
    selectedShapeIds: Array.isArray(selection) ? selection.filter(isShapeId).slice(0, MOST_OUTLINES) : [],
    camera: isView(view) ? { x: -view.x, y: -view.y, z: 1 } : null,
    screenBounds: isView(view) ? { x: 0, y: 0, w: view.w, h: view.h } : null,
    followingUserId: Number.isSafeInteger(following) ? (following === me ? ME : String(following)) : null,
    scribbles: can.point(user?.role as Role) ? scribblesOf(laser) : [],
    meta: { reaction: reactionOf(reaction) },
    lastActivityTimestamp: Date.now(),
  });
}

const isPoint = (value: unknown): value is { x: number; y: number } =>
  Number.isFinite((value as { x: number } | null)?.x) && Number.isFinite((value as { y: number } | null)?.y);

const isShapeId = (value: unknown): value is TLShapeId =>
  typeof value === 'string' && value.startsWith('shape:');
