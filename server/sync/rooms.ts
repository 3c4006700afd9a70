/**
 * The rooms that are in memory. A room is served only after its load finished, and unloaded only after everything in it is
 * stored and nobody holds it any more.
 */
import type * as Y from 'yjs';
import type { Leases } from '#db/leases.ts';
import type { Author } from '#shared/document/threats.ts';
import { type Bus, noBus } from '../cluster/bus.ts';
import { createCommitter } from './committer.ts';
import { createDuty, type RoomService } from './duty.ts';
import { OnBehalf } from './intake.ts';
import { Room, type RoomDeps } from './room.ts';
import type { DocumentStore } from './store.ts';

/** How often the log is asked for rows of other nodes that were not heard of, in ms: while they can be heard, and while not. */
const POLL = { connected: 5_000, apart: 500 };

export interface RoomsOptions {
  /** How long an empty room stays, in ms: long enough for a reload of the page. */
  idleTimeout?: number;
}

export interface RoomsDeps {
  store: DocumentStore;
  leases: Leases;
  /** Other nodes that may have the same sessions; none by default. */
  bus?: Bus;
  /** What works on every session, on one node at a time. */
  services?: readonly RoomService[];
  /** Largest session, in stored bytes. */
  documentBytes: number;
  log: RoomDeps['log'];
  /** Told of what took how long, in seconds. */
  observe?: { tickLag(seconds: number): void; commit(seconds: number): void };
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
  /**
   * Changes a document in the server's name, in one transaction; resolves when that is committed.
   * @param by who asked for it
   * @returns what `change` returns; null when there is no such session
   * @throws {SessionFullError}
   * @throws what `change` throws, before it wrote anything
   */
  change<T>(sessionId: string, change: (doc: Y.Doc) => T, by?: Author): Promise<T | null>;
  /** A person's name or role in a session changed: their connections, on every node, begin anew under it. */
  renew(sessionId: string, userId: string): void;
  /** What is here: rooms, people, of these who reads too slowly, and the bytes that wait for them all. */
  count(): { rooms: number; members: number; behind: number; queued: number };
  /** Closes everyone with `restart` and resolves when all is stored, or rejects after `timeout` ms. */
  close(timeout: number): Promise<void>;
}

interface Entry {
  loading: Promise<Room | null>;
  /** null until it is loaded. */
  room: Room | null;
  holds: number;
  unload: NodeJS.Timeout | null;
  /** Stops hearing other nodes. */
  deafen: () => void;
}

/** The session's document holds as many bytes as it may. */
export class SessionFullError extends Error {
  override name = 'SessionFullError';
}

