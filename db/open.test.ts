import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from './open.ts';
import { freshDatabase, openFresh } from './testing/databases.ts';
import { emptyDirectory } from './testing/directories.ts';
import { addSession } from './testing/fixtures.ts';

// The first start of the embedded database takes seconds, on a busy machine many.
vi.setConfig({ testTimeout: 60_000 });

let dataDir: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ dataDir, remove } = await emptyDirectory());
});
afterEach(() => remove());

test('without a url the embedded database opens in a directory that it makes, and keeps what is stored', async () => {
  const nested = join(dataDir, 'not/there/yet');
  const first = await openDatabase({ dataDir: nested });
  expect(first.kind).toBe('embedded');
  const id = await addSession(first);
  await first.close();

  const second = await openDatabase({ dataDir: nested });
  expect(await second.sessions.find(id)).toMatchObject({ id });
  await second.close();
});

test('with a url the data directory is not touched', async () => {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase({ url, dataDir });
  expect(database.kind).toBe('postgres');
  expect(await readdir(dataDir)).toEqual([]);
  await database.close();
  await drop();
});

test('a server that is not there is an error that says so', async () => {
  const url = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(openDatabase({ url, dataDir })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test.each(['embedded', 'postgres'] as const)(
  'closing %s answers everything that was asked before',
  async kind => {
    const { database, discard } = await openFresh(kind);
    const asked = Array.from({ length: 30 }, async (_, n) =>
      database.orm.execute(sql`select pg_sleep(0.01), ${n}::int as n`),
    );
    await discard();
    for (const [n, rows] of (await Promise.all(asked)).entries()) expect(rows).toMatchObject([{ n }]);
  },
);

test('an embedded database that does not start says why, and its directory is free again', async () => {
  await mkdir(join(dataDir, 'pglite'));
  await writeFile(join(dataDir, 'pglite/PG_VERSION'), '12');
  await expect(openDatabase({ dataDir })).rejects.toThrow(/pglite does not start:\n.*postgresql.conf/);
  expect((await readdir(dataDir)).filter(name => name.startsWith('database.lock'))).toEqual([]);
});

test('P7 a connection that is lost amid a transaction fails that transaction and nothing else, however often', async () => {
  const { database, discard } = await openFresh('postgres');
  const lost = () =>
    database.orm.transaction(async tx => {
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await database.orm.execute(sql`select pg_terminate_backend(${row!.pid})`);
      await tx.execute(sql`select ${1}::int`);
    });
  // More often than there are connections in the pool.
  for (let i = 0; i < 15; i++) await expect(lost()).rejects.toThrow();
  await database.orm.execute(sql`select 1`);
  await discard();
});
