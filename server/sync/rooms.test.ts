import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { soleLeases } from '#db/leases.ts';
import { putEntry, root } from '#shared/document/document.ts';
import type { CloseReason } from '#shared/document/protocol.ts';
import type { Role } from '#shared/document/roles.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { frames, readMessages } from './frames.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';
import { createRooms, type RoomsOptions } from './rooms.ts';
import type { DocumentStore, LogEntry, StoredDocument } from './store.ts';
import { tickFor } from './tick.ts';

/** A store in memory whose commits wait for `release` when `held`, and fail while `failing`. */
class MemoryStore implements DocumentStore {
  log: LogEntry[] = [
    {
      sessionId: 's',
      seq: 1,
      update: seedDocument('wearable-sensor', { title: 'S', method: '' }),
      writers: [],
    },
  ];
  snapshots: { seq: number; state: Uint8Array }[] = [];
  held = false;
  failing = false;
  loads = 0;
  private waiting: (() => void)[] = [];

  async append(entries: LogEntry[]): Promise<LogEntry[]> {
    if (this.held) await new Promise<void>(resolve => this.waiting.push(resolve));
    if (this.failing) throw new Error('disk full');
    return entries.filter(entry => {
      if (this.log.at(-1)!.seq !== entry.seq - 1) return true;
      this.log.push(entry);
      return false;
    });
  }
  async load(sessionId: string, after = 0): Promise<StoredDocument | null> {
    this.loads++;
    if (this.failing) throw new Error('gone');
    if (sessionId !== 's') return null;
    const writers = new Map(
      this.log.flatMap(entry => entry.writers.map(({ clientId, userId }) => [clientId, userId])),
    );
    const updates = this.log.filter(({ seq }) => seq > after).map(({ update }) => update);
    return { snapshot: null, snapshotSeq: after, updates, writers, seq: this.log.at(-1)!.seq };
  }
  heads = async () => new Map([['s', this.log.at(-1)!.seq]]);
  async snapshot(_: string, seq: number, state: Uint8Array): Promise<void> {
    this.snapshots.push({ seq, state });
  }
  isConflict = () => false;
  release(): void {
    this.held = false;
    for (const resume of this.waiting.splice(0)) resume();
  }
  content(): object {
    const doc = new Y.Doc();
    for (const { update } of this.log) Y.applyUpdate(doc, update);
    return contentOf(doc);
  }
}

const contentOf = (doc: Y.Doc) => ({
  board: root(doc, 'board').toJSON(),
  threats: root(doc, 'threats').toJSON(),
});

/** A client without a network: what it is sent is applied at once; what it edits is sent at once while it is inside. */
class Client implements Member {
  doc = new Y.Doc();
  closed: CloseReason | null = null;
  received: Uint8Array[] = [];
  savedAnswers: number[] = [];
  others = new Map<number, { clock: number; state: { user?: { name: string } } | null }>();
  private room: Room | null = null;
  readonly writer;

  constructor(role: Role = 'participant', id = `u-${role}`) {
    this.writer = { id, name: id, role };
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.tell({ type: 'update', update });
    });
  }
  enter(room: Room): this {
    this.room = room;
    room.enter(this);
    room.answerStep1(this, Y.encodeStateVector(this.doc));
    return this;
  }
  /** Enters, and has the document. */
  async join(room: Room): Promise<this> {
    this.enter(room);
    await room.settled();
    return this;
  }
  leave(): void {
    this.room?.leave(this);
    this.room = null;
  }
  tell(message: { type: 'update'; update: Uint8Array }): void {
    this.room?.receive(this, message.update, outcome => {
      if (!outcome.accepted) this.close(outcome.why === 'unresolved' ? 'malformed' : outcome.why);
    });
  }
  waiting = 0;
  troubles: boolean[] = [];
  queued = () => this.waiting;
  trouble(failing: boolean): void {
    this.troubles.push(failing);
  }
  send(frame: Uint8Array): void {
    this.received.push(frame);
    for (const message of readMessages(frame)) {
      if (message.type === 'step1')
        this.tell({ type: 'update', update: Y.encodeStateAsUpdate(this.doc, message.stateVector) });
      else if (message.type === 'update') Y.applyUpdate(this.doc, message.update, this);
      else if (message.type === 'saved') this.savedAnswers.push(message.question);
    }
  }
  close(why: CloseReason): void {
    this.closed = why;
    this.leave();
  }
  move(x: number): void {
    root(this.doc, 'board').get('shape:app')?.set('at', [x, x]);
  }
  at(): unknown {
    return root(this.doc, 'board').get('shape:app')?.get('at');
  }
}

