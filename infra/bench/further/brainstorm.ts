/**
 * 50 people brainstorm on the wearable example while the moderator triages: everybody's pointer moves, everybody writes a threat now and
 * then and puts its words right, one suggestion a second is decided, and a vote is held meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import * as prand from 'lib0/prng';
import { Person } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { changedEntries, putEntry, readSuggestions, root } from '#shared/document/document.ts';
import { inParallel } from '../parallel.ts';
import { cpuOf } from '../processes.ts';
import { startStrideboard } from '../servers/strideboard.ts';
import { percentile, round } from '../statistics.ts';
import type { Finding } from './finding.ts';

const PEOPLE = 50;
const SECONDS = 30;
/** Of one person: pointer positions a second while it moves, and seconds between two threats. */
const POINTER = 10;
const THREAT_EVERY = 20;
/** Corrections of a title that was just written, one after the other, in ms after it. */
const CORRECTIONS = [1500, 3000];

interface Somebody {
  id: string;
  name: string;
  client: StockClient;
}

export async function brainstorm(): Promise<Finding[]> {
  const server = await startStrideboard();
  const everybody: Somebody[] = [];
  try {
    const moderator = new Person(server.url);
    const { id, invites } = await moderator.start({ template: 'wearable-sensor', name: 'Moderator' });
    const enter = async (person: Person, name: string): Promise<Somebody> => {
      const client = stockClient(server.url, id, await person.ticket(id));
      await client.synced();
      const { me } = await person.json(`/api/sessions/${id}`);
      return { id: me.id, name, client };
    };
    const lead = await enter(moderator, 'Moderator');
    const crowd = await inParallel(Array.from({ length: PEOPLE }), async (_, n) => {
      const person = new Person(server.url);
      await person.join(invites.participant, `Person ${n}`);
      return { person, ...(await enter(person, `Person ${n}`)) };
    });
    everybody.push(lead, ...crowd);
    await moderator.json(`/api/sessions/${id}/meeting`, { body: { do: 'start', phase: 'brainstorm' } });

    const watch = listen(everybody);
    const [cpu, random] = [cpuOf(server.pid), prand.create(1)];
    const jobs = [decide(lead), ...crowd.map(each => write(each, prand.real53(random)))];
    const pointers = crowd.map(each => point(each.client, prand.real53(random)));
    await sleep((SECONDS * 1000) / 2);
    const ballots = await vote(moderator, id, crowd);
    await Promise.all(jobs);
    for (const stop of pointers) stop();
    await sleep(1000);
    const { latencies, missing, late } = watch();
    if (missing > 0) throw new Error(`${missing} changes did not reach everybody`);
    const finding = (what: string, value: number, unit: string, target: number | null = null): Finding => ({
      part: 'i',
      what,
      value: round(value, 2),
      unit,
      target,
    });
    return [
      finding(
        `a change reaches the others, ${latencies.length} arrivals, p50`,
        percentile(latencies, 0.5),
        'ms',
      ),
      finding('p99', percentile(latencies, 0.99), 'ms', 100),
      finding('a ballot is taken, p99', percentile(ballots, 0.99), 'ms'),
      finding('the crowd itself was late by, p99', percentile(late, 0.99), 'ms'),
      finding(`CPU of the server in ${SECONDS} s`, cpuOf(server.pid) - cpu, 's'),
    ];
  } finally {
    for (const { client } of everybody) client.destroy();
    await server.stop();
  }
}

/** When each change was made, by the words that are in no other: everybody finds it by them. */
const written = new Map<string, number>();

const words = (text: string): string => {
  const unique = `${text} #${written.size}`;
  written.set(unique, performance.now());
  return unique;
};

/** @returns how long changes took to each of the others, how many arrivals are missing, and by how much this process was late */
function listen(everybody: readonly Somebody[]) {
  written.clear();
  const latencies: number[] = [];
  for (const { client } of everybody) {
    const seen = new Set<string>();
    for (const name of ['threats', 'triage'] as const) {
      const entries = root(client.doc, name);
      entries.observeDeep((events, { local }) => {
        const now = performance.now();
        for (const id of changedEntries(events)) {
          const entry = entries.get(id);
          const key = String(entry?.get(name === 'threats' ? 'title' : 'reason'));
          const at = written.get(key);
          if (at === undefined || seen.has(key)) continue;
          seen.add(key);
          if (!local) latencies.push(now - at);
        }
      });
    }
  }
  const late: number[] = [];
  let due = performance.now() + 10;
  const timer = setInterval(() => {
    late.push(Math.max(0, performance.now() - due));
    due = performance.now() + 10;
  }, 10);
  return () => {
    clearInterval(timer);
    const missing = written.size * (everybody.length - 1) - latencies.length;
    return { latencies: Float64Array.from(latencies), missing, late: Float64Array.from(late) };
  };
}

/** Somebody's pointer goes round. @returns what stops it */
function point({ provider }: StockClient, phase: number): () => void {
  let turn = phase * 100;
  const timer = setInterval(() => {
    turn += 0.3;
    const cursor = { x: Math.round(500 * Math.cos(turn)), y: Math.round(300 * Math.sin(turn)) };
    provider.awareness.setLocalStateField('board', { page: 'page:page', cursor, selection: [] });
  }, 1000 / POINTER);
  return () => clearInterval(timer);
}

/** Somebody writes a threat now and then, and puts its words right. */
async function write({ id, name, client }: Somebody, phase: number): Promise<void> {
  const threats = root(client.doc, 'threats');
  await sleep(phase * THREAT_EVERY * 1000);
  const end = performance.now() + (SECONDS - phase * THREAT_EVERY) * 1000 - CORRECTIONS.at(-1)!;
  for (let n = 0; performance.now() < end; n++) {
    const entry = `${id}-${n}`;
    putEntry(threats, entry, {
      ...{ title: words('What if'), description: '', stride: [], target: '', status: 'proposed' },
      ...{ by: { id, name }, at: Date.now(), suggestion: '' },
    });
    for (const after of CORRECTIONS)
      setTimeout(() => threats.get(entry)?.set('title', words('Corrected')), after);
    await sleep(THREAT_EVERY * 1000);
  }
}

/** The moderator dismisses a suggestion each second. */
async function decide({ id, name, client }: Somebody): Promise<void> {
  for (let n = 0; n < SECONDS; n++) {
    const { doc } = client;
    const next = readSuggestions(doc).find(suggestion => !root(doc, 'triage').has(suggestion.id));
    if (next) {
      const verdict = { verdict: 'dismissed', reason: words('Not here'), by: { id, name }, at: Date.now() };
      putEntry(root(doc, 'triage'), next.id, verdict);
    }
    await sleep(1000);
  }
}

/** Everybody gives a dot within ten seconds. @returns how long each ballot took, in ms */
async function vote(moderator: Person, session: string, crowd: readonly { person: Person }[]) {
  const threats: { id: string }[] = await moderator.json(`/api/sessions/${session}/threats`);
  const body = { threats: threats.slice(0, 20).map(({ id }) => id) };
  const { id } = await moderator.json(`/api/sessions/${session}/votes`, { body });
  const took = await Promise.all(
    crowd.map(async ({ person }, n) => {
      await sleep((n / crowd.length) * 10_000);
      const start = performance.now();
      const dots = { [body.threats[n % body.threats.length]!]: 1 };
      await person.json(`/api/sessions/${session}/votes/${id}/ballot`, { method: 'PUT', body: { dots } });
      return performance.now() - start;
    }),
  );
  await moderator.json(`/api/sessions/${session}/votes/${id}/close`, { method: 'POST' });
  return Float64Array.from(took);
}
