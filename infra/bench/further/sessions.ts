/** 10,000 sessions in the database: whether they slow anything down, and what they cost while nobody has them open. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readMetrics } from '#infra/testing/metrics.ts';
import { Person } from '#infra/testing/server.ts';
import { stockClient } from '#infra/testing/stock-client.ts';
import { inParallel } from '../parallel.ts';
import { cpuOf, memoryOf } from '../processes.ts';
import { freshDatabase, startStrideboard } from '../servers/strideboard.ts';
import { percentile, round } from '../statistics.ts';
import type { Finding } from './finding.ts';

const FEW = 10;
const MANY = 10_000;
/** How often each call is timed. */
const CALLS = 100;
/** Rooms that are opened and left to be unloaded, in each of two rounds: the first also warms the server up. */
const ROOMS = 500;
/** Seconds over which an idle server is watched. */
const IDLE = 10;
/** The median of a call may grow by this factor: less is noise. */
const SLOWER = 1.5;

type Session = Awaited<ReturnType<Person['start']>>;
const CALL_NAMES = ['create', 'join', 'open'] as const;

const finding = (what: string, value: number, unit: string, target: number | null = null): Finding => ({
  part: 'f',
  what,
  value: round(value, 2),
  unit,
  target,
});

export async function sessions(step: (text: string) => void): Promise<Finding[]> {
  const database = await freshDatabase();
  let server = await startStrideboard(database);
  try {
    const empty = { memory: memoryOf(server.pid) };
    const creator = new Person(server.url);
    const made = [await creator.start({ template: 'blank' })];
    const make = () => creator.start({ template: 'blank' });
    const grow = async (count: number) =>
      made.push(...(await inParallel(Array.from({ length: count - made.length }), make)));

    await grow(FEW);
    await timeCalls(server.url, creator, made); // Warms up.
    const few = await timeCalls(server.url, creator, made);
    step(`f: filling the database with ${MANY} sessions ...`);
    await grow(MANY);
    const many = await timeCalls(server.url, creator, made);

    await server.stop();
    server = await startStrideboard(database);
    const full = memoryOf(server.pid);
    creator.url = server.url;
    step(`f: opening ${ROOMS} rooms twice, and waiting until they are unloaded ...`);
    const cpuBefore = cpuOf(server.pid);
    await sleep(IDLE * 1000);
    const idle = ((cpuOf(server.pid) - cpuBefore) / IDLE) * 1000;
    await openAndLeave(server.url, creator, made.slice(0, ROOMS));
    const first = memoryOf(server.pid);
    await openAndLeave(server.url, creator, made.slice(ROOMS, 2 * ROOMS));
    const second = memoryOf(server.pid);

    return [
      ...CALL_NAMES.flatMap(name => [
        finding(`${name}, p50 with ${FEW} sessions`, percentile(few[name], 0.5), 'ms'),
        finding(`${name}, p50 with ${MANY}`, percentile(many[name], 0.5), 'ms'),
        finding(`${name}, p99 with ${MANY}`, percentile(many[name], 0.99), 'ms'),
        finding(
          `${name}, times slower with ${MANY}`,
          percentile(many[name], 0.5) / percentile(few[name], 0.5),
          'x',
          SLOWER,
        ),
      ]),
      finding('memory of a fresh server on an empty database', empty.memory, 'MiB'),
      finding(`memory of a fresh server on ${MANY} sessions`, full, 'MiB'),
      finding(`CPU of an idle server on ${MANY} sessions`, idle, 'ms/s'),
      finding(`memory after ${ROOMS} rooms came and went`, first, 'MiB'),
      finding(`memory after ${ROOMS} further ones`, second, 'MiB'),
      finding('memory that an unloaded room leaves', ((second - first) * 1024) / ROOMS, 'KiB'),
    ];
  } finally {
    await server.stop();
  }
}

async function timeCalls(url: string, creator: Person, made: readonly Session[]) {
  const times = {
    create: new Float64Array(CALLS),
    join: new Float64Array(CALLS),
    open: new Float64Array(CALLS),
  };
  for (let i = 0; i < CALLS; i++) {
    const { id, invites } = made[Math.floor((i / CALLS) * made.length)]!;
    times.create[i] = await timed(() => creator.start({ template: 'blank' }));
    times.join[i] = await timed(() => new Person(url).join(invites.participant, `Person ${i}`));
    times.open[i] = await timed(() => open(url, creator, id));
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Ticket, socket, sync; then away. */
async function open(url: string, person: Person, id: string): Promise<void> {
  const client = stockClient(url, id, await person.ticket(id));
  await client.synced();
  client.destroy();
}

/** Resolves when the server has no room in memory any more. */
async function openAndLeave(url: string, person: Person, chosen: readonly Session[]): Promise<void> {
  await inParallel(chosen, ({ id }) => open(url, person, id));
  for (;;) {
    if ((await readMetrics(url)).get('strideboard_rooms') === 0) return;
    await sleep(500);
  }
}
