/** Who may bring files at once, and what becomes of those that never arrive. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '#infra/testing/server.ts';
import { createPlaces } from './exchange/places.ts';

/** Behind a proxy: the tests say by its header where a file comes from. */
const BEHIND_PROXY = { PUBLIC_URL: 'http://threats.example.org' };
const FILE = JSON.stringify({ strideboard: 1, title: 'Pump', diagrams: [] });

let server: TestServer | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
  server = undefined;
});

const start = async (files: Parameters<typeof startTestServer>[1]) => {
  server = await startTestServer(BEHIND_PROXY, files);
};
const bring = async (from: string, body = FILE) => {
  const headers = { 'x-forwarded-for': from, 'content-type': 'text/plain' };
  const response = await fetch(`${server!.url}/api/sessions/import`, { method: 'POST', headers, body });
  return { status: response.status, code: (await response.json()).error?.code };
};
/** Waits for a place, at the price of a file that no session is made of. */
const place = (from: string) =>
  vi.waitFor(async () => expect((await bring(from, '?')).status).toBe(400), {
    timeout: 10_000,
    interval: 10,
  });

interface Stalled {
  socket: Socket;
  /** All that came back so far. */
  answer(): string;
}

/** Announces a body and, when the server has begun with it, sends a part of it, and then nothing. */
async function stall(from: string, announced = 'content-length: 100000'): Promise<Stalled> {
  const { hostname, port } = new URL(server!.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  let answer = '';
  socket.on('error', () => {});
  socket.on('data', data => {
    answer += data;
  });
  const head = ['POST /api/sessions/import HTTP/1.1', 'host: x', `x-forwarded-for: ${from}`, announced];
  socket.write(`${head.join('\r\n')}\r\nexpect: 100-continue\r\n\r\n`);
  await once(socket, 'data');
  socket.write(announced.startsWith('transfer') ? '5\r\nhello\r\n' : 'hello');
  return { socket, answer: () => answer };
}

describe('X3 files at once', () => {
  it('are three of one address, and somebody else’s beside them', async () => {
    await start({});
    const stalled = await Promise.all([stall('192.0.2.1'), stall('192.0.2.1'), stall('192.0.2.1')]);
    expect(await bring('192.0.2.1')).toEqual({ status: 429, code: 'too_many_requests' });
    expect(await bring('192.0.2.2')).toEqual({ status: 201 });
    for (const { socket } of stalled) socket.destroy();
    await place('192.0.2.1');
    expect(await bring('192.0.2.1')).toEqual({ status: 201 });
  });
  it('are so many of all, and then nobody’s', async () => {
    await start({ all: 2, each: 1 });
    await Promise.all([stall('192.0.2.1'), stall('192.0.2.2')]);
    expect(await bring('192.0.2.3')).toEqual({ status: 503, code: 'unavailable' });
  });
  it.each(['content-length: 100000', 'transfer-encoding: chunked'])(
    'give their places back when their senders go away, every time (%s)',
    async announced => {
      await start({ each: 1 });
      for (let i = 0; i < 20; i++) {
        const { socket } = await stall('192.0.2.1', announced);
        expect((await bring('192.0.2.1')).status).toBe(429);
        if (i % 2) socket.destroy();
        else socket.resetAndDestroy();
        await place('192.0.2.1');
      }
      expect(await bring('192.0.2.1')).toEqual({ status: 201 });
    },
  );
  it.each(['content-length: 100000', 'transfer-encoding: chunked'])(
    'give their places back when nothing more of them comes, and say so (%s)',
    async announced => {
      await start({ each: 1, patience: 300 });
      const { socket, answer } = await stall('192.0.2.1', announced);
      expect((await bring('192.0.2.1')).status).toBe(429);
      await once(socket, 'close');
      expect(answer()).toMatch(/HTTP\/1.1 400 .*The file did not arrive: nothing came for 0.3 s\./s);
      expect(await bring('192.0.2.1')).toEqual({ status: 201 });
    },
  );
  it('give their places back when they are too large', async () => {
    await start({ each: 1 });
    for (let i = 0; i < 5; i++) {
      const { socket, answer } = await stall('192.0.2.1', 'content-length: 100000000');
      if (!socket.closed) await once(socket, 'close');
      expect(answer()).toMatch(/HTTP\/1.1 413 /);
    }
    expect(await bring('192.0.2.1')).toEqual({ status: 201 });
  });
});

describe('places', () => {
  it('are given back once, however often it is said', () => {
    const places = createPlaces({ all: 2, each: 1 });
    const giveBack = places.take('a');
    places.take('b');
    giveBack();
    giveBack();
    places.take('c');
    expect(() => places.take('d')).toThrow('Too many files');
    expect(() => places.take('b')).toThrow('This address brings 1 files');
  });
});