const quiet = { warn: vi.fn(), error: vi.fn() };
const open = (store: MemoryStore, options: RoomsOptions = {}) =>
  createRooms(
    { store, leases: soleLeases, log: quiet, documentBytes: DEFAULT_LIMITS.documentBytes },
    { idleTimeout: 5, ...options },
  );
const until = (check: () => boolean) =>
  vi.waitFor(() => expect(check()).toBe(true), { interval: 2, timeout: 5000 });

afterEach(() => vi.clearAllMocks());

describe('P2 nothing reaches another client before it is committed', () => {
  it('neither a peer, nor a newcomer, nor the answer "saved"', async () => {
    const store = new MemoryStore();
    const { room } = (await open(store).hold('s'))!;
    const [author, peer] = [
      await new Client('participant').join(room),
      await new Client('moderator').join(room),
    ];
    store.held = true;
    author.move(7);
    room.whenCommitted(() => author.send(frames.saved(1)));
    const newcomer = new Client('observer').enter(room);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect([peer.at(), newcomer.at(), author.savedAnswers]).toEqual([[60, 70], undefined, []]);
    store.release();
    await until(() => author.savedAnswers.length === 1);
    expect([peer.at(), newcomer.at()]).toEqual([
      [7, 7],
      [7, 7],
    ]);
  });

  it('what arrives during a commit goes out with the next, as one row and one frame', async () => {
    const store = new MemoryStore();
    const { room } = (await open(store).hold('s'))!;
    const [author, peer] = [
      await new Client('participant').join(room),
      await new Client('moderator').join(room),
    ];
    const [rows, sent] = [store.log.length, peer.received.length];
    store.held = true;
    author.move(0);
    await new Promise(resolve => setTimeout(resolve, 10));
    for (let x = 1; x <= 50; x++) author.move(x);
    store.release();
    await room.settled();
    expect(peer.at()).toEqual([50, 50]);
    expect(store.log.length - rows).toBe(2);
    expect(peer.received.length - sent).toBe(2);
  });
});

describe('P3 a room is served only after its load finished', () => {
  it('two who come at once share one load', async () => {
    const store = new MemoryStore();
    const rooms = open(store);
    const [one, two] = await Promise.all([rooms.hold('s'), rooms.hold('s')]);
    expect(one!.room).toBe(two!.room);
    expect(store.loads).toBe(1);
  });
  it('a failed load stores nothing, and the next attempt starts afresh', async () => {
    const store = new MemoryStore();
    const rooms = open(store);
    store.failing = true;
    await expect(rooms.hold('s')).rejects.toThrow('gone');
    store.failing = false;
    expect((await rooms.hold('s'))!.room.doc.getMap('board').size).toBeGreaterThan(0);
    expect(store.log).toHaveLength(1);
  });
  it('a session that does not exist has no room', async () => {
    expect(await open(new MemoryStore()).hold('nobody')).toBeNull();
  });
});

describe('P4 a room is unloaded only after everything in it is stored', () => {
  it('even when the last person leaves while a commit is under way', async () => {
    const store = new MemoryStore();
    const rooms = open(store, { idleTimeout: 0 });
    const hold = (await rooms.hold('s'))!;
    const client = await new Client().join(hold.room);
    store.held = true;
    client.move(9);
    client.leave();
    hold.release();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(rooms.count().rooms).toBe(1);
    store.release();
    await until(() => rooms.count().rooms === 0);
    expect((await new Client('observer').join((await rooms.hold('s'))!.room)).at()).toEqual([9, 9]);
  });
  it('and leaves a snapshot of what its log held', async () => {
    const store = new MemoryStore();
    const rooms = open(store, { idleTimeout: 0 });
    const hold = (await rooms.hold('s'))!;
    (await new Client().join(hold.room)).move(3);
    hold.release();
    await until(() => rooms.count().rooms === 0 && store.snapshots.length === 1);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, store.snapshots[0]!.state);
    expect(contentOf(doc)).toEqual(store.content());
  });
  it('closing the server stores everything and tells everyone to come back', async () => {
    const store = new MemoryStore();
    const rooms = open(store, { idleTimeout: 60_000 });
    const client = await new Client().join((await rooms.hold('s'))!.room);
    client.move(4);
    await rooms.close(2000);
    expect(client.closed).toBe('restart');
    expect(store.content()).toEqual(contentOf(client.doc));
  });
});

