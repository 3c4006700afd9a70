import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryInUseError } from '../errors.ts';
import { emptyDirectory } from '../testing/directories.ts';
import { lockDirectory } from './lock.ts';

let dataDir: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ dataDir, remove } = await emptyDirectory());
});
afterEach(() => remove());

/** Leaves what another process would have left; returns the path. */
async function leave(change: (own: object) => string): Promise<string> {
  const release = await lockDirectory(dataDir);
  const [name] = await readdir(dataDir);
  const path = join(dataDir, name!);
  const own = JSON.parse(await readFile(path, 'utf8'));
  await release();
  await writeFile(path, change(own));
  return path;
}

test('a directory that is held refuses the next and names the holder', async () => {
  const release = await lockDirectory(dataDir);
  const refused = lockDirectory(dataDir);
  await expect(refused).rejects.toThrow(DirectoryInUseError);
  await expect(refused).rejects.toMatchObject({ directory: dataDir, pid: process.pid });
  await expect(refused).rejects.toThrow(`${dataDir} is in use by process ${process.pid}`);
  await release();
  await (await lockDirectory(dataDir))();
});

test('nothing of the lock is left after its release', async () => {
  await (await lockDirectory(dataDir))();
  expect(await readdir(dataDir)).toEqual([]);
});

test('of many that find a stale lock at once, never two get the directory', async () => {
  await leave(own => JSON.stringify({ ...own, startedAt: 'long ago' }));
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(dataDir)));
  const refusals = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
  expect(refusals.length).toBeGreaterThanOrEqual(19);
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(DirectoryInUseError);
});

test.each([
  ['a process that is gone', (own: object) => JSON.stringify({ ...own, pid: 2 ** 22 + 1 })],
  ['an earlier process of the same pid', (own: object) => JSON.stringify({ ...own, startedAt: 'long ago' })],
  ['a process that a power failure ended', () => ''],
])('what %s left does not count', async (_, change) => {
  const path = await leave(change);
  const release = await lockDirectory(dataDir);
  expect(await readdir(dataDir)).not.toContain(basename(path));
  await release();
});

test('a holder on another host counts while it touches its note, and no longer', async () => {
  const path = await leave(own => JSON.stringify({ ...own, host: 'elsewhere' }));
  await expect(lockDirectory(dataDir)).rejects.toThrow('elsewhere');
  const aMinuteAgo = new Date(Date.now() - 60_000);
  await utimes(path, aMinuteAgo, aMinuteAgo);
  await (await lockDirectory(dataDir))();
});
