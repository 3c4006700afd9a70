/** What a client may cost, shown with real sockets: slow readers, floods, crowds, and sessions that grow too large. */
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { freshDatabase } from '#db/testing/databases.ts';
import { readMetrics } from '#infra/testing/metrics.ts';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { putEntry, root } from '#shared/document/document.ts';
import { frames, readMessages } from './frames.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let server: TestServer;
let person: Person;
let sessionId: string;
const clients: StockClient[] = [];
const sockets: WebSocket[] = [];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function start(env: Record<string, string> = {}): Promise<void> {
  server = await startTestServer({ DATABASE_URL: database.url, ...env });
  person = new Person(server.url);
  sessionId = (await person.start({ template: 'blank' })).id;
}
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
});

async function connect(): Promise<StockClient> {
  const client = stockClient(server.url, sessionId, await person.ticket(sessionId));
  clients.push(client);
  await client.synced();
  return client;
}

/** A client that can stop reading: it applies what it reads. */
async function reader(): Promise<{
  socket: WebSocket;
  doc: Y.Doc;
  frames: () => number;
  closed: Promise<number>;
}> {
  const ticket = await person.ticket(sessionId);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${sessionId}?ticket=${ticket}`);
  sockets.push(socket);
  const doc = new Y.Doc();
  let count = 0;
  socket.on('message', (data: Buffer) => {
    count++;
    for (const message of readMessages(new Uint8Array(data))) {
      if (message.type === 'update') Y.applyUpdate(doc, message.update);
      if (message.type === 'step1')
        socket.send(frames.step2(Y.encodeStateAsUpdate(doc, message.stateVector)));
    }
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  socket.send(frames.step1(Y.encodeStateVector(doc)));
  await vi.waitFor(() => expect(root(doc, 'board').size).toBeGreaterThan(0), { timeout: 5000 });
  return { socket, doc, frames: () => count, closed };
}

const metric = async (series: string) => (await readMetrics(server.url)).get(series);

/** Draws an element with a text of this many bytes. */
const draw = (client: StockClient, id: string, bytes: number) =>
  putEntry(root(client.doc, 'board'), id, {
    ...{ type: 'process', at: [0, 0], place: ['page:page', 'a1'], 'meta.description': 'x'.repeat(bytes) },
  });

describe('F2 a slow reader', () => {
  it('has no queue without bound, slows no one, and gets what it missed as one difference', async () => {
    await start();
    const [author, peer] = [await connect(), await connect()];
    const slow = await reader();
    slow.socket.pause();
    const before = slow.frames();
    let largest = 0;
    for (let i = 0; i < 60; i++) {
      // The same element again and again: 24 MB on the wire, 400 KB to know at the end.
      root(author.doc, 'board')
        .get('shape:big')
        ?.set('meta.description', `${i}`.repeat(100_000).slice(0, 400_000));
      if (i === 0) draw(author, 'shape:big', 400_000);
      await author.saved();
      largest = Math.max(largest, (await metric('strideboard_queue_bytes'))!);
    }
    await vi.waitFor(
      () => expect(root(peer.doc, 'board').toJSON()).toEqual(root(author.doc, 'board').toJSON()),
      { timeout: 10_000 },
    );
    expect(await metric('strideboard_slow_clients')).toBe(1);
    expect(largest).toBeLessThan(2_000_000);
    slow.socket.resume();
    await vi.waitFor(
      () => expect(root(slow.doc, 'board').toJSON()).toEqual(root(author.doc, 'board').toJSON()),
      {
        timeout: 10_000,
      },
    );
    // What the machine's own buffers held (some megabytes), then the difference: far less than the 60 changes.
    expect(slow.frames() - before).toBeLessThan(40);
    await vi.waitFor(async () => expect(await metric('strideboard_slow_clients')).toBe(0), { timeout: 5000 });
    draw(author, 'shape:after', 1);
    await vi.waitFor(() => expect(root(slow.doc, 'board').has('shape:after')).toBe(true), { timeout: 5000 });
  });

  it('is closed with 1013 once more waits for it than it may', async () => {
    await start({ MAX_QUEUE_BYTES: '100000' });
    const author = await connect();
    const slow = await reader();
    draw(author, 'shape:big', 900_000);
    await author.saved();
    slow.socket.pause();
    // It asks for everything again and again, and reads none of it.
    const ask = frames.step1(Y.encodeStateVector(new Y.Doc()));
    const asking = setInterval(() => slow.socket.send(ask), 10);
    await vi.waitFor(async () => expect(await metric('strideboard_refused_total{why="overload"}')).toBe(1), {
      timeout: 20_000,
    });
    clearInterval(asking);
    slow.socket.resume();
    expect(await slow.closed).toBe(1013);
  });
});

describe('F3 limits cost only who passes them', () => {
  it('too many messages: closed with 1013, and what it wrote before is there', async () => {
    await start({ MAX_MESSAGES_PER_SECOND: '10' });
    const [peer, flood] = [await connect(), await reader()];
    for (let i = 0; i < 200; i++) flood.socket.send(frames.saved(i));
    expect(await flood.closed).toBe(1013);
    draw(peer, 'shape:still', 1);
    await peer.saved();
  });

  it('too many connections in a session, or from an address: 1013, and room again when one leaves', async () => {
    for (const name of ['MAX_CONNECTIONS_PER_SESSION', 'MAX_CONNECTIONS_PER_ADDRESS']) {
      await start({ [name]: '2' });
      const [first] = [await connect(), await connect()];
      const ticket = await person.ticket(sessionId);
      const url = `${server.url.replace('http', 'ws')}/sync/${sessionId}?ticket=${ticket}`;
      const third = new WebSocket(url);
      expect((await once(third, 'close'))[0]).toBe(1013);
      first!.destroy();
      await vi.waitFor(async () => expect(await metric('strideboard_clients')).toBe(1), { timeout: 5000 });
      await connect();
      if (name !== 'MAX_CONNECTIONS_PER_ADDRESS') await server.close();
    }
  });

  it('a frame that is too large: 4413', async () => {
    await start({ MAX_FRAME_BYTES: '50000' });
    const large = await reader();
    large.socket.send(new Uint8Array(50_001));
    expect(await large.closed).toBe(4413);
  });

  it('a session that is full: 4414 for who adds, while deleting makes room', async () => {
    await start({ MAX_DOCUMENT_BYTES: '300000' });
    const author = await connect();
    draw(author, 'shape:one', 200_000);
    await author.saved();
    const full = await connect();
    draw(full, 'shape:two', 200_000);
    expect((await full.closed).code).toBe(4414);
    root(author.doc, 'board').delete('shape:one');
    await author.saved();
    expect(root((await connect()).doc, 'board').has('shape:one')).toBe(false);
  });
});
