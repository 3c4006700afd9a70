/** What a client may try in private rounds, votes and rights, whatever it sends; two nodes on one PostgreSQL. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { type Cluster, startCluster } from '#infra/testing/cluster.ts';
import { Person } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import type { Json } from '#shared/document/board.ts';
import {
  type EntryMap,
  putEntry,
  readMinutes,
  readSession,
  readThreats,
  readVotes,
  root,
  SESSION_ENTRY,
} from '#shared/document/document.ts';
import { CLOSE } from '#shared/document/protocol.ts';
import type { Role } from '#shared/document/roles.ts';

let cluster: Cluster;
const clients: StockClient[] = [];

beforeAll(async () => {
  cluster = await startCluster(2);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => cluster.close());

interface Somebody {
  person: Person;
  id: string;
  name: string;
  /** Everything that reached them over their sockets so far, as text. */
  heard(): string;
  client: StockClient;
  api(
    path: string,
    init?: Parameters<Person['fetch']>[1],
  ): Promise<{ status: number; body: Record<string, Json> }>;
}

async function session(...roles: Role[]) {
  const moderator = new Person(cluster.urls[0]!);
  const { id, invites } = await moderator.start({ name: 'Mona' });
  const enter = async (person: Person, name: string): Promise<Somebody> => {
    const client = stockClient(person.url, id, await person.ticket(id));
    clients.push(client);
    const bytes: Buffer[] = [];
    client.provider.ws!.addEventListener(
      'message',
      ({ data }) => void bytes.push(Buffer.from(data as ArrayBuffer)),
    );
    await client.synced();
    const { me } = await person.json(`/api/sessions/${id}`);
    return {
      ...{ person, client, name },
      id: me.id,
      heard: () => Buffer.concat(bytes).toString('latin1'),
      async api(path, init) {
        const response = await person.fetch(`/api/sessions/${id}${path}`, init);
        const text = await response.text();
        return { status: response.status, body: text ? JSON.parse(text) : {} };
      },
    };
  };
  const people: Somebody[] = [];
  for (const [i, role] of roles.entries()) {
    // Everybody but the moderator is on the other node.
    const person = new Person(cluster.urls[1]!);
    await person.join(invites[role], `${role} ${i}`);
    people.push(await enter(person, `${role} ${i}`));
  }
  return { id, invites, mona: await enter(moderator, 'Mona'), people, enter };
}

const put = (body: unknown) => ({ method: 'PUT', body });
const SECRET = 'Pacemaker drained by pairing floods';
const draft = (title: string) => put({ title, stride: ['D'], target: 'shape:f-bluetooth' });
const info = ({ client }: Somebody) => readSession(client.doc);
const threatsOf = ({ client }: Somebody) => readThreats(client.doc);

