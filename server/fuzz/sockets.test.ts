/**
 * Hostile frames over real sockets, while honest stock clients work in the same sessions. FUZZ_FRAMES sets how many (the long
 * run is 100000), FUZZ_SEED repeats a run.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freshDatabase } from '#db/testing/databases.ts';
import { readMetrics } from '#infra/testing/metrics.ts';
import { Person, type ServerProcess, spawnServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import { readRecords } from '#shared/document/board.ts';
import { ROOTS, type Root, readSuggestions, root } from '#shared/document/document.ts';
import type { Role } from '#shared/document/roles.ts';
import { suggest } from '#shared/stride/suggest.ts';
import { type Attack, attack } from './attack.ts';
import { Honest } from './honest.ts';
import { createRandom, fuzzSeed } from './random.ts';
import { NASTY } from './updates.ts';

const FRAMES = Number(process.env.FUZZ_FRAMES ?? 3_000);
const HONEST = 3;
/** Sockets of each attacker. */
const SOCKETS = 4;
/** Attackers come and go by the hundred from one address, which the limits of a server would not let them. */
const LIMITS = { MAX_CONNECTIONS_PER_ADDRESS: '100000', MAX_MESSAGES_PER_SECOND: '100000' };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let server: ServerProcess;
beforeAll(async () => {
  database = await freshDatabase();
  server = await spawnServer({ DATABASE_URL: database.url, ...LIMITS }, COLLECTING);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** A session under attack by people of one role. */
interface Siege {
  role: Role;
  id: string;
  moderator: Person;
  people: Honest[];
  attacks: Attack[];
}

async function besiege(role: Role, seed: number): Promise<Siege> {
  const moderator = new Person(server.url);
  const { id, invites } = await moderator.start();
  const people = await Promise.all(
    Array.from({ length: HONEST }, (_, i) =>
      Honest.enter(server.url, id, invites.participant, `Honest ${i}`),
    ),
  );
  const person = new Person(server.url);
  await person.join(invites[role], 'Mallory');
  const { me } = await person.json(`/api/sessions/${id}`);
  const attacks = Array.from({ length: SOCKETS }, (_, i) => ({
    url: server.url,
    sessionId: id,
    person,
    view: people[0]!.client.doc,
    me: { id: me.id, name: me.name },
    random: createRandom(seed + i),
    sent: [],
  }));
  return { role, id, moderator, people, attacks };
}

const gauge = async (name: string) => (await readMetrics(server.url)).get(name)!;
/** In ms. */
const lag = async () => (await gauge('nodejs_eventloop_lag_p99_seconds')) * 1000;

/** What the server holds on its heap, without garbage, in MB. */
async function held(): Promise<number> {
  process.kill(server.pid, 'SIGUSR2');
  await sleep(500);
  return (await gauge('nodejs_heap_size_used_bytes')) / 2 ** 20;
}
/** Collects its garbage when it is told to. */
const COLLECTING = ['--expose-gc', '--import', 'data:text/javascript,process.on("SIGUSR2", () => gc())'];

// biome-ignore lint/suspicious/noExplicitAny: entries of every root
type Content = Record<Root, Record<string, any>>;
const contentOf = ({ doc }: StockClient) =>
  Object.fromEntries(ROOTS.map(name => [name, root(doc, name).toJSON()])) as Content;
const enter = async ({ id, moderator }: Siege) => {
  const client = stockClient(server.url, id, await moderator.ticket(id));
  await client.synced();
  client.provider.awareness.setLocalState({});
  return client;
};

const seed = fuzzSeed();
it(
  `G2 G5 A1 A2 E5 ${FRAMES} hostile frames hurt nobody but their senders (FUZZ_SEED=${seed})`,
  async () => {
    const sieges = [await besiege('observer', seed), await besiege('participant', seed + SOCKETS)];
    const before = await Promise.all(sieges.map(async siege => contentOf(siege.people[0]!.client)));
    const heapBefore = await held();
    const lags: number[] = [];
    let under = true;
    const working = sieges
      .flatMap(({ people }) => people)
      .map(async person => {
        for (; under; await sleep(20)) await person.work();
      });
    const watching = (async () => {
      for (; under; await sleep(500)) lags.push(await lag());
    })();
    const share = Math.ceil(FRAMES / sieges.length / SOCKETS);
    const attacking = Promise.all(sieges.flatMap(({ attacks }) => attacks).map(each => attack(each, share)));
    await Promise.race([attacking, Promise.all(working)]);
    under = false;
    await Promise.all([...working, watching]);

    for (const [i, siege] of sieges.entries()) {
      const fault = `the last frames were ${siege.attacks.flatMap(({ sent }) => sent.map(({ name }) => name)).join(', ')}`;
      const fresh = await enter(siege);
      const clients = [fresh, ...siege.people.map(({ client }) => client)];
      await vi.waitFor(
        () => {
          const content = contentOf(fresh);
          for (const client of clients) expect(contentOf(client)).toEqual(content);
          expect(readSuggestions(fresh.doc).map(({ id }) => id)).toEqual(
            suggest(readModel(readRecords(root(fresh.doc, 'board'))), 'per-crossing').map(({ id }) => id),
          );
        },
        { timeout: 10_000, interval: 50 },
      );
      const content = contentOf(fresh);
      expect(titlesOf(content.threats), fault).toEqual(
        Object.assign({}, ...siege.people.map(({ expected }) => expected.threats)),
      );
      expect({ ...content.session.session, lastThreat: 0 }, fault).toEqual({
        ...before[i]!.session.session,
        lastThreat: 0,
      });
      expect(content.triage, fault).toEqual(before[i]!.triage);
      const entries = Object.keys(content.board).filter(entry => !entry.startsWith(NASTY));
      if (siege.role === 'observer') expect(Object.keys(content.board)).toEqual(entries);
      for (const { expected } of siege.people) {
        for (const [shape, at] of Object.entries(expected.shapes))
          expect(content.board[shape]?.at, fault).toEqual(at);
      }
      const present = ({ provider }: StockClient) =>
        Object.fromEntries([...provider.awareness.getStates()].map(([id, state]) => [id, state.user?.name]));
      const here = Object.fromEntries([
        [fresh.doc.clientID, 'Mo'],
        ...siege.people.map(({ client, me }) => [client.doc.clientID, me.name]),
      ]);
      await vi.waitFor(
        () => {
          for (const client of clients)
            expect(present(client), fault).toEqual({ ...here, [client.doc.clientID]: undefined });
        },
        { timeout: 5_000, interval: 50 },
      );
      for (const client of clients) client.destroy();
    }
    const heapAfter = await held();
    report(sieges, lags, [heapBefore, heapAfter]);
    expect(heapAfter).toBeLessThan(heapBefore + 20);

    const served = await Promise.all(sieges.map(async siege => contentOf(await enter(siege))));
    expect(await server.stop()).toBe(0);
    server = await spawnServer({ DATABASE_URL: database.url, ...LIMITS });
    for (const [i, siege] of sieges.entries()) {
      siege.moderator.url = server.url;
      const stored = await enter(siege);
      expect(contentOf(stored)).toEqual(served[i]);
      stored.destroy();
    }
  },
  FRAMES * 20 + 60_000,
);

function titlesOf(threats: Record<string, { title: string }>): Record<string, string> {
  return Object.fromEntries(Object.entries(threats).map(([id, { title }]) => [id, title]));
}

function report(sieges: Siege[], lags: number[], heaps: [before: number, after: number]): void {
  const times = sieges
    .flatMap(({ people }) => people.flatMap(({ roundTrips }) => roundTrips))
    .sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * (times.length - 1))]!.toFixed(0);
  process.stdout.write(
    `saved: ${times.length} times, p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)} ms; ` +
      `event loop p99 ${Math.max(...lags).toFixed(0)} ms at most; ` +
      `heap ${heaps.map(heap => heap.toFixed(0)).join(' -> ')} MB\n`,
  );
}
