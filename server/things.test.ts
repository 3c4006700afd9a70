/** What the interface can do with a model can be done over HTTP: under the same rights, leaving the same records. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
let moderator: Person;
let participant: Person;
let observer: Person;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  moderator = new Person(server.url);
  const { id, invites } = await moderator.start({ template: 'blank' });
  base = `/api/v1/sessions/${id}`;
  participant = new Person(server.url);
  await participant.join(invites.participant, 'Pat');
  observer = new Person(server.url);
  await observer.join(invites.observer, 'Olga');
});
afterAll(() => server.close());

const make = (path: string, body: object, who = moderator) => who.json(`${base}/${path}`, { body });
const get = (path: string) => moderator.json(`${base}/${path}`);
const patch = (path: string, body: object, who = moderator) =>
  who.json(`${base}/${path}`, { method: 'PATCH', body });
const remove = async (path: string, who = moderator) => {
  const response = await who.fetch(`${base}/${path}`, { method: 'DELETE' });
  return response.status;
};
const refusal = async (path: string, init: object, who = moderator) => {
  const response = await who.fetch(`${base}/${path}`, init);
  return { status: response.status, ...(await response.json()).error };
};
const coded = encodeURIComponent;

describe('elements', () => {
  it('are made, read, changed and removed one by one', async () => {
    const response = await moderator.fetch(`${base}/elements`, {
      body: { kind: 'process', name: 'Pump', position: [100, 200], attributes: { technology: 'C' } },
    });
    expect(response.status).toBe(201);
    const pump = await response.json();
    expect(pump).toMatchObject({
      kind: 'process',
      name: 'Pump',
      description: '',
      box: [100, 200, 180, 90],
      page: 'page:page',
      boundaries: [],
      attributes: { technology: 'C', role: 'unknown' },
    });
    expect(response.headers.get('location')).toBe(`${base}/elements/${coded(pump.id)}`);
    expect(await moderator.json(response.headers.get('location')!)).toEqual(pump);

    const changed = await patch(`elements/${pump.id}`, {
      description: 'Infuses',
      box: [0, 0, 300, 150],
      attributes: { technology: null, role: 'infusion_pump' },
    });
    expect(changed).toMatchObject({
      name: 'Pump',
      description: 'Infuses',
      box: [0, 0, 300, 150],
      attributes: { technology: 'unknown', role: 'infusion_pump' },
    });
    expect((await get('elements')).map(({ id }: { id: string }) => id)).toContain(pump.id);
    expect(await remove(`elements/${pump.id}`)).toBe(204);
    expect(await remove(`elements/${pump.id}`)).toBe(404);
  });
  it.each([
    [{}, /kind is missing/],
    [{ kind: 'data_flow' }, /kind must be one of/],
    [{ kind: 'process', attributes: { colour: 'red' } }, /no colour here; there are role/],
    [{ kind: 'process', attributes: { role: 'queen' } }, /role must be one of patient/],
    [{ kind: 'process', boundary: 'shape:none' }, /no boundary shape:none/],
    [{ kind: 'process', page: 'page:none' }, /no page page:none/],
    [{ kind: 'process', box: [0, 0, 0, 10] }, /box/],
    [{ kind: 'process', position: [1e9, 0] }, /position/],
    [{ kind: 'process', name: 'x'.repeat(301) }, /too long/],
  ])('refuse %j', async (body, message) => {
    const before = await get('model');
    expect(await refusal('elements', { body })).toMatchObject({
      status: 400,
      code: 'invalid_request',
      message: expect.stringMatching(message),
    });
    expect(await get('model')).toEqual(before);
  });
});

describe('flows and boundaries', () => {
  it('make crossings, which are suggested on', async () => {
    const cloud = await make('boundaries', { name: 'Cloud', box: [1000, 1000, 500, 400] });
    const [one, two] = [
      await make('elements', { kind: 'process', name: 'API', boundary: cloud.id }),
      await make('elements', { kind: 'data_store', name: 'Records', boundary: cloud.id }),
    ];
    expect([one.boundaries, two.boundaries]).toEqual([[cloud.id], [cloud.id]]);
    const overlap = one.box[0] < two.box[0] + two.box[2] && two.box[0] < one.box[0] + one.box[2];
    expect(overlap && one.box[1] === two.box[1]).toBe(false);
    const app = await make('elements', { kind: 'external_entity', name: 'App', boundary: null });
    expect(app.boundaries).toEqual([]);

    const flow = await make('flows', { name: 'readings', source: app.id, target: one.id });
    expect(flow).toMatchObject({
      source: app.id,
      target: one.id,
      sourceAt: null,
      bidirectional: false,
      crosses: [cloud.id],
    });
    await expect.poll(async () => (await get('suggestions')).length).toBeGreaterThan(0);

    expect(await patch(`flows/${flow.id}`, { target: two.id, bidirectional: true, bend: 30 })).toMatchObject({
      target: two.id,
      bidirectional: true,
      bend: 30,
    });
    // What the boundary holds moves along.
    await patch(`boundaries/${cloud.id}`, { position: [2000, 1000] });
    expect((await get(`elements/${one.id}`)).box[0]).toBe(one.box[0] + 1000);
    expect((await get(`flows/${flow.id}`)).crosses).toEqual([cloud.id]);

    // An element that goes leaves the flow's end where it was.
    expect(await remove(`elements/${two.id}`)).toBe(204);
    const freed = await get(`flows/${flow.id}`);
    expect(freed).toMatchObject({
      source: app.id,
      target: null,
      targetAt: [expect.any(Number), expect.any(Number)],
    });
    const [x, y] = freed.targetAt;
    const [left, top, w, h] = [two.box[0] + 1000, ...two.box.slice(1)];
    expect(x >= left && x <= left + w && y >= top && y <= top + h).toBe(true);

    // A boundary that goes leaves what it held.
    const before = await get(`elements/${one.id}`);
    expect(await remove(`boundaries/${cloud.id}`)).toBe(204);
    expect(await get(`elements/${one.id}`)).toEqual({ ...before, boundaries: [] });
    expect(await remove(`flows/${flow.id}`)).toBe(204);
  });
  it('refuse ends that are none', async () => {
    expect(await refusal('flows', { body: { source: 'shape:none', targetAt: [0, 0] } })).toMatchObject({
      status: 400,
      message: 'There is no element shape:none.',
    });
    expect(await refusal('flows', { body: { name: 'nowhere' } })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/source is missing/),
    });
  });
  it('a boundary takes in what lies in it, and lets go of what does not', async () => {
    const inside = await make('elements', { kind: 'process', position: [5050, 5050] });
    const zone = await make('boundaries', { box: [5000, 5000, 400, 400] });
    expect(zone.contains).toEqual([inside.id]);
    await patch(`elements/${inside.id}`, { position: [6000, 6000] });
    expect((await get(`boundaries/${zone.id}`)).contains).toEqual([]);
    await patch(`elements/${inside.id}`, { boundary: zone.id });
    expect((await get(`boundaries/${zone.id}`)).contains).toEqual([inside.id]);
    expect(
      await refusal(`elements/${inside.id}`, {
        method: 'PATCH',
        body: { boundary: zone.id, position: [0, 0] },
      }),
    ).toMatchObject({ status: 400, message: expect.stringMatching(/outside of the boundary/) });
  });
});

describe('pages and notes', () => {
  it('are made, changed and removed with what is on them', async () => {
    const detail = await make('pages', { name: 'Detail', place: 0 });
    expect((await get('pages')).map(({ name }: { name: string }) => name)).toEqual(['Detail', 'Diagram']);
    await patch(`pages/${detail.id}`, { name: 'Details', place: 1 });
    expect((await get('pages')).map(({ name }: { name: string }) => name)).toEqual(['Diagram', 'Details']);
    const there = await make('elements', { kind: 'process', page: detail.id });
    const here = await make('elements', { kind: 'process' });
    expect(there.page).toBe(detail.id);
    expect(await refusal('flows', { body: { source: here.id, target: there.id } })).toMatchObject({
      message: expect.stringMatching(/another page/),
    });
    const note = await make('notes', { page: detail.id, text: 'Ask\nOps', position: [10, 20] });
    expect(note).toMatchObject({ kind: 'note', text: 'Ask\nOps', position: [10, 20], page: detail.id });
    expect(await patch(`notes/${note.id}`, { text: 'Done' })).toMatchObject({
      text: 'Done',
      position: [10, 20],
    });
    expect(await remove(`pages/${detail.id}`)).toBe(204);
    expect(await remove(`elements/${there.id}`)).toBe(404);
    expect(await remove(`notes/${note.id}`)).toBe(404);
    expect(await refusal('pages/page:page', { method: 'DELETE' })).toMatchObject({ status: 400 });
  });
});

describe('threats', () => {
  it('are recorded, changed and removed', async () => {
    const target = await make('elements', { kind: 'process', name: 'Target' });
    const threat = await make('threats', {
      title: 'Replay',
      stride: ['S'],
      target: target.id,
      severity: 'high',
      mitigation: 'Nonces',
    });
    expect(threat).toMatchObject({
      number: 1,
      status: 'open',
      severity: 'high',
      mitigation: 'Nonces',
      justification: '',
      by: { name: 'Mo' },
    });
    const changed = await patch(`threats/${threat.id}`, {
      status: 'mitigated',
      justification: 'Tested',
      severity: null,
    });
    expect(changed).toMatchObject({
      status: 'mitigated',
      justification: 'Tested',
      severity: null,
      title: 'Replay',
    });
    expect(await refusal('threats', { body: { title: 'T', target: 'shape:none' } })).toMatchObject({
      status: 400,
    });
    expect(await remove(`threats/${threat.id}`)).toBe(204);
    expect(await get('threats')).toEqual([]);
  });
  it('have tags and an owner, are merged into another, and taken out again', async () => {
    const first = await make('threats', { title: 'Replay', tags: ['radio', ' Q3 '], owner: 'Olu' });
    expect(first).toMatchObject({ tags: ['radio', 'Q3'], owner: 'Olu', into: '' });
    const second = await make('threats', { title: 'Old commands are sent again' });
    const third = await make('threats', { title: 'Recorded dose' });
    const same = { status: 'rejected', into: first.id, justification: `Same as T${first.number}.` };
    expect(await patch(`threats/${second.id}`, { into: first.id })).toMatchObject(same);
    // What was merged leads on to what stands for it.
    expect(await patch(`threats/${third.id}`, { into: second.id })).toMatchObject(same);
    for (const into of [first.id, third.id, 'none']) {
      expect(await refusal(`threats/${first.id}`, { method: 'PATCH', body: { into } })).toMatchObject({
        status: 400,
      });
    }
    expect(await patch(`threats/${second.id}`, { into: '' })).toMatchObject({
      ...{ status: 'proposed', into: '', justification: '' },
    });
    for (const { id } of [first, second, third]) expect(await remove(`threats/${id}`)).toBe(204);
  });
  it('come of accepted suggestions, and go back to them', async () => {
    const cloud = await make('boundaries', { name: 'Zone', box: [9000, 9000, 500, 400] });
    const inner = await make('elements', { kind: 'process', boundary: cloud.id });
    const outer = await make('elements', { kind: 'process', boundary: null });
    await make('flows', { name: 'f', source: outer.id, target: inner.id });
    await expect.poll(async () => (await get('suggestions')).length).toBeGreaterThan(1);
    const [one, two] = await get('suggestions');
    const at = (id: string) => `suggestions/${coded(id)}`;
    const judge = (id: string, body: object, who = moderator) =>
      who.fetch(`${base}/${at(id)}/verdict`, { method: 'PUT', body });

    const accepted = await (await judge(one.id, { verdict: 'accepted' })).json();
    expect(accepted).toMatchObject({
      id: one.id,
      verdict: 'accepted',
      by: { name: 'Mo' },
      threat: `from:${one.id}`,
    });
    const threat = await get(`threats/${coded(accepted.threat)}`);
    expect(threat).toMatchObject({
      title: one.title,
      stride: [one.stride],
      suggestion: one.id,
      status: 'open',
    });
    expect((await judge(one.id, { verdict: 'accepted' })).status).toBe(200);
    expect(await get('threats')).toHaveLength(1);

    expect((await judge(two.id, { verdict: 'dismissed' })).status).toBe(400);
    const dismissed = await (await judge(two.id, { verdict: 'dismissed', reason: 'Not reachable' })).json();
    expect(dismissed).toMatchObject({ verdict: 'dismissed', reason: 'Not reachable', threat: null });
    expect((await judge(two.id, { verdict: 'accepted' }, participant)).status).toBe(403);
    expect((await judge('none', { verdict: 'accepted' })).status).toBe(404);
    expect(await remove(`${at(two.id)}/verdict`)).toBe(204);
    expect(await get(at(two.id))).toMatchObject({ verdict: null, reason: '', by: null });

    expect(await remove(`threats/${coded(accepted.threat)}`)).toBe(204);
    expect(await get(at(one.id))).toMatchObject({ verdict: null, threat: null });
  });
});

describe('G1 the rights are those of the board', () => {
  it('observers change nothing', async () => {
    for (const [path, body] of [
      ['elements', { kind: 'process' }],
      ['boundaries', { name: 'B' }],
      ['pages', { name: 'P' }],
      ['notes', { text: 'N', position: [0, 0] }],
      ['threats', { title: 'T' }],
    ] as const) {
      expect([path, await refusal(path, { body }, observer)]).toMatchObject([
        path,
        { status: 403, code: 'forbidden' },
      ]);
    }
  });
  it('participants draw until the board is locked, and propose threats', async () => {
    const mine = await make('elements', { kind: 'process' }, participant);
    const lock = (locked: boolean, who = moderator) => who.fetch(base, { method: 'PATCH', body: { locked } });
    expect((await lock(true, participant)).status).toBe(403);
    expect(await (await lock(true)).json()).toMatchObject({ locked: true });
    expect(await refusal('elements', { body: { kind: 'process' } }, participant)).toMatchObject({
      status: 403,
      message: 'The moderator has locked the board.',
    });
    expect(await remove(`elements/${mine.id}`, participant)).toBe(403);
    expect(await (await lock(false)).json()).toMatchObject({ locked: false });
    expect(await remove(`elements/${mine.id}`, participant)).toBe(204);

    const proposed = await make('threats', { title: 'Mine' }, participant);
    expect(proposed.status).toBe('proposed');
    expect(await refusal('threats', { body: { title: 'T', status: 'open' } }, participant)).toMatchObject({
      status: 403,
    });
    await patch(`threats/${proposed.id}`, { status: 'open' });
    expect(await remove(`threats/${proposed.id}`, participant)).toBe(403);
    expect(await remove(`threats/${proposed.id}`)).toBe(204);
  });
});

describe('H1 a full session', () => {
  it('takes no more over HTTP either', async () => {
    const small = await startTestServer({ MAX_DOCUMENT_BYTES: '20000' });
    const person = new Person(small.url);
    const { id } = await person.start({ template: 'blank' });
    const add = () =>
      person.fetch(`/api/sessions/${id}/notes`, { body: { text: 'x'.repeat(9000), position: [0, 0] } });
    const answers: Response[] = [];
    for (let i = 0; i < 4; i++) answers.push(await add());
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 413]);
    expect((await answers[3]!.json()).error.code).toBe('too_large');
    await small.close();
  });
});

describe('a session', () => {
  it('changes its title, scope and method', async () => {
    const change = { title: 'Infusion', scope: 'The pump alone' };
    const response = await moderator.fetch(base, { method: 'PATCH', body: change });
    expect(await response.json()).toMatchObject({ ...change, locked: false, method: 'per-crossing' });
    expect(await moderator.json(base)).toMatchObject(change);
    await expect.poll(async () => (await moderator.json('/api/sessions'))[0].title).toBe('Infusion');
    expect((await participant.fetch(base, { method: 'PATCH', body: change })).status).toBe(403);
    expect((await moderator.fetch(base, { method: 'PATCH', body: { method: 'guess' } })).status).toBe(400);
  });
  it('lists its members', async () => {
    const members = await get('members');
    expect(members.map(({ name, role }: { name: string; role: string }) => [name, role])).toEqual([
      ['Mo', 'moderator'],
      ['Pat', 'participant'],
      ['Olga', 'observer'],
    ]);
  });
  it('E3 hides its things from strangers', async () => {
    const stranger = new Person(server.url);
    for (const path of ['elements', 'flows', 'boundaries', 'pages', 'notes', 'threats', 'members']) {
      expect((await stranger.fetch(`${base}/${path}`)).status).toBe(404);
    }
    expect((await stranger.fetch(`${base}/elements`, { body: { kind: 'process' } })).status).toBe(404);
  });
});
