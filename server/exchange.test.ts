import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const person = () => new Person(server.url);
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Answer = any;

const element = (id: string, more: object = {}) => ({ id, name: `Element ${id}`, kind: 'process', ...more });
const fileOf = (more: object = {}) => ({
  strideboard: 1,
  title: 'Infusion pump',
  scope: 'Pump and app',
  diagrams: [
    {
      id: 'main',
      title: 'Context',
      elements: [
        element('pump', { boundary: 'ward' }),
        element('app', { attributes: { role: 'mobile_app' } }),
      ],
      boundaries: [{ id: 'ward', name: 'Ward' }],
      flows: [{ id: 'ble', name: 'Commands', source: { element: 'app' }, target: { element: 'pump' } }],
    },
  ],
  threats: [{ id: 't1', title: 'Replay', stride: ['T'], target: 'ble', severity: 'high' }],
  ...more,
});
const text = (more?: object) => JSON.stringify(fileOf(more));

interface Sent {
  body: string | Uint8Array | FormData | ReadableStream;
  cookie?: string;
}
const send = (path: string, { body, cookie = '' }: Sent): Promise<Response> =>
  fetch(server.url + path, {
    method: 'POST',
    body: body as string,
    headers: { ...(cookie && { cookie }), ...(typeof body === 'string' && { 'content-type': 'text/plain' }) },
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);

/** A session from a file, and who moderates it. */
async function imported(
  body: Sent['body'] = text(),
  query = '',
): Promise<{ moderator: Person; answer: Answer }> {
  const moderator = person();
  // A cookie first, so that it is this person's.
  await moderator.start();
  const response = await send(`/api/sessions/import${query}`, { body, cookie: moderator.cookie });
  const answer = await response.json();
  expect([response.status, answer]).toEqual([201, answer]);
  return { moderator, answer };
}

describe('POST /api/sessions/import', () => {
  it('starts a session of a file, with what is in it on the board and in the list', async () => {
    const { moderator, answer } = await imported();
    expect(answer).toMatchObject({
      ...{ title: 'Infusion pump', format: 'json', skipped: [] },
      counts: { diagrams: 1, elements: 2, flows: 1, boundaries: 1, threats: 1, notes: 0 },
      invites: {
        moderator: expect.any(String),
        participant: expect.any(String),
        observer: expect.any(String),
      },
    });
    const model = await moderator.json(`/api/sessions/${answer.id}/model`);
    expect(model.flows).toMatchObject([
      { id: 'shape:ble', source: 'shape:app', target: 'shape:pump', crosses: ['shape:ward'] },
    ]);
    const [threat] = await moderator.json(`/api/sessions/${answer.id}/threats`);
    expect(threat).toMatchObject({
      ...{ id: 't1', title: 'Replay', target: 'shape:ble', severity: 'high', number: 1 },
      by: { name: 'Moderator' },
    });
    const [listed] = await moderator.json('/api/sessions');
    expect(listed).toMatchObject({ id: answer.id, title: 'Infusion pump', role: 'moderator' });
    const guest = person();
    expect(await guest.join(answer.invites.participant, 'P')).toMatchObject({ role: 'participant' });
  });
  it('gives a caller without a cookie one', async () => {
    const response = await send('/api/sessions/import?by=Ada', { body: text() });
    const { id } = (await response.json()) as Answer;
    const cookie = response.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ');
    const detail = await (await fetch(`${server.url}/api/sessions/${id}`, { headers: { cookie } })).json();
    expect(detail).toMatchObject({ role: 'moderator', me: { name: 'Ada' } });
  });
  it('takes a form with the file in it', async () => {
    const body = new FormData();
    body.set('file', new Blob([text({ title: '' })]), 'Ward 7.json');
    expect((await imported(body)).answer).toMatchObject({ title: 'Ward 7', format: 'json' });
  });
  it('calls a session without a title after the file', async () => {
    const { answer } = await imported(text({ title: '' }), '?name=Pump%20v2.json');
    expect(answer.title).toBe('Pump v2');
  });
  it('keeps scripts and markup as the text that they are', async () => {
    const name = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const { moderator, answer } = await imported(
      text({ title: name, diagrams: [{ id: 'd', elements: [element('e', { name, description: name })] }] }),
    );
    const { elements } = await moderator.json(`/api/sessions/${answer.id}/model`);
    expect(elements).toMatchObject([{ name, description: name }]);
    const { title } = await moderator.json(`/api/sessions/${answer.id}`);
    expect(title).toBe(name);
  });
});

const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "x">${Array.from(
  { length: 30 },
  (_, i) => `<!ENTITY a${i + 1} "&a${i};&a${i};&a${i};&a${i};&a${i};&a${i};&a${i};&a${i};">`,
).join('')}]><ThreatModel xmlns="x">&a30;</ThreatModel>`;
const form = new FormData();
form.set('other', 'x');

describe('X1 a file that can’t be read is refused in words, and leaves nothing behind', () => {
  it.each<[string, Sent['body'], RegExp]>([
    ['nothing', '', /empty/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0, 1]), /neither text nor/],
    ['half a file', text().slice(0, 200), /not valid JSON/],
    ['JSON of something else', '{"name":"x"}', /no threat model of a known format/],
    ['prose', 'Dear Sir or Madam', /known format/],
    ['entities that multiply', bomb, /./],
    ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), /levels deep|not valid/],
    [
      '100,000 levels in a field',
      `{"strideboard":1,"foreign":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}`,
      /levels deep|not valid/,
    ],
    ['an archive of something else', zipSync({ 'a.txt': new Uint8Array(9) }), /./],
    ['a form without a file', form, /field “file”/],
    ['a wrong field', text({ threats: [{ id: 't', stride: ['X'] }] }), /threats\[0\]\.stride\[0\]/],
    [
      'more than a board takes',
      text({ diagrams: [{ id: 'd', elements: Array.from({ length: 9000 }, (_, i) => element(`e${i}`)) }] }),
      /9000/,
    ],
  ])('%s', async (_, body, message) => {
    const moderator = person();
    const { id } = await moderator.start();
    const before = await moderator.json(`/api/sessions/${id}/model`);
    const start = performance.now();
    for (const path of ['/api/sessions/import', `/api/sessions/${id}/import`]) {
      const response = await send(path, { body, cookie: moderator.cookie });
      const answer = (await response.json()) as Answer;
      expect([response.status, answer.error.code]).toEqual([400, 'invalid_request']);
      expect(answer.error.message).toMatch(message);
    }
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(await moderator.json(`/api/sessions/${id}/model`)).toEqual(before);
    expect(await moderator.json('/api/sessions')).toHaveLength(1);
  });
  it('100 MB are refused while they arrive, with or without their length told', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        if (sent++ < 100) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const told = await send('/api/sessions/import', { body: new Uint8Array(100 * 1024 * 1024) }).catch(
      error => error,
    );
    // The connection is closed at once: who still sends may see that before the answer.
    if (told instanceof Response)
      expect([told.status, await told.json()]).toMatchObject([413, { error: { code: 'too_large' } }]);
    const streamed = await send('/api/sessions/import', { body: stream }).catch(error => error);
    if (streamed instanceof Response) expect(streamed.status).toBe(413);
    expect(sent).toBeLessThan(100);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('POST /api/sessions/:id/import', () => {
  it('is a moderator’s to do', async () => {
    const { moderator, answer } = await imported();
    const path = `/api/sessions/${answer.id}/import`;
    for (const role of ['participant', 'observer'] as const) {
      const guest = person();
      await guest.join(answer.invites[role], role);
      expect((await send(path, { body: text(), cookie: guest.cookie })).status).toBe(403);
    }
    const stranger = person();
    await stranger.start();
    expect((await send(path, { body: text(), cookie: stranger.cookie })).status).toBe(404);
    expect((await send(path, { body: text() })).status).toBe(404);
    expect((await send(path, { body: text(), cookie: moderator.cookie })).status).toBe(200);
  });
  it('X2 changes nothing when it is the same file, and only what a newer one says', async () => {
    const { moderator, answer } = await imported();
    const of = (what: string) => moderator.json(`/api/sessions/${answer.id}/${what}`);
    const bring = async (body: string, query = ''): Promise<Answer> => {
      const response = await send(`/api/sessions/${answer.id}/import${query}`, {
        body,
        cookie: moderator.cookie,
      });
      return response.json();
    };
    const before = [await of('model'), await of('threats'), await of('export/json')];
    expect(await bring(text())).toMatchObject({
      ...{ format: 'json', skipped: [], unchanged: 6 },
      changes: { added: [], changed: [], missing: [] },
    });
    const newer = fileOf();
    const [diagram] = newer.diagrams;
    diagram!.elements = [
      element('pump', { boundary: 'ward', name: 'Smart pump' }),
      element('cloud', { kind: 'data_store', boundary: 'ward' }),
    ];
    diagram!.flows[0]!.source = { element: 'cloud' };
    const expected = {
      changes: {
        added: [{ kind: 'element', id: 'cloud', name: 'Element cloud', what: [] }],
        changed: [
          { kind: 'element', id: 'pump', name: 'Smart pump', what: ['name'] },
          { kind: 'flow', id: 'ble', name: 'Commands', what: ['source'] },
          // It grows for what is new in it.
          { kind: 'boundary', id: 'ward', name: 'Ward', what: ['place'] },
        ],
        missing: [{ kind: 'element', id: 'app', name: 'Element app', what: [] }],
      },
      unchanged: 2,
    };
    expect(await bring(JSON.stringify(newer), '?preview=true')).toMatchObject(expected);
    expect([await of('model'), await of('threats'), await of('export/json')]).toEqual(before);
    expect(await bring(JSON.stringify(newer))).toMatchObject(expected);
    const model = await of('model');
    expect(model.elements.map(({ name }: Answer) => name).sort()).toEqual([
      'Element app',
      'Element cloud',
      'Smart pump',
    ]);
    expect(model.flows).toMatchObject([{ source: 'shape:cloud', target: 'shape:pump' }]);
    expect(model.elements.find(({ id }: Answer) => id === 'shape:cloud').boundaries).toEqual(['shape:ward']);
    expect((await bring(JSON.stringify(newer))).changes).toMatchObject({ added: [], changed: [] });
  });
  it('adds to a board that was drawn here, on a page of its own', async () => {
    const moderator = person();
    const { id } = await moderator.start();
    const before = await moderator.json(`/api/sessions/${id}/model`);
    const other = [{ id: 'main', title: 'Context', elements: [element('mill'), element('silo')] }];
    const body = text({ diagrams: other, threats: [] });
    const response = await send(`/api/sessions/${id}/import`, { body, cookie: moderator.cookie });
    expect(((await response.json()) as Answer).changes.changed).toEqual([]);
    const after = await moderator.json(`/api/sessions/${id}/model`);
    expect(after.elements).toHaveLength(before.elements.length + 2);
    expect(after.elements).toEqual(expect.arrayContaining(before.elements));
    const { diagrams } = await moderator.json(`/api/sessions/${id}/export/json`);
    expect(diagrams.map(({ title }: Answer) => title)).toEqual(['Diagram', 'Context']);
  });
});

/** A blank session, with somebody in it, on a server of small documents. */
async function attendedSession(documentBytes: string) {
  const small = await startTestServer({ MAX_DOCUMENT_BYTES: documentBytes });
  const moderator = new Person(small.url);
  const { id } = await moderator.start({ template: 'blank' });
  const socket = new WebSocket(
    `${small.url.replace('http', 'ws')}/sync/${id}?ticket=${await moderator.ticket(id)}`,
  );
  await once(socket, 'open');
  return { small, moderator, id, socket };
}

describe('H1 a full session', () => {
  it('takes no file either, and says so', async () => {
    const { small, moderator, id, socket } = await attendedSession('20000');
    const note = { text: 'x'.repeat(9_000), position: [0, 0] };
    // Written and removed while somebody is there: the log is full, though the document is small.
    for (let i = 0; i < 3; i++) {
      const made = await moderator.fetch(`/api/sessions/${id}/notes`, { body: note });
      const path = `/api/sessions/${id}/notes/${(await made.json()).id}`;
      if (i < 2) await moderator.fetch(path, { method: 'DELETE' });
    }
    const response = await fetch(`${small.url}/api/sessions/${id}/import`, {
      method: 'POST',
      body: text(),
      headers: { cookie: moderator.cookie },
    });
    expect([response.status, (await response.json()).error.code]).toEqual([413, 'too_large']);
    socket.close();
    await small.close();
  });
});

it('H1 a file that is stored in part says so, and is completed when it is brought again', async () => {
  const { small, moderator, id, socket } = await attendedSession('1200000');
  // Written and removed while somebody is there: the log is nearly full, though the document is small.
  for (let i = 0; i < 105; i++) {
    const made = await moderator.fetch(`/api/sessions/${id}/notes`, {
      body: { text: 'x'.repeat(9_000), position: [0, 0] },
    });
    await moderator.fetch(`/api/sessions/${id}/notes/${(await made.json()).id}`, { method: 'DELETE' });
  }
  const elements = Array.from({ length: 80 }, (_, i) => element(`e${i}`, { description: 'y'.repeat(8_000) }));
  const threats = Array.from({ length: 9 }, (_, i) => ({ id: `t${i}`, title: 'Replay', target: `e${i}` }));
  const bring = async () => {
    const response = await fetch(`${small.url}/api/sessions/${id}/import`, {
      method: 'POST',
      body: text({ diagrams: [{ id: 'd', title: 'D', elements }], threats }),
      headers: { cookie: moderator.cookie },
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  };
  const failed = await bring();
  expect(failed).toMatchObject({
    status: 413,
    answer: {
      error: {
        code: 'too_large',
        message:
          'The session holds as much as it may. A part of the file is in already; import it again to bring in the rest.',
      },
    },
  });
  const partly = (await moderator.json(`/api/sessions/${id}/model`)).elements.length;
  expect(partly).toBeGreaterThan(0);
  expect(partly).toBeLessThan(80);
  socket.close();
  await expect.poll(async () => (await bring()).status, { timeout: 10_000, interval: 300 }).toBe(200);
  expect((await moderator.json(`/api/sessions/${id}/model`)).elements).toHaveLength(80);
  expect(await moderator.json(`/api/sessions/${id}/threats`)).toHaveLength(9);
  expect((await bring()).answer).toMatchObject({
    changes: { added: [], changed: [], missing: [] },
    skipped: [],
  });
  await small.close();
});

describe('GET /api/sessions/:id/export/:format', () => {
  it('gives a member the session as a file called after it', async () => {
    const { answer } = await imported(text({ title: 'Pumpe Ä" / 7' }));
    const guest = person();
    await guest.join(answer.invites.observer, 'O');
    const response = await guest.fetch(`/api/sessions/${answer.id}/export/json`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Pumpe A 7.json"; filename*=UTF-8''Pumpe%20%C3%84%207.json`,
    );
    const file = (await response.json()) as Answer;
    expect(file).toMatchObject({ strideboard: 1, title: 'Pumpe Ä" / 7', scope: 'Pump and app' });
    expect(JSON.stringify(file)).not.toContain('imported');
    // The file is one that another session starts from.
    const { answer: again } = await imported(JSON.stringify(file));
    expect(again.counts).toEqual(answer.counts);
  });
  it('gives a table its one charset, and no name that reads backwards', async () => {
    const { moderator, answer } = await imported(text({ title: 'Pump\u202egpj.\u2066exe' }));
    const { headers } = await moderator.fetch(`/api/sessions/${answer.id}/export/csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/UTF-8''Pump%20gpj\.%20exe\.csv$/);
  });
  it('says on request what the format can’t hold', async () => {
    const { moderator, answer } = await imported();
    expect(await moderator.json(`/api/sessions/${answer.id}/export/json?report=true`)).toEqual({
      skipped: [],
    });
  });
  it('names the formats there are when it is asked for another', async () => {
    const { moderator, answer } = await imported();
    const response = await moderator.fetch(`/api/sessions/${answer.id}/export/docx`);
    expect([response.status, ((await response.json()) as Answer).error.message]).toEqual([
      404,
      expect.stringContaining('json'),
    ]);
    const formats = await moderator.json('/api/formats');
    expect(formats).toContainEqual({
      name: 'json',
      label: 'Strideboard JSON',
      extension: '.json',
      reads: true,
      writes: true,
    });
  });
});

describe('an archive', () => {
  it('X4 is taken up elsewhere with its threats, their numbers and authors, and its verdicts', async () => {
    const moderator = person();
    const { id } = await moderator.start();
    const of = (session: string, what: string) => moderator.json(`/api/sessions/${session}/${what}`);
    await send(`/api/sessions/${id}/import`, { body: text(), cookie: moderator.cookie });
    const exported = await moderator.fetch(`/api/sessions/${id}/export/strideboard`);
    expect(exported.headers.get('content-type')).toBe('application/zip');
    expect(exported.headers.get('content-disposition')).toContain('filename="Sensor.strideboard"');
    const { answer } = await imported(new Uint8Array(await exported.arrayBuffer()));
    expect(answer).toMatchObject({ format: 'strideboard', title: 'Sensor', skipped: [] });
    const guest = person();
    await guest.join(answer.invites.moderator, 'M');
    for (const what of ['model', 'threats']) {
      expect(await guest.json(`/api/sessions/${answer.id}/${what}`)).toEqual(await of(id, what));
    }
  });
  it('brings its model into a session that is there, and says what it does not bring', async () => {
    const { moderator, answer } = await imported();
    const exported = await moderator.fetch(`/api/sessions/${answer.id}/export/strideboard`);
    const response = await send(`/api/sessions/${answer.id}/import`, {
      body: new Uint8Array(await exported.arrayBuffer()),
      cookie: moderator.cookie,
    });
    expect(await response.json()).toMatchObject({
      ...{ format: 'strideboard', changes: { added: [], changed: [], missing: [] } },
      skipped: [{ what: 'verdicts, authors and numbers' }],
    });
  });
});

it('tells meanwhile how much of a file without places is laid out', async () => {
  const names = Array.from({ length: 12 }, (_, b) => `zone${b}`);
  const elements = names.flatMap(zone =>
    Array.from({ length: 30 }, (_, i) => element(`${zone}-${i}`, { boundary: zone })),
  );
  const flows = elements.slice(1).map(({ id }, i) => ({
    ...{ id: `f${i}`, name: 'Data', source: { element: elements[i]!.id }, target: { element: id } },
  }));
  const boundaries = names.map(id => ({ id, name: id }));
  const body = text({ diagrams: [{ id: 'main', title: '', elements, flows, boundaries }], threats: [] });
  const id = 'progress-of-this-file';
  const ask = () => fetch(`${server.url}/api/imports/${id}`);
  const answered = send(`/api/sessions/import?progress=${id}`, { body });
  const told: { done: number; of: number }[] = [];
  for (let open = true; open; ) {
    const answer = await ask();
    if (answer.ok) told.push((await answer.json()) as (typeof told)[number]);
    open = await Promise.race([answered.then(() => false), sleep(5, true)]);
  }
  expect((await answered).status).toBe(201);
  const known = told.filter(({ of }) => of > 0);
  expect(known.length).toBeGreaterThan(0);
  expect(new Set(known.map(({ of }) => of))).toEqual(new Set([names.length + 1]));
  const done = told.map(progress => progress.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect((await ask()).status).toBe(404);
});

it('X3 everybody else is served while a large file is read', async () => {
  const threats = Array.from({ length: 9_000 }, (_, i) => ({
    ...{ id: `t${i}`, title: `Threat ${i}`, target: 'ble', description: 'Why. '.repeat(480) },
  }));
  const body = new TextEncoder().encode(text({ threats }));
  expect(body.length).toBeGreaterThan(20 * 1024 * 1024);
  let [last, longest] = [performance.now(), 0];
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const response = await send('/api/sessions/import', { body });
  clearInterval(beat);
  expect([response.status, ((await response.json()) as Answer).counts]).toEqual([
    201,
    expect.objectContaining({ threats: 9_000 }),
  ]);
  // Reading it takes seconds. Other tests share the machine, and this one sends from the same thread; alone it is under 100 ms.
  expect(longest).toBeLessThan(1_500);
});
