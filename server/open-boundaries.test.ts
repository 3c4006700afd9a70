/** Open boundaries over HTTP: lines instead of boxes, otherwise as the closed ones in `things.test.ts`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
let moderator: Person;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  moderator = new Person(server.url);
  base = `/api/v1/sessions/${(await moderator.start({ template: 'blank' })).id}`;
});
afterAll(() => server.close());

const make = (path: string, body: object) => moderator.json(`${base}/${path}`, { body });
const get = (path: string) => moderator.json(`${base}/${path}`);
const patch = (path: string, body: object) => moderator.json(`${base}/${path}`, { method: 'PATCH', body });
const remove = async (path: string) =>
  (await moderator.fetch(`${base}/${path}`, { method: 'DELETE' })).status;
const refusal = async (path: string, init: object) => {
  const response = await moderator.fetch(`${base}/${path}`, init);
  return { status: response.status, ...(await response.json()).error };
};

describe('open boundaries', () => {
  const line = [
    [300, -100],
    [320, 50],
    [300, 200],
  ];
  it('are made, listed, crossed, changed, moved and removed', async () => {
    const page = (await make('pages', { name: 'Network' })).id;
    const made = await make('boundaries', { name: 'Firewall', line, page });
    expect(made).toMatchObject({ name: 'Firewall', page, open: true, box: null, line, contains: [] });
    const closed = await make('boundaries', { box: [600, -50, 400, 400], page });
    expect(closed).toMatchObject({ open: false, box: [600, -50, 400, 400], line: null });
    const at = `boundaries/${made.id}`;
    expect(await get('boundaries')).toEqual(expect.arrayContaining([made, closed]));
    expect(await get(at)).toEqual(made);
    const { boundaries } = await get('model');
    expect(boundaries.filter(({ open }: { open: boolean }) => open)).toMatchObject([{ id: made.id }]);

    const left = await make('elements', { kind: 'process', position: [0, 0], page });
    const right = await make('elements', { kind: 'process', position: [620, 0], page });
    const flow = await make('flows', { source: left.id, target: right.id });
    expect(flow.crosses).toEqual([made.id, closed.id]);

    const words = { name: 'DMZ', description: 'Two firewalls', attributes: { controlled_by: 'hospital' } };
    expect(await patch(at, words)).toMatchObject({ ...words, line });
    // Its left top goes there, and the rest along.
    expect((await patch(at, { position: [1300, 900] })).line).toEqual([
      [1300, 900],
      [1320, 1050],
      [1300, 1200],
    ]);
    expect((await get(`flows/${flow.id}`)).crosses).toEqual([closed.id]);
    const redrawn = [
      [650, 0],
      [850.25, 300],
    ];
    expect(await patch(at, { line: redrawn })).toMatchObject({ ...words, line: redrawn, parent: closed.id });
    // What lies in a boundary moves along with it.
    await patch(`boundaries/${closed.id}`, { position: [700, -50] });
    expect((await get(at)).line).toEqual(redrawn.map(([x, y]) => [x! + 100, y]));

    expect(await remove(at)).toBe(204);
    expect(await remove(at)).toBe(404);
    expect((await get(`flows/${flow.id}`)).crosses).toEqual([closed.id]);
  });
  it('can be what a threat is on', async () => {
    const { id } = await make('boundaries', { line, boundary: null });
    expect(await make('threats', { title: 'Bypassed', target: id })).toMatchObject({ target: id });
    const [threat] = await get('threats');
    expect(await remove(`threats/${threat.id}`)).toBe(204);
    expect(await remove(`boundaries/${id}`)).toBe(204);
  });
  it('have up to 500 points', async () => {
    const longest = Array.from({ length: 500 }, (_, i) => [i, i % 7]);
    const { id, line } = await make('boundaries', { line: longest });
    expect(line).toEqual(longest);
    expect(await remove(`boundaries/${id}`)).toBe(204);
  });
  it.each([
    [{ line: [[0, 0]] }, /line is too short: 2 entries/],
    [{ line: Array(501).fill([0, 0]) }, /line is too long: 500 entries/],
    [{ line: [[0, 0], [1]] }, /line\.1/],
    [{ line: [[0, 0], null] }, /line\.1/],
    [
      {
        line: [
          [0, 0],
          [0, 2_000_000],
        ],
      },
      /line\.1\.1/,
    ],
    [{ line, box: [0, 0, 10, 10] }, /no box and no position beside it/],
    [{ line, position: [0, 0] }, /no box and no position beside it/],
  ])('refuse %.60j', async (body, message) => {
    const before = await get('model');
    expect(await refusal('boundaries', { body })).toMatchObject({
      status: 400,
      code: 'invalid_request',
      message: expect.stringMatching(message),
    });
    expect(await get('model')).toEqual(before);
  });
  it('refuse numbers that are none', async () => {
    const response = await fetch(new URL(`${base}/boundaries`, server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: moderator.cookie, origin: server.url },
      body: '{"line":[[0,0],[0,1e999]]}',
    });
    expect(response.status).toBe(400);
  });
  it('stay open, the closed ones closed, and hold nothing', async () => {
    const open = await make('boundaries', { line });
    const closed = await make('boundaries', { box: [0, 0, 100, 100] });
    const change = (id: string, body: object) => refusal(`boundaries/${id}`, { method: 'PATCH', body });
    expect(await change(open.id, { box: [0, 0, 10, 10] })).toMatchObject({
      status: 400,
      message: 'This boundary is open: it has a line, no box.',
    });
    expect(await change(closed.id, { line })).toMatchObject({
      status: 400,
      message: 'This boundary is closed: it has a box, no line.',
    });
    expect(await refusal('elements', { body: { kind: 'process', boundary: open.id } })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/is open: nothing lies in it/),
    });
    for (const { id } of [open, closed]) expect(await remove(`boundaries/${id}`)).toBe(204);
  });
});