describe('a private round', () => {
  it('sends nobody what others write, only how much, until it is revealed to all', async () => {
    const { mona, people } = await session('participant', 'participant', 'observer');
    const [ben, cleo, olu] = people as [Somebody, Somebody, Somebody];
    expect((await mona.api('/round', { body: { minutes: 5 } })).status).toBe(201);
    await expect.poll(() => info(ben).round).not.toBeNull();
    expect((await ben.api('/round/drafts/draft-of-ben', draft(SECRET))).status).toBe(200);
    expect((await cleo.api('/round/drafts/draft-of-cleo', draft('Cleo’s own'))).status).toBe(200);
    await expect.poll(() => info(mona).round).toMatchObject({ drafts: 2, people: 2 });
    // Nor do they get it where everything else is read from.
    for (const who of [mona, cleo, olu]) {
      expect(who.heard()).not.toContain('Pacemaker');
      for (const path of ['/threats', '/round/drafts', '/export/json', '/suggestions', '/matrix']) {
        const answer = await who.person.fetch(`/api/sessions/${(await mona.api('')).body.id}${path}`);
        expect(await answer.text()).not.toContain('Pacemaker');
      }
    }
    expect((await ben.api('/round/drafts')).body).toMatchObject([{ title: SECRET }]);
    expect((await mona.api('/round/reveal', { body: { named: true } })).body).toEqual({ threats: 2 });
    for (const who of [mona, ben, cleo, olu]) {
      await expect
        .poll(() => threatsOf(who).map(({ number, by }) => [number, by.name]))
        .toEqual([
          [1, 'participant 0'],
          [2, 'participant 1'],
        ]);
    }
    expect(threatsOf(cleo)[0]).toMatchObject({ title: SECRET, status: 'proposed', number: 1, stride: ['D'] });
    // It is Ben's as if he had proposed it openly.
    root(ben.client.doc, 'threats').get(threatsOf(ben)[0]!.id)!.set('title', 'Changed by Ben');
    await ben.client.saved();
    await expect.poll(() => threatsOf(mona)[0]!.title).toBe('Changed by Ben');
  });

  it('takes the same ids in every round, letters once, and text that was cut within a sign', async () => {
    const { mona, people } = await session('participant');
    const [ben] = people as [Somebody];
    for (const title of ['First', 'Second, cut \ud83d']) {
      await mona.api('/round', { body: { minutes: 5 } });
      await expect.poll(() => info(ben).round).not.toBeNull();
      expect((await ben.api('/round/drafts/draft-0001', draft(title))).status).toBe(200);
      const twice = put({ title, stride: ['D', 'D'] });
      expect((await ben.api('/round/drafts/draft-0002', twice)).status).toBe(400);
      expect((await mona.api('/round/reveal', { body: { named: true } })).body).toEqual({ threats: 1 });
      await expect.poll(() => info(ben).round).toBeNull();
    }
    await expect
      .poll(() => threatsOf(ben).map(({ title }) => title))
      .toEqual(['First', 'Second, cut \ufffd']);
  });

  it('revealed without names, tells nobody who wrote what, in the document and in the store', async () => {
    const { mona, people } = await session('participant', 'participant');
    await mona.api('/round', { body: { minutes: 5 } });
    for (const [i, who] of people.entries())
      await who.api(`/round/drafts/anonymous-${i}`, draft(`From ${i}`));
    await mona.api('/round/reveal', { body: { named: false } });
    await expect.poll(() => threatsOf(mona)).toHaveLength(2);
    const [ben] = people as [Somebody];
    for (const threat of threatsOf(mona)) expect(threat.by).toEqual({ id: 'anonymous', name: 'Anonymous' });
    expect(JSON.stringify(readMinutes(mona.client.doc))).not.toContain(ben.id);
    expect((await ben.api('/round/drafts')).status).toBe(409);
  });

  it('takes nothing from observers, nor under somebody else’s id, nor after it is over, nor twice', async () => {
    const { mona, people } = await session('participant', 'participant', 'observer');
    const [ben, cleo, olu] = people as [Somebody, Somebody, Somebody];
    expect((await ben.api('/round/drafts/draft-before', draft('x'))).status).toBe(409);
    expect((await ben.api('/round', { body: { minutes: 5 } })).status).toBe(403);
    await mona.api('/round', { body: { minutes: 5 } });
    expect((await mona.api('/round', { body: { minutes: 5 } })).status).toBe(409);
    await ben.api('/round/drafts/draft-of-ben', draft(SECRET));
    expect((await cleo.api('/round/drafts/draft-of-ben', draft('stolen'))).status).toBe(409);
    await cleo.api('/round/drafts/draft-of-ben', { method: 'DELETE' });
    expect((await ben.api('/round/drafts')).body).toMatchObject([{ title: SECRET }]);
    expect((await olu.api('/round/drafts/draft-of-olu', draft('x'))).status).toBe(403);
    expect((await ben.api('/round/reveal', { body: { named: true } })).status).toBe(403);
    expect((await ben.api('/round', { method: 'DELETE' })).status).toBe(403);
    const reveals = await Promise.all(
      [1, 2, 3].map(() => mona.api('/round/reveal', { body: { named: true } })),
    );
    expect(reveals.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await ben.api('/round/drafts/draft-late', draft('late'))).status).toBe(409);
    await expect.poll(() => threatsOf(ben).map(({ title }) => title)).toEqual([SECRET]);
  });

  it('lets nobody write a threat openly while it lasts, nor open, fill or end one in the document', async () => {
    const { mona, people } = await session('participant', 'participant');
    const [ben, cleo] = people as [Somebody, Somebody];
    await mona.api('/round', { body: { minutes: 5 } });
    await expect.poll(() => info(ben).round).not.toBeNull();
    putEntry(root(ben.client.doc, 'threats'), 'loud', {
      ...{ title: 'Loud', description: '', stride: ['S'], target: '', status: 'proposed' },
      ...{ by: { id: ben.id, name: ben.name }, at: 1, suggestion: '' },
    });
    expect(await ben.client.closed).toMatchObject({ code: CLOSE.refused.code });
    root(cleo.client.doc, 'session').get(SESSION_ENTRY)!.delete('round');
    expect(await cleo.client.closed).toMatchObject({ code: CLOSE.refused.code });
    root(mona.client.doc, 'session').get(SESSION_ENTRY)!.set('round', { id: 'mine' });
    expect(await mona.client.closed).toMatchObject({ code: CLOSE.refused.code });
    expect((await mona.api('/threats')).body).toEqual([]);
  });
});