export function createRooms(
  { store, leases, bus = noBus, services = [], documentBytes, log, observe }: RoomsDeps,
  { idleTimeout = 30_000 }: RoomsOptions = {},
): Rooms {
  const isAlone = bus === noBus;
  const committer = createCommitter(
    entries => store.append(entries),
    seconds => observe?.commit(seconds),
  );
  const duty = createDuty(leases, bus, services, log);
  const entries = new Map<string, Entry>();
  /** Rooms that are on their way out; whoever wants one of them waits, then loads it anew. */
  const leaving = new Map<string, Promise<void>>();
  let poll: NodeJS.Timeout | undefined;

  const loaded = () => [...entries.values()].map(({ room }) => room).filter(room => room !== null);

  async function load(sessionId: string, entry: Entry): Promise<Room | null> {
    await leaving.get(sessionId);
    // Heard from before it is read: what is committed in between is not missed.
    entry.deafen = bus.join(
      sessionId,
      message => {
        if (!entry.room) return;
        if (message.kind === 'vacant') duty.retry(entry.room);
        else entry.room.hear(message);
      },
      () => {
        if (entry.room) follow(entry.room);
      },
    );
    const stored = await store.load(sessionId);
    if (!stored) return null;
    const room: Room = new Room(sessionId, stored, {
      store,
      committer,
      bus,
      documentBytes,
      log,
      ticked: lag => observe?.tickLag(lag),
      onVoid: () => evict(sessionId, room),
    });
    entry.room = room;
    if (!isAlone) follow(room);
    await duty.join(room);
    return room;
  }

  /** Finds out what happens on other nodes: it may not have been heard so far. */
  function follow(room: Room): void {
    bus.send(room.sessionId, { kind: 'whereabouts' });
    room.whereabouts.publish();
    void room.catchUp();
  }

  /** This copy is void: everyone connects again, to a fresh one. */
  function evict(sessionId: string, room: Room): void {
    const entry = entries.get(sessionId);
    // A newer copy may have taken its place while this one was on its way out.
    if (entry?.room === room) {
      entries.delete(sessionId);
      entry.deafen();
    }
    duty.stop(room);
    void duty.leave(room).catch(() => {});
    for (const member of room.members) member.close('restart');
    room.destroy();
  }

  async function unload(sessionId: string, entry: Entry): Promise<void> {
    const room = (await entry.loading)!;
    await room.settled();
    if (entry.holds > 0 || entries.get(sessionId) !== entry) return;
    entries.delete(sessionId);
    const gone = (async () => {
      duty.stop(room);
      await room.settled();
      await room.fold();
      entry.deafen();
      await duty.leave(room).catch(error => log.warn({ sessionId, error }, 'lease not given back'));
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
      entry = { loading: Promise.resolve(null), room: null, holds: 0, unload: null, deafen: () => {} };
      entries.set(sessionId, entry);
      entry.loading = load(sessionId, entry);
    }
    const held = entry;
    held.holds++;
    if (held.unload) clearTimeout(held.unload);
    held.unload = null;
    try {
      const room = await held.loading;
      // Who was on another node a moment ago may have seen what this one has not heard of yet.
      if (room && !isAlone) await room.catchUp();
      if (room) return { room, release: () => release(sessionId, held) };
      forget(sessionId, held);
      return null;
    } catch (error) {
      forget(sessionId, held);
      throw error;
    }
  }

  function forget(sessionId: string, entry: Entry): void {
    if (entries.get(sessionId) !== entry) return;
    entries.delete(sessionId);
    entry.deafen();
  }

  function release(sessionId: string, entry: Entry): void {
    entry.holds--;
    if (entry.holds > 0 || entries.get(sessionId) !== entry) return;
    entry.unload = setTimeout(() => void unload(sessionId, entry), idleTimeout);
  }

  /** Finds rows of other nodes that were not heard of: a message may be lost, and its sender may fall silent afterwards. */
  async function findMissed(): Promise<void> {
    try {
      const heads = await store.heads(loaded().map(({ sessionId }) => sessionId));
      for (const room of loaded()) if ((heads.get(room.sessionId) ?? 0) > room.seq) void room.catchUp();
    } catch (error) {
      log.warn({ error }, 'other nodes could not be followed');
    }
    followOthers();
  }

  function followOthers(): void {
    poll = setTimeout(findMissed, bus.connected ? POLL.connected : POLL.apart);
    poll.unref();
  }

  if (!isAlone) {
    followOthers();
    bus.onReturn(() => {
      for (const room of loaded()) follow(room);
    });
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
    async change(sessionId, change, by) {
      const held = await hold(sessionId);
      if (!held) return null;
      try {
        const { room } = held;
        if (room.isFull) throw new SessionFullError(sessionId);
        const result = room.doc.transact(() => change(room.doc), by && new OnBehalf(by));
        await new Promise<void>(resolve => room.whenCommitted(resolve));
        return result;
      } finally {
        held.release();
      }
    },
    renew(sessionId, userId) {
      entries.get(sessionId)?.room?.renew(userId);
      bus.send(sessionId, { kind: 'renew', userId });
    },
    count() {
      const rooms = loaded();
      const members = rooms.flatMap(room => room.members);
      return {
        rooms: rooms.length,
        members: members.length,
        behind: rooms.reduce((sum, { behind }) => sum + behind, 0),
        queued: members.reduce((sum, member) => sum + member.queued(), 0),
      };
    },
    async close(timeout) {
      clearTimeout(poll);
      duty.close();
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
