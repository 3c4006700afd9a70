/** Two nodes that share sessions over one PostgreSQL and one Redis. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cluster, startCluster } from '#infra/testing/cluster.ts';
import { readMetrics } from '#infra/testing/metrics.ts';
import { Person, startTestServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { putEntry, readMinutes, readSuggestions, readThreats, root } from '#shared/document/document.ts';

let cluster: Cluster;
const clients: StockClient[] = [];
let moderator: Person;
let participant: Person;
let sessionId: string;
let invites: Record<string, string>;

beforeAll(async () => {
  cluster = await startCluster(2);
});
afterAll(() => cluster?.close());
beforeEach(async () => {
  moderator = new Person(cluster.urls[0]!);
  const session = await moderator.start();
  [sessionId, invites] = [session.id, session.invites];
  participant = new Person(cluster.urls[1]!);
  await participant.join(session.invites.participant, 'Pat');
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

async function connect(node: 0 | 1, person: Person, doc?: StockClient['doc']): Promise<StockClient> {
  const client = stockClient(cluster.urls[node]!, sessionId, await person.ticket(sessionId), doc);
  clients.push(client);
  await client.synced();
  return client;
}
const shape = (client: StockClient, id = 'shape:app') => root(client.doc, 'board').get(id)!;
const until = <T>(read: () => T, expected: T, timeout = 5000) =>
  vi.waitFor(() => expect(read()).toEqual(expected), { timeout, interval: 5 });
const hear = (value: number) =>
  vi.waitFor(
    async () => {
      for (const url of cluster.urls)
        expect((await readMetrics(url)).get('strideboard_nodes_connected')).toBe(value);
    },
    { timeout: 10_000, interval: 50 },
  );

describe('N1 any node serves any session', () => {
  it('and people on two nodes see each other’s edits and each other', async () => {
    const [mo, pat] = [await connect(0, moderator), await connect(1, participant)];
    shape(mo).set('at', [1, 2]);
    shape(pat).set('props.name', 'Ours');
    await until(() => [shape(mo).get('props.name'), shape(pat).get('at')], ['Ours', [1, 2]]);
    pat.provider.awareness.setLocalState({ board: { cursor: [1, 1] } });
    const seen = () => mo.provider.awareness.getStates().get(pat.doc.clientID)?.user?.name;
    await until(seen, 'Pat');
    const late = await connect(0, moderator);
    await until(() => late.provider.awareness.getStates().get(pat.doc.clientID)?.user?.name, 'Pat');
    pat.provider.disconnect();
    await until(seen, undefined);
  });

  it('and who changes nodes takes their edits along, with what they saw of others', async () => {
    const [mo, pat] = [await connect(0, moderator), await connect(0, participant)];
    for (let i = 0; i < 30; i++) {
      shape(mo).set('at', [i, i]);
      shape(pat).set('props.name', `Round ${i}`);
      await until(() => shape(pat).get('at'), [i, i]);
    }
    pat.provider.destroy();
    const moved = await connect(1, participant, pat.doc);
    shape(moved).set('props.name', 'Moved');
    await until(() => shape(mo).get('props.name'), 'Moved');
    expect(moved.provider.wsconnected).toBe(true);
  });

  it('and both nodes write at once without losing an update', async () => {
    const [mo, pat] = [await connect(0, moderator), await connect(1, participant)];
    for (let i = 0; i < 100; i++) {
      putEntry(root(mo.doc, 'board'), `shape:m${i}`, {
        type: 'process',
        at: [i, 0],
        place: ['page:page', 'a1'],
      });
      putEntry(root(pat.doc, 'board'), `shape:p${i}`, {
        type: 'process',
        at: [i, 9],
        place: ['page:page', 'a1'],
      });
      if (i % 10 === 0) await Promise.all([mo.saved(), pat.saved()]);
    }
    await Promise.all([mo.saved(), pat.saved()]);
    const ids = (client: StockClient) =>
      [...root(client.doc, 'board').keys()].filter(id => /^shape:[mp]\d/.test(id)).sort();
    await until(() => [ids(mo).length, ids(pat).length], [200, 200]);
    expect(ids(await connect(1, moderator))).toEqual(ids(mo));
  });
});

describe('N2 one node at a time works on a session', () => {
  it('gives each threat one number, whichever node it comes from, and the other goes on when the node is gone', async () => {
    const third = await startTestServer(cluster.env);
    const keeper = stockClient(third.url, sessionId, await moderator.ticket(sessionId));
    await keeper.synced();
    const [mo, pat] = [await connect(0, moderator), await connect(1, participant)];
    const me = async (person: Person) => (await person.json(`/api/sessions/${sessionId}`)).me;
    const authors = [await me(moderator), await me(participant)];
    const add = (client: StockClient, id: string, by: object) =>
      putEntry(root(client.doc, 'threats'), id, {
        ...{ title: id, description: '', stride: ['S'], target: 'shape:app', status: 'proposed', at: 1 },
        by: by as never,
      });
    for (let i = 0; i < 10; i++) {
      add(mo, `m${i}`, authors[0]);
      add(pat, `p${i}`, authors[1]);
    }
    const numbers = () =>
      readThreats(mo.doc)
        .map(({ number }) => number ?? 0)
        .sort((a, b) => a - b);
    await until(
      numbers,
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    keeper.destroy();
    await third.close();
    add(pat, 'last', authors[1]);
    await until(() => numbers().at(-1), 21);
    const before = readSuggestions(mo.doc).length;
    root(mo.doc, 'board').delete('shape:f-upload');
    await vi.waitFor(() => expect(readSuggestions(pat.doc).length).toBeLessThan(before), { timeout: 5000 });
  });
});

describe('M7 M8 the minutes of a session on two nodes', () => {
  it('hold every decision and every person once, by name, whichever node they are on', async () => {
    const [mo, pat] = [await connect(0, moderator), await connect(1, participant)];
    pat.provider.awareness.setLocalState({ board: {} });
    await participant.join(invites.moderator!, 'Pat');
    const role = () => mo.provider.awareness.getStates().get(pat.doc.clientID)?.user?.role;
    await until(role, 'moderator');
    await moderator.json(`/api/sessions/${sessionId}/meeting`, { body: { do: 'start', phase: 'decide' } });
    for (const id of ['one', 'two']) {
      await moderator.json(`/api/sessions/${sessionId}/threats`, { body: { title: id } });
    }
    await until(() => readThreats(pat.doc).length, 2);
    const [one, two] = readThreats(pat.doc).map(({ id }) => id) as [string, string];
    root(mo.doc, 'threats').get(one)!.set('status', 'mitigated');
    root(pat.doc, 'threats').get(two)!.set('status', 'accepted');
    const told = () =>
      readMinutes(mo.doc)
        .map(({ what, by }) => `${what} ${by?.name}`)
        .sort();
    await until(told, [
      ...['came Mo', 'came Pat', 'meeting-started Mo', 'phase-started Mo'],
      ...['threat-decided Mo', 'threat-decided Pat'],
    ]);
  });
});

describe('N3 with Redis gone', () => {
  it('people go on, their changes are saved and reach the other node, and all is well when it returns', async () => {
    const [mo, pat] = [await connect(0, moderator), await connect(1, participant)];
    await cluster.redis!.kill();
    await hear(0);
    shape(mo).set('at', [77, 77]);
    await mo.saved();
    await until(() => shape(pat).get('at'), [77, 77]);
    shape(pat).set('props.name', 'Without');
    await pat.saved();
    await until(() => shape(mo).get('props.name'), 'Without');
    await cluster.redis!.start();
    await hear(1);
    shape(mo).set('at', [78, 78]);
    await until(() => shape(pat).get('at'), [78, 78]);
  });
});

describe('G7 a role that changes', () => {
  it('takes effect on live connections, on every node', async () => {
    const pat = await connect(1, participant);
    pat.provider.awareness.setLocalState({ board: {} });
    const mo = await connect(0, moderator);
    const role = () => mo.provider.awareness.getStates().get(pat.doc.clientID)?.user?.role;
    await until(role, 'participant');
    participant.url = cluster.urls[0]!;
    await participant.join(invites.moderator!, 'Pat');
    await until(role, 'moderator');
    root(pat.doc, 'session').get('session')!.set('title', 'By Pat');
    await until(() => root(mo.doc, 'session').get('session')!.get('title'), 'By Pat');
  });
});
