/** `kill -9`, at any time. The process under test is db/testing/appender.ts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DirectoryInUseError } from '../errors.ts';
import { type Database, openDatabase } from '../open.ts';
import { freshDirectory } from '../testing/directories.ts';
import { addSession } from '../testing/fixtures.ts';
import { stateOf, updateOf } from '../testing/numbered.ts';

const ROUNDS = 3;
// Each test starts the database several times, which takes seconds each on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let dataDir: string;
let remove: () => Promise<void>;
let child: ChildProcess | undefined;
beforeEach(async () => {
  ({ dataDir, remove } = await freshDirectory());
});
afterEach(async () => {
  await kill();
  await remove();
});

function start(): ChildProcess {
  const script = fileURLToPath(new URL('../testing/appender.ts', import.meta.url));
  child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ dataDir });
  return work(database).finally(() => database.close());
}

test('every update that was acknowledged is there after kill -9, round after round', async () => {
  await withDatabase(database => addSession(database, { id: 'log', firstUpdate: updateOf(1) }));
  for (let round = 1; round <= ROUNDS; round++) {
    let acknowledged = 0;
    let received = 0;
    // A number that differs in every run, so that the kill meets every phase of a commit and of a snapshot.
    const enough = 100 + Math.random() * 100;
    for await (const line of createInterface({ input: start().stdout! })) {
      acknowledged = Number(line);
      if (++received > enough) child!.kill('SIGKILL');
    }
    const stored = await withDatabase(database => database.documents.load('log'));

    expect(stored!.seq).toBeGreaterThanOrEqual(acknowledged);
    expect(stored!.snapshotSeq + stored!.updates.length).toBe(stored!.seq);
    for (const [i, update] of stored!.updates.entries()) {
      expect(Buffer.compare(update, updateOf(stored!.snapshotSeq + 1 + i))).toBe(0);
    }
    expect(Buffer.compare(stored!.snapshot!, stateOf(stored!.snapshotSeq))).toBe(0);
  }
});

test('a directory is refused while another process has it, and given once that is killed', async () => {
  await withDatabase(database => addSession(database, { id: 'log' }));
  const { pid, stdout } = start();
  await once(stdout!, 'data');
  const refused = openDatabase({ dataDir });
  await expect(refused).rejects.toThrow(DirectoryInUseError);
  await expect(refused).rejects.toMatchObject({ pid, directory: dataDir });
  await kill();
  await withDatabase(async database => expect(await database.sessions.find('log')).not.toBeNull());
});

test('a first start that was killed half-way is made anew', async () => {
  await rm(join(dataDir, 'pglite'), { recursive: true, force: true });
  start();
  await vi.waitUntil(() => existsSync(join(dataDir, 'pglite.new/PG_VERSION')), {
    timeout: 60_000,
    interval: 1,
  });
  await kill();
  expect(existsSync(join(dataDir, 'pglite'))).toBe(false);
  await withDatabase(database => addSession(database));
  expect(existsSync(join(dataDir, 'pglite.new'))).toBe(false);
});
