/** What a PostgreSQL driver expects of a server, asked of PGlite in its thread. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshDirectory } from '../testing/directories.ts';
import { EmbeddedSocket } from './socket.ts';

// A start of the database takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;
let remove: () => Promise<void>;
let sql: Sql;
const sockets: EmbeddedSocket[] = [];

beforeAll(async () => {
  const fresh = await freshDirectory();
  remove = fresh.remove;
  directory = join(fresh.dataDir, 'pglite');
  const socket = () => {
    const opened = new EmbeddedSocket(directory);
    sockets.push(opened);
    return opened;
  };
  sql = postgres({ max: 1, user: 'postgres', database: 'postgres', fetch_types: false, socket } as object);
  await sql`create table notes (id int primary key, body bytea)`;
});
afterAll(async () => {
  await sql.end();
  await remove();
});

test('a statement that is prepared once answers every time', async () => {
  for (const n of [1, 2, 3]) expect(await sql`select ${n}::int as n`).toMatchObject([{ n }]);
});

test('queries sent at once are each answered with their own, errors in between', async () => {
  const asked = Array.from({ length: 30 }, (_, n) =>
    n % 3 === 0 ? sql`select ${n}::int / 0` : sql`select ${n}::int as n`,
  );
  for (const [n, result] of (await Promise.allSettled(asked)).entries()) {
    if (n % 3 === 0) expect(result).toMatchObject({ reason: { code: '22012' } });
    else expect(result).toMatchObject({ value: [{ n }] });
  }
});

test.each([
  ['a syntax error', 'selec 1', '42601'],
  ['a missing column', 'select missing from notes where id = $1', '42703'],
])('after %s the connection answers on', async (_, text, code) => {
  await expect(sql.unsafe(text, text.includes('$1') ? [1] : [])).rejects.toMatchObject({ code });
  expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
});

test('an error inside a transaction undoes it', async () => {
  const failing = sql.begin(async tx => {
    await tx`insert into notes values (1, 'x')`;
    await tx`insert into notes values (1, 'again')`;
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(await sql`select * from notes where id = 1`).toEqual([]);
});

test('a savepoint undoes its part only', async () => {
  await sql.begin(async tx => {
    await tx`insert into notes values (2, 'kept')`;
    await tx.savepoint(inner => inner`insert into notes values (2, 'again')`).catch(() => {});
  });
  expect(await sql`select id from notes where id = 2`).toMatchObject([{ id: 2 }]);
});

test('a query outside waits until the transaction under way ends', async () => {
  const order: string[] = [];
  const inside = sql.begin(async tx => {
    await tx`select 1`;
    order.push('inside');
  });
  const outside = sql`select 1`.then(() => order.push('outside'));
  await Promise.all([inside, outside]);
  expect(order).toEqual(['inside', 'outside']);
});

test('5 MB go in and come out', async () => {
  const body = randomBytes(5_000_000);
  await sql`insert into notes values (3, ${body})`;
  const [row] = await sql`select body from notes where id = 3`;
  expect(Buffer.compare(row!.body, body)).toBe(0);
});

test('a thread that dies refuses what it was asked, and the next finds everything that was committed', async () => {
  await sql`insert into notes values (4, 'committed')`;
  const asked = sql`select pg_sleep(0.2)`;
  const refused = expect(asked).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  sockets.at(-1)!.destroy();
  await refused;
  expect(await sql`select id from notes where id = 4`).toMatchObject([{ id: 4 }]);
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk ends the thread instead of hanging it, and with space again it recovers',
  async () => {
    // The next segment of the log lies on a device that is always full.
    const [{ next }] = (await sql`
    select pg_walfile_name(pg_current_wal_lsn() + 16 * 1024 * 1024) as next`) as unknown as [
      { next: string },
    ];
    const segment = join(directory, 'pg_wal', next);
    await unlink(segment).catch(() => {});
    await symlink('/dev/full', segment);
    const fill = async () => {
      for (;;) await sql`update notes set body = ${randomBytes(1_000_000)} where id = 4`;
    };
    await expect(fill()).rejects.toThrow();
    await unlink(segment);
    // postgres.js refuses one query more, with the old error, when a connection ended on one.
    const found = await vi.waitFor(() => sql`select id from notes where id = 4`, { timeout: 20_000 });
    expect(found).toMatchObject([{ id: 4 }]);
  },
);

test('the log of what was written does not grow for ever', async () => {
  for (let i = 0; i < 40; i++) await sql`update notes set body = ${randomBytes(4_000_000)} where id = 4`;
  const [sizes] = await sql`
    select (select sum(size) from pg_ls_waldir())::int as log, pg_database_size('postgres')::int as database`;
  expect(sizes!.log).toBeLessThan(100_000_000);
  expect(sizes!.database).toBeLessThan(100_000_000);
});
