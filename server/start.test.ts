import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freshDatabase } from '#db/testing/databases.ts';
import { type Directory, emptyDirectory, freshDirectory } from '#db/testing/directories.ts';
import { SERVER } from '#infra/scripts/prepare.mjs';
import { freePort } from '#infra/testing/ports.ts';
import { Person, spawnServer, startTestServer } from '#infra/testing/server.ts';
import { stockClient } from '#infra/testing/stock-client.ts';
import { root } from '#shared/document/document.ts';
import { readConfig } from './config.ts';
import { startServer } from './start.ts';

const after: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(after.map(remove => remove())));

function kept({ dataDir, remove }: Directory): string {
  after.push(remove);
  return dataDir;
}

/** Runs the server's process to its end. */
async function run(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const child = spawn(process.execPath, SERVER, {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

describe('a server that can’t start says why in one line', () => {
  it('a variable that can’t be used', async () => {
    expect(await run({ PORT: 'http' })).toEqual({
      code: 1,
      stderr: 'PORT must be a port number from 0 to 65535.\n',
    });
  });
  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await run({ PORT: String(port), DATA_DIR: kept(await freshDirectory()) });
    other.close();
    expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^Port ${port} is .+\\n$`))]);
  });
  it('a database that another server has open', async () => {
    const server = await startTestServer();
    const { code, stderr } = await run({ DATA_DIR: server.dataDir });
    await server.close();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^.+ is in use by process \d+ .+\n$/)]);
  });
});

it('answers probes while it starts, and is ready when it has started', async () => {
  const port = await freePort();
  const starting = startServer(
    readConfig({ PORT: String(port), DATA_DIR: kept(await emptyDirectory()), LOG_LEVEL: 'silent' }),
  );
  const person = new Person(`http://127.0.0.1:${port}`);
  expect((await person.fetch('/healthz')).status).toBe(200);
  expect((await person.fetch('/readyz')).status).toBe(503);
  expect(await (await person.fetch('/api/sessions')).json()).toMatchObject({
    error: { code: 'unavailable' },
  });
  const server = await starting;
  expect((await person.fetch('/readyz')).status).toBe(200);
  await server.close();
});

it.each([
  ['::1', /^http:\/\/\[::1\]:\d+$/],
  ['::', /^http:\/\/localhost:\d+$/],
])('listens on %s', async (HOST, url) => {
  const server = await startTestServer({ HOST });
  expect(server.url).toMatch(url);
  expect((await new Person(server.url).start()).id).toBeTruthy();
  await server.close();
});

it('stops although a client does not answer the closing of its socket', async () => {
  const server = await startTestServer();
  const person = new Person(server.url);
  const { id } = await person.start();
  const ticket = await person.ticket(id);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${id}?ticket=${ticket}`);
  await once(socket, 'message');
  socket.pause();
  const ended = once(socket, 'close');
  const before = performance.now();
  await server.close();
  expect(performance.now() - before).toBeLessThan(5_000);
  socket.resume();
  await ended;
});

describe('P4 a shutdown', () => {
  it('under load saves everything, closes everyone with 1012 and ends within 5 s', async () => {
    const env = { DATA_DIR: kept(await freshDirectory()) };
    let server = await spawnServer(env);
    const person = new Person(server.url);
    const { id } = await person.start();
    const ticket = await person.ticket(id);
    const clients = [1, 2, 3, 4, 5].map(() => stockClient(server.url, id, ticket));
    await Promise.all(clients.map(client => client.synced()));
    let writes = 0;
    const writing = setInterval(() => {
      writes++;
      for (const [n, { doc }] of clients.entries())
        root(doc, 'board').get('shape:app')!.set(`meta.n${n}`, writes);
    }, 2);
    const seenOf = (n: number) =>
      root(clients[(n + 1) % 5]!.doc, 'board')
        .get('shape:app')!
        .get(`meta.n${n}`) as number;
    await expect
      .poll(() => writes > 50 && clients.every((_, n) => seenOf(n) > 0), { timeout: 20_000 })
      .toBe(true);
    const codes = clients.map(
      ({ provider }) =>
        new Promise(resolve => provider.ws!.addEventListener('close', ({ code }) => resolve(code))),
    );
    const begun = performance.now();
    const stopped = server.stop();
    expect(await Promise.all(codes)).toEqual([1012, 1012, 1012, 1012, 1012]);
    clearInterval(writing);
    expect(await stopped).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    for (const client of clients) client.provider.destroy();

    server = await spawnServer(env);
    person.url = server.url;
    const fresh = stockClient(server.url, id, await person.ticket(id));
    await fresh.synced();
    // Everybody saw of the others only what was stored before.
    const stored = root(fresh.doc, 'board').get('shape:app')!;
    for (const [n, { doc }] of clients.entries()) {
      const seen = root(clients[(n + 1) % 5]!.doc, 'board')
        .get('shape:app')!
        .get(`meta.n${n}`) as number;
      expect(seen).toBeGreaterThan(0);
      expect(stored.get(`meta.n${n}`)).toBeGreaterThanOrEqual(seen);
      doc.destroy();
    }
    fresh.destroy();
    await server.stop();
  });

  it('is not ready from its first moment on, and waits for a database that is slow', async () => {
    const database = await freshDatabase();
    const server = await startTestServer({ DATABASE_URL: database.url });
    const person = new Person(server.url);
    const { id } = await person.start();
    const client = stockClient(server.url, id, await person.ticket(id));
    await client.synced();
    const other = postgres(database.url, { max: 1, onnotice: () => {} });
    let unlock = () => {};
    const locked = new Promise<void>(resolve => {
      void other.begin(async sql => {
        await sql`lock table document_updates in access exclusive mode`;
        resolve();
        await new Promise<void>(go => {
          unlock = go;
        });
      });
    });
    await locked;
    root(client.doc, 'board').get('shape:app')!.set('at', [5, 5]);
    const before = new Promise<void>(resolve => {
      client.provider.ws!.addEventListener('close', () => resolve());
    });
    const closing = server.close();
    await before;
    expect((await person.fetch('/readyz')).status).toBe(503);
    expect((await person.fetch('/healthz')).status).toBe(200);
    unlock();
    await closing;
    client.destroy();
    const [{ count }] = (await other`select count(*)::int as count from document_snapshots`) as unknown as [
      { count: number },
    ];
    expect(count).toBe(1);
    await other.end();
    await database.drop();
  });
});
