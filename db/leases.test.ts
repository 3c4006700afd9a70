import postgres from 'postgres';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from './open.ts';
import { freshDatabase } from './testing/databases.ts';

let server: Awaited<ReturnType<typeof freshDatabase>>;
let one: Database;
let two: Database;
beforeAll(async () => {
  server = await freshDatabase();
  [one, two] = (await Promise.all([1, 2].map(() => openDatabase({ url: server.url, dataDir: '' })))) as [
    Database,
    Database,
  ];
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await server.drop();
});

it('one process at a time holds a session’s lease, and another can have it afterwards', async () => {
  expect(await one.leases.acquire('s')).toBe(true);
  expect(await one.leases.acquire('s')).toBe(true);
  expect(await two.leases.acquire('s')).toBe(false);
  expect(await two.leases.acquire('t')).toBe(true);
  await one.leases.release('s');
  expect(await two.leases.acquire('s')).toBe(true);
});

it('who loses the connection is told and loses its leases, and can have them again', async () => {
  const [lost, lostToo] = [vi.fn(), vi.fn()];
  one.leases.onLost(lost);
  two.leases.onLost(lostToo);
  expect(await one.leases.acquire('u')).toBe(true);
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin`select pg_terminate_backend(l.pid) from pg_locks l where locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())`;
  await admin.end();
  // The other held one of the first test, and so loses its connection as well.
  for (const each of [lost, lostToo])
    await vi.waitFor(() => expect(each).toHaveBeenCalled(), { timeout: 5000, interval: 5 });
  expect(await two.leases.acquire('u')).toBe(true);
  expect(await one.leases.acquire('u')).toBe(false);
});
