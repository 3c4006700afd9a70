/**
 * Gestures as the others see them while they go on: the document is written at their end only, until then their frames travel as
 * awareness and are laid over what the document says.
 */
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Role } from '#shared/document/roles.ts';
import type { BoardBinding } from './binding.ts';
import type { Change } from './frames.ts';

/** A person's awareness field `drag`. */
export interface Drag {
  /** The sender's Yjs client and its clock: a document that has this much has whatever was shown before and is shown no more. */
  written: [client: number, clock: number];
  records: Record<string, Change>;
}

/**
 * Longest frame in characters of JSON: the server refuses states above 16 KB, cursor and selection included. A gesture that moves
 * more, some 180 shapes, is seen by the others at its end.
 */
export const MAX_FRAME_LENGTH = 11_000;

/** @returns what to send now, null before the first gesture */
export function dragSource(doc: Y.Doc, binding: Pick<BoardBinding, 'held'>): () => Drag | null {
  let last: Drag | null = null;
  return () => {
    const records = frameOf(binding.held());
    const idle = Object.keys(records).length === 0;
    if (idle && (!last || Object.keys(last.records).length === 0)) return last;
    last = { written: [doc.clientID, Y.getState(doc.store, doc.clientID)], records };
    return last;
  };
}

/** Finer than anybody sees, and half as long. */
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;

function frameOf(held: ReadonlyMap<string, Change>): Drag['records'] {
  const text = JSON.stringify(Object.fromEntries(held), rounded);
  return text.length > MAX_FRAME_LENGTH ? {} : JSON.parse(text);
}

interface Frame {
  change: Change;
  /** Shown until the document has this; still dragged when there is none. */
  until?: Drag['written'];
}

/**
 * Shows what the others drag, each until its outcome is in the document: awareness and updates may arrive in any order.
 * @param mayDrag asked for the role of each sender, which the server vouches for
 * @returns what ends it
 */
export function showDrags(
  doc: Y.Doc,
  awareness: Awareness,
  binding: Pick<BoardBinding, 'overlay'>,
  mayDrag: (role: Role) => boolean,
): () => void {
  const people = new Map<number, Map<string, Frame>>();

  function take(client: number): void {
    const { user, drag } = (awareness.getStates().get(client) ?? {}) as {
      user?: { role: Role };
      drag?: unknown;
    };
    if (client === awareness.clientID || !user || !mayDrag(user.role) || !isDrag(drag)) {
      people.delete(client);
      return;
    }
    const frames = people.get(client) ?? new Map<string, Frame>();
    for (const frame of frames.values()) frame.until ??= drag.written;
    for (const [id, change] of Object.entries(drag.records)) frames.set(id, { change });
    people.set(client, frames);
  }

  function show(): void {
    const changes = new Map<string, Change>();
    for (const client of [...people.keys()].sort((a, b) => a - b)) {
      const frames = people.get(client)!;
      for (const [id, { change, until }] of frames) {
        if (until && Y.getState(doc.store, until[0]) >= until[1]) frames.delete(id);
        else changes.set(id, change);
      }
      if (frames.size === 0) people.delete(client);
    }
    binding.overlay(changes);
  }

  const onAwareness = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    const before = people.size;
    for (const client of [...added, ...updated, ...removed]) take(client);
    if (before > 0 || people.size > 0) show();
  };
  const onUpdate = () => {
    if (people.size > 0) show();
  };
  awareness.on('change', onAwareness);
  doc.on('update', onUpdate);
  onAwareness({ added: [...awareness.getStates().keys()], updated: [], removed: [] });
  return () => {
    awareness.off('change', onAwareness);
    doc.off('update', onUpdate);
    binding.overlay(new Map());
  };
}

function isDrag(value: unknown): value is Drag {
  const { written, records } = (value ?? {}) as Partial<Drag>;
  return (
    Array.isArray(written) &&
    written.length === 2 &&
    written.every(Number.isSafeInteger) &&
    typeof records === 'object' &&
    records !== null &&
    Object.entries(records).every(([id, change]) => isBoardId(id) && isChange(change))
  );
}

const isBoardId = (id: string): boolean => /^(shape|binding):/.test(id);

const isChange = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).every(key => /^[a-z]/i.test(key)));
