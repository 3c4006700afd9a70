/** The record of a session as it is written while people work in it, and what remains to be done. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import { type StockClient, stockClient } from '#infra/testing/stock-client.ts';
import { putEntry, readMinutes, root } from '#shared/document/document.ts';

let server: TestServer;
const clients: StockClient[] = [];

beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server.close());

/** A session with a moderator, a participant and an observer. */
async function team() {
  const [moderator, participant, observer] = [1, 2, 3].map(() => new Person(server.url)) as [
    Person,
    Person,
    Person,
  ];
  const { id, invites } = await moderator.start();
  await participant.join(invites.participant, 'Pat');
  await observer.join(invites.observer, 'Olga');
  return { moderator, participant, observer, id, base: `/api/sessions/${id}` };
}
async function connect(id: string, person: Person): Promise<StockClient> {
  const client = stockClient(server.url, id, { cookie: person.cookie });
  clients.push(client);
  await client.synced();
  return client;
}
const command = (person: Person, base: string, body: object) => person.json(`${base}/meeting`, { body });
const started = { do: 'start', phase: 'decide' };

describe('the minutes', () => {
  it('M7 M8 tell who was there and what was decided, live and afterwards', async () => {
    const { moderator, participant, id, base } = await team();
    const [mo] = [await connect(id, moderator), await connect(id, participant)];
    await command(moderator, base, started);
    const threat = await moderator.json(`${base}/threats`, { body: { title: 'Replay', stride: ['T'] } });
    await vi.waitFor(() => expect(root(mo.doc, 'threats').has(threat.id)).toBe(true));
    root(mo.doc, 'threats').get(threat.id)!.set('status', 'mitigated');
    await mo.saved();
    await vi.waitFor(() =>
      expect(
        readMinutes(mo.doc)
          .map(({ what, by }) => `${what} ${by?.name}`)
          .sort(),
      ).toEqual(['came Mo', 'came Pat', 'meeting-started Mo', 'phase-started Mo', 'threat-decided Mo']),
    );
    await command(moderator, base, { do: 'end' });
    const { meetings } = await participant.json(`${base}/minutes`);
    expect(meetings).toMatchObject([
      {
        endedAt: expect.any(Number),
        phases: [{ title: 'Decide', planned: 20 }],
        decisions: [{ ref: 'T1', title: 'Replay', lines: [{ text: 'Mo decided T1: Mitigated.' }] }],
      },
    ]);
    expect(meetings[0].people.map(({ who }: { who: { name: string } }) => who.name).sort()).toEqual([
      'Mo',
      'Pat',
    ]);
  });

  it('M7 hold what was decided while no meeting went on, once, however often the session is loaded', async () => {
    const { moderator, base } = await team();
    const threat = await moderator.json(`${base}/threats`, { body: { title: 'Replay' } });
    const path = `${base}/threats/${threat.id}`;
    await moderator.json(path, { method: 'PATCH', body: { status: 'accepted', severity: 'low' } });
    // The room is unloaded 50 ms after its last use.
    for (let i = 0; i < 3; i++) {
      await new Promise(resolve => setTimeout(resolve, 150));
      const { between } = await moderator.json(`${base}/minutes`);
      expect(between).toMatchObject([{ lines: [{ text: 'Mo decided T1: Accepted, low severity.' }] }]);
    }
  });

  it('M4 are nobody’s to write', async () => {
    const { moderator, id } = await team();
    const mo = await connect(id, moderator);
    putEntry(root(mo.doc, 'minutes'), 'forged', { what: 'meeting-started', at: 1, by: null });
    expect((await mo.closed).reason).toMatch(/minutes are written by the server/);
  });

  it('are taken away as Markdown, by members alone', async () => {
    const { observer, base } = await team();
    const response = await observer.fetch(`${base}/export/minutes`);
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/filename="Sensor\.md"/);
    expect(await response.text()).toMatch(/^# Minutes: Sensor\n/);
    const stranger = new Person(server.url);
    await stranger.start();
    for (const path of ['minutes', 'followups', 'export/minutes']) {
      expect((await stranger.fetch(`${base}/${path}`)).status).toBe(404);
    }
  });
});

describe('follow-ups', () => {
  it('are noted by who takes part, and changed by their author and moderators', async () => {
    const { moderator, participant, observer, base } = await team();
    const path = `${base}/followups`;
    const body = { kind: 'action', text: ' Ask the supplier ', owner: 'Ana', due: '2027-01-31' };
    const noted = await participant.json(path, { body });
    expect(noted).toMatchObject({
      ...{ ...body, text: 'Ask the supplier', done: false, about: '', by: { name: 'Pat' } },
    });
    const patch = (person: Person, change: object) =>
      person.fetch(`${path}/${noted.id}`, { method: 'PATCH', body: change });
    expect((await patch(observer, { done: true })).status).toBe(403);
    expect((await patch(moderator, { done: true })).status).toBe(200);
    expect(await participant.json(path)).toMatchObject([{ done: true, by: { name: 'Pat' } }]);
    const own = await moderator.json(path, { body: { kind: 'question', text: 'Who holds the key?' } });
    expect((await participant.fetch(`${path}/${own.id}`, { method: 'DELETE' })).status).toBe(403);
    expect((await observer.fetch(path, { body })).status).toBe(403);
    expect((await moderator.json(`${base}/minutes`)).questions).toMatchObject([
      { text: 'Who holds the key?' },
    ]);
  });
  it.each([
    [{ kind: 'wish', text: 'x' }],
    [{ kind: 'action' }],
    [{ kind: 'action', text: ' ' }],
    [{ kind: 'action', text: 'x', due: 'tomorrow' }],
    [{ kind: 'action', text: 'x', due: '2027-02-30' }],
    [{ kind: 'action', text: 'x', owner: 'x'.repeat(81) }],
  ])('%j is refused', async body => {
    const { moderator, base } = await team();
    expect((await moderator.fetch(`${base}/followups`, { body })).status).toBe(400);
  });
});
