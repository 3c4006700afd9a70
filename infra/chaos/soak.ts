/**
 * npm run soak -- --minutes 10 --rooms 50: people join and leave at random and draw; at the end all leave. Then rooms and people must be
 * gone from the server, and its memory back at the base: what it took after a first, short crowd had come and gone.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as prng from 'lib0/prng';
import { createPostgres } from '#infra/testing/postgres-process.ts';
import { type ServerProcess, spawnServer } from '#infra/testing/server.ts';
import { drawSoak } from './soak-chart.ts';
import { Crowd } from './soak-crowd.ts';
import { createMeter, describeSample, type Sample } from './soak-meter.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rooms: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
/** The first crowd stays this long, in ms: enough for all code to have run, and for the allocator to have its fill. */
const WARM_UP = 30_000;
const REPORT_EVERY = 30_000;
/** What memory may end above the base: statements prepared, caches filled, pages that the allocator keeps. */
const TOLERANCE = { heap: 1.2, rss: 1.3 };
/** Longest wait for rooms to unload and memory to come back, in ms; a room stays for 30 s after its last person. */
const UNLOAD_TIMEOUT = 180_000;

const print = (line: string) => process.stdout.write(`${line}\n`);
// Every stock client listens for the end of this process.
process.setMaxListeners(0);

const dataDir = await mkdtemp(join(tmpdir(), 'strideboard-soak-'));
const postgres = await createPostgres();
let server: ServerProcess | undefined;
try {
  await postgres.start();
  const env = { DATA_DIR: dataDir, DATABASE_URL: postgres.url, MAX_CONNECTIONS_PER_ADDRESS: '10000' };
  server = await spawnServer(env, ['--inspect=127.0.0.1:0']);
  await soak(server);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await server?.kill();
  await postgres.remove();
  await rm(dataDir, { recursive: true, force: true });
}

async function soak(server: ServerProcess): Promise<void> {
  const meter = await createMeter(server);
  const crowd = new Crowd(prng.create(Number(values.seed)), server.url);
  await crowd.openRooms(Number(values.rooms));

  await live(crowd, meter.sample, WARM_UP);
  crowd.leave();
  const base = await emptied(meter.sample, () => true);
  print(`base: ${describeSample(base)}`);

  await live(crowd, meter.sample, Number(values.minutes) * 60_000);
  print(`all leave after ${crowd.joins} joins and ${crowd.changes} changes`);
  crowd.leave();
  const isBack = ({ heap, rss }: Sample) =>
    heap <= base.heap * TOLERANCE.heap && rss <= base.rss * TOLERANCE.rss;
  const end = await emptied(meter.sample, isBack);
  print(`end:  ${describeSample(end)}`);

  const { samples } = meter;
  const { joins, changes } = crowd;
  const result = { minutes: Number(values.minutes), rooms: Number(values.rooms), joins, changes };
  const file = (name: string) => join(import.meta.dirname, name);
  const record = { ...result, base, end, back: isBack(end), samples };
  await writeFile(file('soak.json'), `${JSON.stringify(record, null, 2)}\n`);
  await writeFile(file('soak.svg'), drawSoak(samples));
  if (!isBack(end)) throw new Error('memory did not come back to its base');
}

/** Lets people come, go and draw, and prints how it goes. */
async function live(crowd: Crowd, sample: () => Promise<Sample>, ms: number): Promise<void> {
  const end = performance.now() + ms;
  let nextReport = performance.now();
  while (performance.now() < end) {
    crowd.tick();
    if (performance.now() >= nextReport) {
      print(describeSample(await sample()));
      nextReport += REPORT_EVERY;
    }
    await delay(crowd.pace);
  }
}

/** Waits until nobody is there and `done` holds, or it is too late for that. */
async function emptied(sample: () => Promise<Sample>, done: (sample: Sample) => boolean): Promise<Sample> {
  const deadline = performance.now() + UNLOAD_TIMEOUT;
  for (;;) {
    const now = await sample();
    const empty = now.rooms === 0 && now.clients === 0;
    if (empty && done(now)) return now;
    if (performance.now() > deadline) {
      if (empty) return now;
      throw new Error(`not everything was unloaded: ${describeSample(now)}`);
    }
    await delay(2_000);
  }
}