describe('P7 while the store fails', () => {
  it('people go on, nobody is told saved, and everything is stored once it works again', async () => {
    const store = new MemoryStore();
    const { room } = (await open(store).hold('s'))!;
    const author = await new Client().join(room);
    store.failing = true;
    author.move(1);
    room.whenCommitted(() => author.send(frames.saved(1)));
    await until(() => quiet.error.mock.calls.length > 0);
    author.move(2);
    expect(author.closed).toBeNull();
    expect(author.savedAnswers).toEqual([]);
    store.failing = false;
    await until(() => author.savedAnswers.length === 1);
    await room.settled();
    expect(store.content()).toEqual(contentOf(author.doc));
  });
});

describe('P9 a failing store', () => {
  it('is told to everyone inside, and its recovery too', async () => {
    const store = new MemoryStore();
    const { room } = (await open(store).hold('s'))!;
    const [author, peer] = [await new Client().join(room), await new Client('observer').join(room)];
    store.failing = true;
    author.move(1);
    await until(() => peer.troubles.length === 1);
    expect([author.troubles, peer.troubles, room.isFailing]).toEqual([[true], [true], true]);
    store.failing = false;
    await until(() => peer.troubles.length === 2);
    expect([author.troubles.at(-1), peer.troubles.at(-1), room.isFailing]).toEqual([false, false, false]);
  });
});

describe('F1 a busy room', () => {
  it('gathers what arrives within a tick into one row and one frame for everyone, encoded once', async () => {
    const store = new MemoryStore();
    const { room } = (await open(store).hold('s'))!;
    const people = await Promise.all(
      Array.from({ length: 10 }, (_, n) => new Client('participant', `u-${n}`).join(room)),
    );
    const watchers = [
      await new Client('observer', 'o-1').join(room),
      await new Client('observer', 'o-2').join(room),
    ];
    people[0]!.move(0);
    await until(() => watchers[0]!.at()?.toString() === '0,0');
    const [rows, sent] = [store.log.length, watchers[0]!.received.length];
    // While the room rests after the first.
    for (const [n, person] of people.entries()) person.move(n);
    await room.settled();
    expect(store.log.length - rows).toBe(1);
    expect(watchers[0]!.received.length - sent).toBe(1);
    expect(watchers[0]!.received.at(-1)).toBe(watchers[1]!.received.at(-1));
  });

  it('gathers longer the more its sending costs, up to a limit', () => {
    expect([tickFor(0, 16), tickFor(4, 16), tickFor(10, 16), tickFor(1_000, 16)]).toEqual([16, 16, 40, 200]);
  });
});

describe('P8 two processes on one session', () => {
  it('the one whose number is taken reads what it missed, writes behind it, and loses nobody’s change', async () => {
    const store = new MemoryStore();
    const [here, there] = [open(store), open(store)];
    const mine = await new Client('participant', 'u-1').join((await here.hold('s'))!.room);
    const yours = await new Client('moderator', 'u-2').join((await there.hold('s'))!.room);
    mine.move(1);
    await until(() => store.log.length === 2);
    root(yours.doc, 'board').get('shape:app')!.set('props.name', 'Mine');
    await until(() => store.log.length === 3);
    await until(() => JSON.stringify(yours.at()) === '[1,1]');
    expect(yours.closed).toBeNull();
    expect(store.content()).toEqual(contentOf(yours.doc));
  });
});

describe('G2 a refused update', () => {
  it('is neither applied, nor stored, nor relayed, and costs only its sender', async () => {
    const store = new MemoryStore();
    const { room } = (await open(store).hold('s'))!;
    const [peer, observer] = [
      await new Client('participant').join(room),
      await new Client('observer').join(room),
    ];
    const before = contentOf(room.doc);
    observer.move(99);
    await room.settled();
    expect(observer.closed).toBe('refused');
    expect(peer.closed).toBeNull();
    expect([contentOf(room.doc), contentOf(peer.doc), store.content()]).toEqual([before, before, before]);
  });
});

