import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Person, startTestServer } from '#infra/testing/server.ts';
import { readConfig } from './config.ts';
import { startServer } from './start.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map(folder => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'strideboard-start-'));
  folders.push(folder);
  return folder;
}

/** Runs the server's process to its end. */
async function run(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
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
    const { code, stderr } = await run({ PORT: String(port), DATA_DIR: await newFolder() });
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
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  const starting = startServer(
    readConfig({ PORT: String(port), DATA_DIR: await newFolder(), LOG_LEVEL: 'silent' }),
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
