import * as decoding from 'lib0/decoding';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { freshDatabase } from '#db/testing/databases.ts';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { putEntry, readSuggestions, readThreats, root, SESSION_ENTRY } from '#shared/document/document.ts';
import { MAX_FRAME_BYTES, MESSAGE } from '#shared/document/protocol.ts';
import type { Role } from '#shared/document/roles.ts';
import { LETTERS } from '#shared/stride/letters.ts';

let server: TestServer;
let sessionId: string;
const people = {} as Record<Role, Person>;
const clients: StockClient[] = [];

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  server = await startTestServer({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await server.close();
  await database.drop();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

async function newSession(): Promise<void> {
  people.moderator = new Person(server.url);
  const { id, invites } = await people.moderator.start();
  sessionId = id;
  for (const role of ['participant', 'observer'] as const) {
    people[role] = new Person(server.url);
    await people[role].join(invites[role], role);
  }
}

async function connect(role: Role, doc?: Y.Doc): Promise<StockClient> {
  const client = stockClient(server.url, sessionId, await people[role].ticket(sessionId), doc);
  clients.push(client);
  await client.synced();
  return client;
}

const shape = (client: StockClient, id = 'shape:app') => root(client.doc, 'board').get(id)!;
const until = <T>(read: () => T, expected: T) =>
  vi.waitFor(() => expect(read()).toEqual(expected), { timeout: 5000, interval: 5 });
const authorOf = async (role: Role) => (await people[role].json(`/api/sessions/${sessionId}`)).me;

/** A raw socket, for what no honest client sends. */
async function raw(
  role: Role,
  headers = {},
): Promise<{ socket: WebSocket; closed: Promise<{ code: number; reason: string }> }> {
  const ticket = await people[role].ticket(sessionId);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${sessionId}?ticket=${ticket}`, {
    headers,
  });
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise(resolve => socket.once('open', resolve));
  return { socket, closed };
}

describe('stock y-websocket clients', () => {
  beforeAll(newSession);

  it('see the seeded document and each other’s edits', async () => {
    const [moderator, participant] = [await connect('moderator'), await connect('participant')];
    expect(shape(participant).get('props.name')).toBe('Phone app');
    shape(participant).set('props.name', 'Companion app');
    shape(moderator).set('at', [11, 12]);
    await until(
      () => [shape(moderator).get('props.name'), shape(participant).get('at')],
      ['Companion app', [11, 12]],
    );
  });

  it('P2 are told saved only for what the database has', async () => {
    const client = await connect('participant');
    shape(client).set('at', [21, 22]);
    await client.saved();
    const model = await people.observer.json(`/api/sessions/${sessionId}/model`);
    expect(model.elements.length).toBe(6);
    expect(shape(await connect('observer')).get('at')).toEqual([21, 22]);
  });

  it('P1 go on drawing in the instant they are back, before the server knows what they drew offline', async () => {
    const [away, here] = [await connect('participant'), await connect('moderator')];
    away.provider.disconnect();
    shape(away).set('props.name', 'Offline');
    away.provider.on('status', ({ status }) => {
      if (status === 'connected') shape(away).set('at', [71, 72]);
    });
    away.provider.connect();
    await until(() => [shape(here).get('props.name'), shape(here).get('at')], ['Offline', [71, 72]]);
    expect(away.provider.wsconnected).toBe(true);
  });

  it('bring what they edited while disconnected', async () => {
    const [away, here] = [await connect('participant'), await connect('moderator')];
    away.provider.disconnect();
    shape(away).set('props.name', 'Offline');
    shape(here).set('at', [31, 32]);
    away.provider.connect();
    await until(() => [shape(here).get('props.name'), shape(away).get('at')], ['Offline', [31, 32]]);
  });

  it('A1 A2 see who is there as the server knows them, and that they left', async () => {
    const [moderator, participant] = [await connect('moderator'), await connect('participant')];
    participant.provider.awareness.setLocalState({
      user: { name: 'Somebody else', role: 'moderator' },
      board: { cursor: null },
    });
    const seen = () => moderator.provider.awareness.getStates().get(participant.doc.clientID)?.user;
    await vi.waitFor(() => expect(seen()).toMatchObject({ name: 'participant', role: 'participant' }), {
      timeout: 5000,
    });
    participant.provider.disconnect();
    await until(seen, undefined);
    participant.provider.connect();
    await vi.waitFor(() => expect(seen()).toMatchObject({ name: 'participant' }), { timeout: 5000 });
  });
});

describe('C3 the suggestion pass', () => {
  beforeAll(newSession);

  it('suggests on a flow as soon as it crosses a boundary, and withdraws when it no longer does', async () => {
    const client = await connect('participant');
    const on = (target: string) =>
      readSuggestions(client.doc).filter(suggestion => suggestion.target === target).length;
    await until(() => on('shape:f-stored'), 0);
    shape(client, 'shape:web').set('at', [60, 2000]);
    await until(() => on('shape:f-stored'), 3);
    shape(client, 'shape:web').set('at', [60, 520]);
    await until(() => on('shape:f-stored'), 0);
  });

  it('keeps a judged suggestion, marked stale, when its cause goes away', async () => {
    const moderator = await connect('moderator');
    const id = 'BLE-03/shape:f-bluetooth';
    const by = await authorOf('moderator');
    putEntry(root(moderator.doc, 'triage'), id, {
      verdict: 'dismissed',
      reason: 'short range',
      by,
      at: Date.now(),
    });
    root(moderator.doc, 'board').delete('shape:f-bluetooth');
    await until(() => readSuggestions(moderator.doc).find(suggestion => suggestion.id === id)?.stale, true);
    expect(
      readSuggestions(moderator.doc).some(suggestion => suggestion.id === 'BLE-02/shape:f-bluetooth'),
    ).toBe(false);
  });
});

describe('a moderator', () => {
  beforeAll(newSession);

  it('renames the session for everyone, in the list too', async () => {
    const [moderator, observer] = [await connect('moderator'), await connect('observer')];
    root(moderator.doc, 'session').get(SESSION_ENTRY)!.set('title', 'Renamed');
    await until(() => root(observer.doc, 'session').get(SESSION_ENTRY)!.get('title'), 'Renamed');
    const titles = async () =>
      (await people.observer.json('/api/sessions')).map(({ title }: { title: string }) => title);
    await vi.waitFor(async () => expect(await titles()).toEqual(['Renamed']), { timeout: 10_000 });
  });
});

describe('threats', () => {
  beforeAll(newSession);

  it('are numbered by the server in order of arrival, and no number is given twice', async () => {
    const client = await connect('participant');
    const by = await authorOf('participant');
    const add = (id: string) =>
      putEntry(root(client.doc, 'threats'), id, {
        ...{
          title: id,
          description: '',
          stride: ['S'],
          target: 'shape:f-bluetooth',
          status: 'proposed',
          by,
          at: Date.now(),
        },
      });
    add('first');
    await until(() => readThreats(client.doc).map(({ number }) => number), [1]);
    root(client.doc, 'threats').delete('first');
    add('second');
    await until(() => readThreats(client.doc).map(({ number }) => number), [2]);
    await client.saved();
    const [row] = (await people.observer.json(`/api/sessions/${sessionId}/matrix`)).filter(
      ({ flow }: { flow: string }) => flow === 'shape:f-bluetooth',
    );
    expect(row.cells).toEqual({ ...Object.fromEntries(LETTERS.map(letter => [letter, []])), S: ['second'] });
  });
});

describe('E1 E5 who breaks a rule is closed with a reason, and nobody else notices', () => {
  beforeAll(newSession);

  const FRAMES: [string, () => Uint8Array | string, number][] = [
    ['a frame that is not the protocol', () => new Uint8Array([99, 1, 2]), 4400],
    ['a text frame', () => 'hello', 4400],
    ['a truncated update', () => new Uint8Array([MESSAGE.sync, 2, 200, 1, 1]), 4400],
    [
      'an update of seven hostile bytes',
      () => new Uint8Array([MESSAGE.sync, 2, 7, 1, 255, 255, 255, 127, 1, 0]),
      4400,
    ],
    ['a state vector of garbage', () => new Uint8Array([MESSAGE.sync, 0, 3, 255, 255, 255]), 4400],
    ['presence that is no JSON', () => new Uint8Array([MESSAGE.awareness, 5, 1, 1, 1, 1, 123]), 4400],
    ['an oversized frame', () => new Uint8Array(MAX_FRAME_BYTES + 1), 4413],
  ];
  it.each(FRAMES)('%s', async (_, frame, code) => {
    const bystander = await connect('moderator');
    const { socket, closed } = await raw('participant');
    socket.send(frame());
    expect((await closed).code).toBe(code);
    shape(bystander).set('at', [41, 42]);
    await bystander.saved();
    expect(bystander.provider.wsconnected).toBe(true);
  });

  it('G2 an update outside the role’s rights', async () => {
    const [observer, moderator] = [await connect('observer'), await connect('moderator')];
    const before = shape(moderator).get('at');
    shape(observer).set('at', [666, 666]);
    expect(await observer.closed).toEqual({ code: 4409, reason: 'observers do not change the session' });
    root(moderator.doc, 'session').get(SESSION_ENTRY)!.set('scope', 'still here');
    await moderator.saved();
    expect(shape(await connect('participant')).get('at')).toEqual(before);
  });

  it('an unknown session, a stranger, a forged ticket', async () => {
    const stranger = new Person(server.url);
    const own = await stranger.start();
    const ticket = await stranger.ticket(own.id);
    for (const [id, pass, code] of [
      ['nowhere', ticket, 4401],
      [sessionId, ticket, 4401],
      [sessionId, 'forged', 4401],
    ] as const) {
      const client = stockClient(server.url, id, pass);
      clients.push(client);
      expect((await client.closed).code).toBe(code);
    }
  });

  it('E4 a foreign Origin', async () => {
    const { closed } = await raw('participant', { origin: 'https://evil.example' });
    expect(await closed).toEqual({ code: 4403, reason: 'foreign origin' });
  });

  it('a client that asks for nothing is sent no message of ours', async () => {
    const { socket } = await raw('participant');
    const types = new Set<number>();
    socket.on('message', (data: Buffer) =>
      types.add(decoding.readVarUint(decoding.createDecoder(new Uint8Array(data)))),
    );
    const client = await connect('moderator');
    shape(client).set('at', [51, 52]);
    await client.saved();
    await vi.waitFor(() => expect(types.has(MESSAGE.sync)).toBe(true), { timeout: 10_000 });
    expect(types.has(MESSAGE.saved)).toBe(false);
    socket.terminate();
  });
});
