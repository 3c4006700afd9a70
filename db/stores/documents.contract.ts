import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnknownSessionError, WriterConflictError } from '../errors.ts';
import type { Database } from '../open.ts';
import { documentSnapshots, documentUpdates, workshopSessions, writers } from '../schema.ts';
import { addSession, bytes } from '../testing/fixtures.ts';
import { CHUNK_BYTES, type LogEntry, type StoredDocument } from './documents.ts';

const entry = (sessionId: string, seq: number, update = bytes(`update ${seq}`)): LogEntry => ({
  sessionId,
  seq,
  update,
  writers: [],
});

/** Snapshots in these tests are the updates one after the other, so every way to store a document gives the same bytes. */
const content = (stored: StoredDocument | null) =>
  Buffer.concat([stored!.snapshot ?? new Uint8Array(), ...stored!.updates]).toString();

export function documentsContract(open: () => Database): void {
  const append = (...entries: LogEntry[]) => open().documents.append(entries);
  const load = (sessionId: string, after?: number) => open().documents.load(sessionId, after);
  const snapshot = (sessionId: string, seq: number, state: Uint8Array) =>
    open().documents.snapshot(sessionId, seq, state);

  describe('the log', () => {
    test('a session that does not exist loads as null', async () => {
      expect(await load('nowhere')).toBeNull();
    });

    test('a new session loads as its first update', async () => {
      const id = await addSession(open(), { firstUpdate: bytes('seed') });
      expect(await load(id)).toEqual({
        snapshot: null,
        snapshotSeq: 0,
        updates: [bytes('seed')],
        seq: 1,
        writers: new Map(),
      });
    });

    test('updates come back in the order of their numbers', async () => {
      const id = await addSession(open());
      for (const seq of [2, 3, 4]) await append(entry(id, seq));
      expect(content(await load(id))).toBe('firstupdate 2update 3update 4');
    });

    test('an empty batch is stored without asking the database', async () => {
      expect(await append()).toEqual([]);
    });

    test('an empty update and one of 5 MB come back byte for byte', async () => {
      const id = await addSession(open());
      const large = new Uint8Array(randomBytes(5_000_000));
      await append(entry(id, 2, new Uint8Array()));
      await append(entry(id, 3, large));
      const [, empty, returned] = (await load(id))!.updates;
      expect(empty).toEqual(new Uint8Array());
      expect(Buffer.compare(returned!, large)).toBe(0);
    });

    test('appends to many sessions at once all arrive, each in its own', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, () => addSession(open())));
      await Promise.all(ids.map(id => append(entry(id, 2, bytes(id)))));
      for (const id of ids) expect(content(await load(id))).toBe(`first${id}`);
    });

    test('of a batch only what has a taken number, or one that leaves a gap, is not stored, and comes back', async () => {
      const [mine, other, third] = await Promise.all([1, 2, 3].map(() => addSession(open())));
      await append(entry(mine!, 2));
      const [late, early] = [entry(mine!, 2, bytes('late')), entry(third!, 3)];
      expect(await append(entry(other!, 2), late, early)).toEqual([late, early]);
      expect(content(await load(mine!))).toBe('firstupdate 2');
      expect(content(await load(other!))).toBe('firstupdate 2');
      expect(content(await load(third!))).toBe('first');
    });

    test('a number stays taken when a snapshot has deleted its row', async () => {
      const id = await addSession(open());
      await append(entry(id, 2));
      await append(entry(id, 3));
      await snapshot(id, 3, bytes('three'));
      const late = entry(id, 2, bytes('late'));
      expect(await append(late)).toEqual([late]);
      expect(await append(entry(id, 4))).toEqual([]);
      expect(content(await load(id))).toBe('threeupdate 4');
    });

    test('who appends while others append and snapshot loses nothing that was stored', async () => {
      const id = await addSession(open());
      const stored: string[] = [];
      const write = async (name: string) => {
        let seq = 1;
        for (let n = 0; n < 15; ) {
          const late = await append(entry(id, seq + 1, bytes(`${name}${n};`)));
          if (late.length === 0) stored.push(`${name}${n++};`);
          const now = (await load(id))!;
          if (n % 4 === 0) await snapshot(id, now.seq, bytes(content(now)));
          seq = now.seq;
        }
      };
      await Promise.all(['a', 'b', 'c'].map(write));
      const kept = content(await load(id));
      expect(stored.filter(text => !kept.includes(text))).toEqual([]);
      expect(stored).toHaveLength(45);
    });

    test('of two that race for a number one is stored', async () => {
      const id = await addSession(open());
      const results = await Promise.all([append(entry(id, 2)), append(entry(id, 2))]);
      expect(results.map(({ length }) => length).sort()).toEqual([0, 1]);
    });

    test('who is behind reads only what it lacks', async () => {
      const id = await addSession(open());
      await append(entry(id, 2));
      await append(entry(id, 3));
      expect(await load(id, 2)).toMatchObject({ snapshot: null, updates: [bytes('update 3')], seq: 3 });
      expect(await load(id, 3)).toMatchObject({ snapshot: null, updates: [], seq: 3 });
      await snapshot(id, 3, bytes('three'));
      expect(await load(id, 2)).toMatchObject({ snapshot: bytes('three'), snapshotSeq: 3, updates: [] });
      expect(await load(id, 3)).toMatchObject({ snapshot: null, updates: [], seq: 3 });
    });

    test('the heads of sessions are their last numbers, in the log or in a snapshot', async () => {
      const [fresh, long, folded] = await Promise.all([1, 2, 3].map(() => addSession(open())));
      await append(entry(long!, 2), entry(folded!, 2));
      await snapshot(folded!, 2, bytes('two'));
      const heads = await open().documents.heads([fresh!, long!, folded!, 'nowhere']);
      expect(heads).toEqual(
        new Map([
          [fresh, 1],
          [long, 2],
          [folded, 2],
        ]),
      );
      expect(await open().documents.heads([])).toEqual(new Map());
    });

    test('what is for an unknown session is not stored, and comes back', async () => {
      const id = await addSession(open());
      const lost = entry('nowhere', 1);
      expect(await append(entry(id, 2), lost)).toEqual([lost]);
      expect(content(await load(id))).toBe('firstupdate 2');
    });

    test('a claim in an unknown session stores nothing of the batch', async () => {
      const id = await addSession(open());
      const lost = { ...entry('nowhere', 1), writers: [{ clientId: 1, userId: 'ada' }] };
      const refused = append(entry(id, 2), lost);
      await expect(refused).rejects.toThrow(UnknownSessionError);
      await refused.catch(error => expect(open().documents.isConflict(error)).toBe(true));
      expect(content(await load(id))).toBe('first');
    });
  });

  describe('writers', () => {
    const claim = (sessionId: string, seq: number, clientId: number, userId: string) =>
      append({ ...entry(sessionId, seq), writers: [{ clientId, userId }] });

    test('a client id is stored with its owner, up to the largest of 32 bits', async () => {
      const id = await addSession(open());
      await claim(id, 2, 2 ** 32 - 1, 'ada');
      await claim(id, 3, 0, 'bob');
      expect((await load(id))!.writers).toEqual(
        new Map([
          [2 ** 32 - 1, 'ada'],
          [0, 'bob'],
        ]),
      );
    });

    test('its owner may claim it again, also twice in one batch', async () => {
      const id = await addSession(open());
      await claim(id, 2, 7, 'ada');
      const again = [{ clientId: 7, userId: 'ada' }];
      await append({ ...entry(id, 3), writers: again });
      await append({ ...entry(id, 4), writers: again });
      expect((await load(id))!.seq).toBe(4);
    });

    test('nobody else may, and what they wrote with it is not stored', async () => {
      const id = await addSession(open());
      await claim(id, 2, 7, 'ada');
      await expect(claim(id, 3, 7, 'mallory')).rejects.toThrow(WriterConflictError);
      expect(await load(id)).toMatchObject({ seq: 2, writers: new Map([[7, 'ada']]) });
    });

    test('the same client id in another session is another matter', async () => {
      const [one, two] = [await addSession(open()), await addSession(open())];
      await claim(one, 2, 7, 'ada');
      await claim(two, 2, 7, 'bob');
      expect((await load(two))!.writers).toEqual(new Map([[7, 'bob']]));
    });

    test('an update that comes too late leaves its claim, which is its writer’s anyway', async () => {
      const id = await addSession(open());
      expect(await append({ ...entry(id, 1), writers: [{ clientId: 7, userId: 'ada' }] })).toHaveLength(1);
      expect((await load(id))!.writers).toEqual(new Map([[7, 'ada']]));
    });
  });

  describe('snapshots', () => {
    const rows = async (sessionId: string) => ({
      log: await open().orm.$count(documentUpdates, eq(documentUpdates.sessionId, sessionId)),
      chunks: await open().orm.$count(documentSnapshots, eq(documentSnapshots.sessionId, sessionId)),
    });

    test('a snapshot takes the place of the log it covers and of the snapshot before it', async () => {
      const id = await addSession(open());
      await append(entry(id, 2));
      await append(entry(id, 3));
      await snapshot(id, 1, bytes('one'));
      await snapshot(id, 2, bytes('one two'));
      expect(await load(id)).toMatchObject({
        snapshot: bytes('one two'),
        snapshotSeq: 2,
        updates: [bytes('update 3')],
        seq: 3,
      });
      expect(await rows(id)).toEqual({ log: 1, chunks: 1 });
    });

    test.each([0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 5 * CHUNK_BYTES])(
      'a state of %i bytes comes back byte for byte',
      async size => {
        const id = await addSession(open());
        const state = new Uint8Array(randomBytes(size));
        await snapshot(id, 1, state);
        expect(Buffer.compare((await load(id))!.snapshot!, state)).toBe(0);
        expect(await load(id)).toMatchObject({ snapshotSeq: 1, updates: [], seq: 1 });
      },
    );

    test('one that a newer snapshot covers changes nothing', async () => {
      const id = await addSession(open());
      await append(entry(id, 2));
      await snapshot(id, 2, bytes('two'));
      await snapshot(id, 1, bytes('one'));
      await snapshot(id, 2, bytes('two again'));
      expect((await load(id))!.snapshot).toEqual(bytes('two'));
    });

    test('two at once do not mix their pieces', async () => {
      const id = await addSession(open());
      const states = [1, 2].map(n => new Uint8Array((4 - n) * CHUNK_BYTES).fill(n));
      await Promise.all(states.map(state => snapshot(id, 1, state)));
      const stored = (await load(id))!.snapshot!;
      expect(states.some(state => Buffer.compare(state, stored) === 0)).toBe(true);
    });

    test('of a session that does not exist there is none', async () => {
      await expect(snapshot('nowhere', 1, bytes('x'))).rejects.toThrow(UnknownSessionError);
    });

    test('who loads while updates and snapshots are written sees a document without a gap', async () => {
      const id = await addSession(open());
      let text = 'first';
      let writing = true;
      const write = async () => {
        for (let seq = 2; seq <= 40; seq++) {
          await append(entry(id, seq));
          text += `update ${seq}`;
          if (seq % 3 === 0) await snapshot(id, seq, bytes(text));
        }
        writing = false;
      };
      const read = async () => {
        while (writing) {
          const stored = await load(id);
          const expected = Array.from({ length: stored!.seq - 1 }, (_, i) => `update ${i + 2}`).join('');
          expect(content(stored)).toBe(`first${expected}`);
        }
      };
      await Promise.all([write(), read(), read()]);
    });

    test('whatever is appended and snapshotted, the document is the one of the plain log', async () => {
      const step = fc.oneof(
        { weight: 3, arbitrary: fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 4 }) },
        { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
          const log = [bytes('first')];
          const id = await addSession(open());
          for (const it of steps) {
            if (typeof it === 'number') {
              // Of any point of the past: a room may snapshot what it stored a while ago.
              const seq = 1 + Math.floor(it * (log.length - 1));
              await snapshot(id, seq, Buffer.concat(log.slice(0, seq)));
            } else {
              for (const [i, update] of it.entries()) await append(entry(id, log.length + 1 + i, update));
              log.push(...it);
            }
          }
          const stored = await load(id);
          expect(stored!.seq).toBe(log.length);
          expect(content(stored)).toBe(Buffer.concat(log).toString());
          expect(stored!.snapshotSeq + stored!.updates.length).toBe(log.length);
        }),
        { numRuns: 30 },
      );
    });
  });

  test('a deleted session takes its log, its snapshots and its writers along', async () => {
    const id = await addSession(open());
    await snapshot(id, 1, bytes('one'));
    await append({ ...entry(id, 2), writers: [{ clientId: 1, userId: 'ada' }] });
    await open().orm.delete(workshopSessions).where(eq(workshopSessions.id, id));
    expect(await load(id)).toBeNull();
    for (const table of [documentUpdates, documentSnapshots, writers]) {
      expect(await open().orm.$count(table, eq(table.sessionId, id))).toBe(0);
    }
  });
}