describe('G6 a Yjs client id belongs to its first user', () => {
  it('nobody else writes under it, in this run or the next', async () => {
    const store = new MemoryStore();
    const rooms = open(store, { idleTimeout: 0 });
    const first = (await rooms.hold('s'))!;
    const victim = await new Client('participant', 'u-victim').join(first.room);
    victim.move(1);
    await first.room.settled();
    const attack = async (room: Room) => {
      const thief = await new Client('moderator', 'u-thief').join(room);
      thief.doc.clientID = victim.doc.clientID;
      thief.move(66);
      await room.settled();
      return thief;
    };
    expect((await attack(first.room)).closed).toBe('refused');
    victim.leave();
    first.release();
    await until(() => rooms.count().rooms === 0);
    expect((await attack((await rooms.hold('s'))!.room)).closed).toBe('refused');
    expect(JSON.stringify(store.content())).not.toContain('66,66');
  });
});

describe('A1 identity in presence is the server’s', () => {
  const stateOf = (client: number, clock: number, state: object | null) => {
    const text = JSON.stringify(state);
    return new Uint8Array([...encodeUints(1, client, clock, text.length), ...new TextEncoder().encode(text)]);
  };
  const encodeUints = (...numbers: number[]) =>
    numbers.flatMap(n => {
      const bytes: number[] = [];
      for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 128);
      return [...bytes, n];
    });
  const presences = (client: Client) =>
    client.received.flatMap(frame => [...readMessages(frame)]).filter(({ type }) => type === 'awareness')
      .length;
  const lastText = (client: Client) => new TextDecoder().decode(client.received.at(-1));

  it('a forged name is replaced, another’s state is not touched, a leaver is gone at once', async () => {
    const { room } = (await open(new MemoryStore()).hold('s'))!;
    const [pat, mo] = [await new Client('participant').join(room), await new Client('moderator').join(room)];
    room.whereabouts.receive(pat, stateOf(pat.doc.clientID, 1, { user: { name: 'Boss' }, board: 1 }));
    await until(() => presences(mo) === 1);
    expect(lastText(mo)).toContain('"name":"u-participant"');
    expect(lastText(mo)).not.toContain('Boss');
    room.whereabouts.receive(mo, stateOf(mo.doc.clientID, 1, { board: 2 }));
    room.whereabouts.receive(mo, stateOf(pat.doc.clientID, 9, null));
    await until(() => presences(pat) === 1);
    expect(presences(mo)).toBe(1);
    pat.leave();
    await until(() => presences(mo) === 2);
    expect(lastText(mo)).toContain('null');
  });
});

describe('C1 convergence', () => {
  it('after random edits, disconnects and restarts, clients, memory and store hold the same', async () => {
    const step = fc.record({
      who: fc.nat(3),
      action: fc.constantFrom('move', 'rename', 'add', 'delete', 'leave', 'enter', 'restart', 'wait'),
      n: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async steps => {
        const store = new MemoryStore();
        let rooms = open(store);
        let room = (await rooms.hold('s'))!.room;
        const clients = [0, 1, 2, 3].map(n =>
          new Client(n === 0 ? 'moderator' : 'participant', `u-${n}`).enter(room),
        );
        const inside = new Set(clients);
        for (const { who, action, n } of steps) {
          const client = clients[who]!;
          const board = root(client.doc, 'board');
          const shape = board.get(`shape:${n}`);
          if (action === 'move') shape?.set('at', [n, who]);
          else if (action === 'rename') shape?.set('props.name', `${who}`);
          else if (action === 'add')
            putEntry(board, `shape:${n}`, { type: 'process', at: [who, n], place: ['page:page', 'a1'] });
          else if (action === 'delete') board.delete(`shape:${n}`);
          else if (action === 'leave' && inside.delete(client)) client.leave();
          else if (action === 'enter' && !inside.has(client)) inside.add(client.enter(room));
          else if (action === 'restart') {
            await rooms.close(1000);
            rooms = open(store);
            room = (await rooms.hold('s'))!.room;
            inside.clear();
          } else if (action === 'wait') await room.settled();
        }
        for (const client of clients) if (!inside.has(client)) client.enter(room);
        await room.settled();
        for (const client of clients) expect(contentOf(client.doc)).toEqual(contentOf(room.doc));
        expect(store.content()).toEqual(contentOf(room.doc));
        expect(clients.map(({ closed }) => closed).filter(why => why !== null && why !== 'restart')).toEqual(
          [],
        );
      }),
      { numRuns: 60 },
    );
  });
});