describe('a vote', () => {
  async function voting(...roles: Role[]) {
    const all = await session(...roles);
    const { mona } = all;
    for (const title of ['One', 'Two', 'Three'])
      await mona.api('/threats', { body: { title, stride: ['T'] } });
    await expect.poll(() => threatsOf(mona)).toHaveLength(3);
    const threats = threatsOf(mona).map(({ id }) => id);
    const open = async (more: object = {}) =>
      (await mona.api('/votes', { body: { threats, dots: 2, ...more } })).body.id as string;
    return { ...all, threats, open };
  }
  const votes = ({ client }: Somebody) => readVotes(client.doc);

  it('is secret until it is closed, and then shows the sums on every node', async () => {
    const { mona, people, threats, open } = await voting('participant', 'participant', 'observer');
    const [ben, cleo, olu] = people as [Somebody, Somebody, Somebody];
    const vote = await open();
    const ballot = `/votes/${vote}/ballot`;
    expect((await ben.api(ballot, put({ dots: { [threats[0]!]: 1, [threats[1]!]: 1 } }))).status).toBe(200);
    expect((await cleo.api(ballot, put({ dots: { [threats[1]!]: 1 } }))).status).toBe(200);
    await expect.poll(() => votes(olu)[0]).toMatchObject({ voters: 2, result: null, closedAt: null });
    expect((await olu.api('/votes')).body).toMatchObject([{ result: null }]);
    expect((await cleo.api(ballot)).body).toEqual({ dots: { [threats[1]!]: 1 } });
    await mona.api(`/votes/${vote}/close`, { method: 'POST' });
    const result = { [threats[0]!]: 1, [threats[1]!]: 2, [threats[2]!]: 0 };
    for (const who of [mona, ben, cleo, olu]) await expect.poll(() => votes(who)[0]!.result).toEqual(result);
    expect(JSON.stringify(readMinutes(mona.client.doc))).not.toContain(ben.id);
  });

  it('counts nobody twice, whatever their client sends, and nobody for somebody else', async () => {
    const { mona, people, threats, open } = await voting('participant', 'participant', 'observer');
    const [ben, cleo, olu] = people as [Somebody, Somebody, Somebody];
    const vote = await open();
    const ballot = `/votes/${vote}/ballot`;
    const [first, second] = threats as [string, string];
    await Promise.all(Array.from({ length: 6 }, () => ben.api(ballot, put({ dots: { [first]: 1 } }))));
    // In a window of its own, on the other node, it is the same person.
    const elsewhere = await ben.person.fetch(
      `/api/sessions/${(await mona.api('')).body.id}${ballot}`,
      put({ dots: { [second]: 1 } }),
    );
    expect(elsewhere.status).toBe(200);
    for (const dots of [
      { [first]: 2 },
      { [first]: 1, [second]: 1, [threats[2]!]: 1 },
      { [first]: -1 },
      { [first]: 0.5 },
      { unknown: 1 },
      { __proto__: 1, constructor: 1 },
    ])
      expect((await cleo.api(ballot, put({ dots }))).status).toBe(400);
    expect((await cleo.api(ballot, put({ dots: { [first]: 1 }, userId: ben.id }))).status).toBe(200);
    expect((await olu.api(ballot, put({ dots: { [first]: 1 } }))).status).toBe(403);
    expect((await ben.api(`/votes/${vote}/close`, { method: 'POST' })).status).toBe(403);
    expect((await ben.api('/votes', { body: { threats } })).status).toBe(403);
    const closed = await mona.api(`/votes/${vote}/close`, { method: 'POST' });
    expect(closed.body).toMatchObject({ voters: 2, result: { [first]: 1, [second]: 1 } });
    expect((await ben.api(ballot, put({ dots: { [first]: 1 } }))).status).toBe(409);
  });

  it('is not written into the document by people, moderators included', async () => {
    const { mona, people, open } = await voting('participant');
    const vote = await open();
    await expect.poll(() => votes(people[0]!)).toHaveLength(1);
    for (const who of [people[0]!, mona]) {
      root(who.client.doc, 'votes').get(vote)!.set('voters', 99);
      expect(await who.client.closed).toMatchObject({ code: CLOSE.refused.code });
    }
    expect((await mona.api('/votes')).body).toMatchObject([{ voters: 0 }]);
  });

  it('takes the dots of who comes late; another one waits until it is closed', async () => {
    const { id, invites, mona, threats, open } = await voting();
    const vote = await open({ minutes: 1 });
    const late = new Person(cluster.urls[1]!);
    await late.join(invites.participant, 'Late');
    const answer = await late.fetch(
      `/api/sessions/${id}/votes/${vote}/ballot`,
      put({ dots: { [threats[2]!]: 1 } }),
    );
    expect(answer.status).toBe(200);
    const { openedAt, endsAt } = votes(mona)[0]!;
    expect(endsAt! - openedAt).toBe(60_000);
    const second = await mona.api('/votes', { body: { threats } });
    expect(second.status).toBe(409);
  });
});

