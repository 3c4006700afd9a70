/**
 * The rooms that are in memory. A room is served only after its load finished, and unloaded only after everything in it is
 * stored and nobody holds it any more.
 */
import type * as Y from 'yjs';
import { createCommitter } from './committer.ts';
import { Room, type RoomDeps } from './room.ts';
import type { DocumentStore } from './store.ts';

export interface RoomsOptions {
  /** How long an empty room stays, in ms: long enough for a reload of the page. */
  idleTimeout?: number;
}

export interface Hold {
  room: Room;
  /** Lets go of the room; call once. */
  release(): void;
}

export interface Rooms {
  /**
   * Holds a session's room in memory until released.
   * @returns null when there is no such session
   * @throws what the store throws when loading fails; nothing is kept then
   */
  hold(sessionId: string): Promise<Hold | null>;
  /** Reads a document as it is now, uncommitted changes included; null when there is no such session. */
  read<T>(sessionId: string, read: (doc: Y.Doc) => T): Promise<T | null>;
  /** How many rooms and people are here. */
  count(): { rooms: number; members: number };
  /** Closes everyone with `restart` and resolves when all is stored, or rejects after `timeout` ms. */
  close(timeout: number): Promise<void>;
}

/** Something that works on a room while it is in memory, like a suggestion pass. Returns how to stop it. */
export type RoomService = (room: Room) => () => void;

interface Entry {
  loading: Promise<Room | null>;
  /** null until it is loaded. */
  room: Room | null;
  holds: number;
  stop: () => void;
  unload: NodeJS.Timeout | null;
}

export function createRooms(
  store: DocumentStore,
  log: RoomDeps['log'],
  services: readonly RoomService[] = [],
  { idleTimeout = 30_000 }: RoomsOptions = {},
): Rooms {
  const committer = createCommitter(entries => store.append(entries));
  const entries = new Map<string, Entry>();
  /** Rooms that are on their way out; whoever wants one of them waits, then loads it anew. */
  const leaving = new Map<string, Promise<void>>();

  async function load(sessionId: string, entry: Entry): Promise<Room | null> {
    await leaving.get(sessionId);
    const stored = await store.load(sessionId);
    if (!stored) return null;
    const room: Room = new Room(sessionId, stored, {
      store,
      committer,
      log,
      onVoid: () => evict(sessionId, room),
    });
    entry.room = room;
    const stops = services.map(service => service(room));
    entry.stop = () => {
      for (const stop of stops) stop();
    };
    return room;
  }

  /** This copy is void: everyone connects again, to a fresh one. */
  function evict(sessionId: string, room: Room): void {
    const entry = entries.get(sessionId);
    // A newer copy may have taken its place while this one was on its way out.
    if (entry?.room === room) {
      entries.delete(sessionId);
      entry.stop();
    }
    for (const member of room.members) member.close('restart');
    room.destroy();
  }

  async function unload(sessionId: string, entry: Entry): Promise<void> {
    const room = (await entry.loading)!;
    await room.settled();
    if (entry.holds > 0 || entries.get(sessionId) !== entry) return;
    entries.delete(sessionId);
    const gone = (async () => {
      entry.stop();
      await room.settled();
      await room.compact(1);
      room.destroy();
    })();
    leaving.set(
      sessionId,
      gone.finally(() => leaving.delete(sessionId)),
    );
    await gone;
  }

  async function hold(sessionId: string): Promise<Hold | null> {
    let entry = entries.get(sessionId);
    if (!entry) {
      entry = { loading: Promise.resolve(null), room: null, holds: 0, stop: () => {}, unload: null };
      entries.set(sessionId, entry);
      entry.loading = load(sessionId, entry);
    }
    const held = entry;
    held.holds++;
    if (held.unload) clearTimeout(held.unload);
    held.unload = null;
    try {
      const room = await held.loading;
      if (room) return { room, release: () => release(sessionId, held) };
      entries.delete(sessionId);
      return null;
    } catch (error) {
      if (entries.get(sessionId) === held) entries.delete(sessionId);
      throw error;
    }
  }

  function release(sessionId: string, entry: Entry): void {
    entry.holds--;
    if (entry.holds > 0 || entries.get(sessionId) !== entry) return;
    entry.unload = setTimeout(() => void unload(sessionId, entry), idleTimeout);
  }

  return {
    hold,
    async read(sessionId, read) {
      const held = await hold(sessionId);
      if (!held) return null;
      try {
        return read(held.room.doc);
      } finally {
        held.release();
      }
    },
    count() {
      const rooms = [...entries.values()].map(({ room }) => room).filter(room => room !== null);
      return { rooms: rooms.length, members: rooms.reduce((sum, { members }) => sum + members.size, 0) };
    },
    async close(timeout) {
      const storing = [...entries].map(async ([sessionId, entry]) => {
        const room = await entry.loading;
        if (!room) return;
        for (const member of room.members) member.close('restart');
        if (entry.unload) clearTimeout(entry.unload);
        entry.holds = 0;
        await unload(sessionId, entry);
      });
      let timer: NodeJS.Timeout;
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`not everything was stored within ${timeout} ms`)),
          timeout,
        );
      });
      // All of them, even when one fails: the others' people are not to lose anything by it.
      const all = Promise.allSettled([...storing, ...leaving.values()]);
      const results = await Promise.race([all, tooLate]).finally(() => clearTimeout(timer));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
  };
}