describe('rights', () => {
  it('a role that changes is another one at once, for what is sent on the same connection too', async () => {
    const { invites, mona, people } = await session('participant');
    const [ben] = people as [Somebody];
    const someShape = [...root(ben.client.doc, 'board').keys()].find(id => id.startsWith('shape:'))!;
    const shape = () => root(ben.client.doc, 'board').get(someShape)!;
    shape().set('at', [5, 5]);
    await ben.client.saved();
    expect(
      (await ben.api(`/members/${ben.id}`, { method: 'PATCH', body: { role: 'moderator' } })).status,
    ).toBe(403);
    const patch = (role: Role) => mona.api(`/members/${ben.id}`, { method: 'PATCH', body: { role } });
    expect((await patch('observer')).body).toMatchObject({ role: 'observer' });
    // Nor by the link that they came with.
    await ben.person.join(invites.participant, ben.name);
    expect((await mona.api('/members')).body).toContainEqual(
      expect.objectContaining({ id: ben.id, role: 'observer' }),
    );
    shape().set('at', [6, 6]);
    expect(await ben.client.closed).toMatchObject({ code: CLOSE.refused.code });
    const board = root(mona.client.doc, 'board') as EntryMap;
    expect(board.get(someShape)!.get('at')).toEqual([5, 5]);
    expect((await patch('moderator')).body).toMatchObject({ role: 'moderator' });
    expect(
      (await ben.api(`/members/${mona.id}`, { method: 'PATCH', body: { role: 'observer' } })).status,
    ).toBe(200);
    // The last one can't leave the session without a moderator.
    expect(
      (await ben.api(`/members/${ben.id}`, { method: 'PATCH', body: { role: 'observer' } })).status,
    ).toBe(409);
    expect((await ben.api(`/members/${ben.id}`, { method: 'DELETE' })).status).toBe(409);
  });

  it('who is removed is out at once, on every node, and comes back by no link', async () => {
    const { invites, mona, people } = await session('participant', 'participant');
    const [ben, cleo] = people as [Somebody, Somebody];
    expect((await ben.api(`/members/${cleo.id}`, { method: 'DELETE' })).status).toBe(403);
    expect((await mona.api(`/members/${ben.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await ben.client.closed).toMatchObject({ code: CLOSE.removed.code, reason: CLOSE.removed.reason });
    expect((await ben.api('/threats')).status).toBe(404);
    for (const role of ['participant', 'moderator'] as const) {
      const again = await ben.person.fetch('/api/join', { body: { token: invites[role], name: 'Ben' } });
      expect(again.status).toBe(403);
    }
    expect(await ben.person.json('/api/sessions')).toEqual([]);
    expect((await mona.api('/members')).body).toHaveLength(2);
    expect(readMinutes(mona.client.doc).map(({ what }) => what)).toContain('removed');
  });

  it('a session that is closed to newcomers takes in who was there before, and nobody else', async () => {
    const { invites, mona, people } = await session('participant');
    const [ben] = people as [Somebody];
    root(mona.client.doc, 'session').get(SESSION_ENTRY)!.set('newcomersClosed', true);
    await mona.client.saved();
    const stranger = new Person(cluster.urls[1]!);
    const refused = await stranger.fetch('/api/join', { body: { token: invites.participant, name: 'S' } });
    expect([refused.status, (await refused.json()).error.code]).toEqual([403, 'forbidden']);
    await ben.person.join(invites.participant, 'Ben again');
    root(ben.client.doc, 'session').get(SESSION_ENTRY)!.delete('newcomersClosed');
    expect(await ben.client.closed).toMatchObject({ code: CLOSE.refused.code });
  });

  it('what a moderator locked, others neither move nor delete nor bend nor unlock; arrows to it they may draw', async () => {
    const { mona, people } = await session(
      'participant',
      'participant',
      'participant',
      'participant',
      'participant',
    );
    const board = root(mona.client.doc, 'board');
    const arrow = [...board.keys()].find(id => id.startsWith('binding:'))!;
    const from = String(board.get(arrow)!.get('fromId'));
    const box = String(board.get(arrow)!.get('toId'));
    for (const id of [from, box]) board.get(id)!.set('isLocked', true);
    await mona.client.saved();
    const free = [...board.keys()].find(id => id.startsWith('shape:') && ![from, box].includes(id))!;
    const attempts: ((doc: Y.Doc) => void)[] = [
      doc => root(doc, 'board').get(box)!.set('at', [0, 0]),
      doc => root(doc, 'board').delete(box),
      doc => root(doc, 'board').get(arrow)!.set('toId', free),
      doc => root(doc, 'board').get(box)!.delete('isLocked'),
      doc => root(doc, 'board').get(free)!.set('isLocked', true),
    ];
    for (const [i, attempt] of attempts.entries()) {
      await expect.poll(() => root(people[i]!.client.doc, 'board').get(box)!.get('isLocked')).toBe(true);
      attempt(people[i]!.client.doc);
      expect(await people[i]!.client.closed).toMatchObject({ code: CLOSE.refused.code });
    }
    expect(board.get(box)!.get('isLocked')).toBe(true);
  });

  it('observers raise no hand and write no note, nor does anybody for somebody else', async () => {
    const { mona, people } = await session('participant', 'participant', 'observer');
    const [ben, cleo, olu] = people as [Somebody, Somebody, Somebody];
    const raise = (who: Somebody, as: Somebody) =>
      putEntry(root(who.client.doc, 'hands'), as.id, { by: { id: as.id, name: as.name }, at: 1 });
    raise(ben, ben);
    await ben.client.saved();
    raise(cleo, ben);
    raise(olu, olu);
    for (const who of [cleo, olu])
      expect(await who.client.closed).toMatchObject({ code: CLOSE.refused.code });
    await expect.poll(() => [...root(mona.client.doc, 'hands').keys()]).toEqual([ben.id]);
    root(mona.client.doc, 'hands').delete(ben.id);
    await mona.client.saved();
    await expect.poll(() => root(ben.client.doc, 'hands').size).toBe(0);
  });
});

describe('the course of a meeting', () => {
  it('opens and closes what its phases say, and is the moderators’ to change', async () => {
    const { mona, people } = await session('participant');
    const [ben] = people as [Somebody];
    const command = (who: Somebody, body: object) => who.api('/meeting', { body });
    expect((await command(mona, { do: 'pause' })).status).toBe(409);
    expect((await command(ben, { do: 'start', phase: 'scope' })).status).toBe(403);
    const before = Date.now();
    const started = await command(mona, { do: 'start', phase: 'brainstorm' });
    expect(started.status).toBe(200);
    const { endsAt, phaseStartedAt } = started.body as { endsAt: number; phaseStartedAt: number };
    expect(phaseStartedAt).toBeGreaterThanOrEqual(before);
    expect(endsAt - phaseStartedAt).toBe(30 * 60_000);
    await expect.poll(() => info(ben)).toMatchObject({ locked: true, proposalsClosed: false });
    await command(mona, { do: 'start', phase: 'vote' });
    await expect.poll(() => info(ben)).toMatchObject({ locked: true, proposalsClosed: true });
    putEntry(root(ben.client.doc, 'threats'), 'late', {
      ...{ title: 'Late', description: '', stride: ['S'], target: '', status: 'proposed' },
      ...{ by: { id: ben.id, name: ben.name }, at: 1, suggestion: '' },
    });
    expect(await ben.client.closed).toMatchObject({ code: CLOSE.refused.code });
    await command(mona, { do: 'start', phase: 'diagram' });
    await expect.poll(() => info(mona)).toMatchObject({ locked: false, proposalsClosed: false });
    root(mona.client.doc, 'session').get(SESSION_ENTRY)!.set('meeting', { startedAt: 0 });
    expect(await mona.client.closed).toMatchObject({ code: CLOSE.refused.code });
    expect(readMinutes(people[0]!.client.doc).map(({ what }) => what)).toContain('meeting-started');
  });
});
