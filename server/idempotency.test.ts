import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
let person: Person;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  person = new Person(server.url);
  const { id } = await person.start({ template: 'blank' });
  base = `/api/v1/sessions/${id}`;
});
afterAll(() => server.close());

const post = (path: string, key: string, body: unknown, who = person) =>
  who.fetch(path, { body, headers: { 'idempotency-key': key } });
const codeOf = async (response: Response) => [response.status, (await response.json()).error?.code];
const threats = async () => (await person.json(`${base}/threats`)).length;

describe('H3 a repeated POST with an Idempotency-Key', () => {
  it('changes nothing twice and is answered as the first was, under both addresses', async () => {
    const before = await threats();
    const first = await post(`${base}/threats`, 'a', { title: 'Once' });
    const made = await first.text();
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    for (const path of [base, base.replace('/v1', '')]) {
      const again = await post(`${path}/threats`, 'a', { title: 'Once' });
      expect([again.status, await again.text()]).toEqual([201, made]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      for (const name of ['etag', 'location', 'content-type']) {
        expect(again.headers.get(name)).toBe(first.headers.get(name));
      }
    }
    expect(await threats()).toBe(before + 1);
  });
  it('starts one session', async () => {
    const [first, again] = [
      await post('/api/sessions', 'start', { title: 'Once' }),
      await post('/api/sessions', 'start', { title: 'Once' }),
    ];
    expect((await again.json()).id).toBe((await first.json()).id);
  });
  it('with another body or for another address is refused', async () => {
    await post(`${base}/threats`, 'b', { title: 'One' });
    for (const [path, body] of [
      [`${base}/threats`, { title: 'Other' }],
      [`${base}/pages`, { title: 'One' }],
    ] as const) {
      expect(await codeOf(await post(path, 'b', body))).toEqual([422, 'idempotency_conflict']);
    }
  });
  it('while the first is being worked on is told so, and one change is made', async () => {
    const before = await threats();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post(`${base}/threats`, 'c', { title: 'Racing' })),
    );
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(
      answers.filter(({ headers, status }) => status === 201 && !headers.has('idempotency-replayed')),
    ).toHaveLength(1);
    expect(await threats()).toBe(before + 1);
  });
  it('that was refused may be tried again under the same key', async () => {
    expect(await codeOf(await post(`${base}/elements`, 'd', { kind: 'rocket' }))).toEqual([
      400,
      'invalid_request',
    ]);
    expect((await post(`${base}/elements`, 'd', { kind: 'process' })).status).toBe(201);
  });
  it('is another person’s own under the same key', async () => {
    const other = new Person(server.url);
    await other.start();
    await post('/api/sessions', 'e', { title: 'Mine' });
    const theirs = await post('/api/sessions', 'e', { title: 'Theirs' }, other);
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });
  it('needs a caller and a key', async () => {
    const stranger = new Person(server.url);
    expect(await codeOf(await post('/api/sessions', 'f', { title: 'T' }, stranger))).toEqual([
      401,
      'not_signed_in',
    ]);
    for (const key of ['""', 'a b', 'x'.repeat(256)]) {
      expect(await codeOf(await post('/api/sessions', key, { title: 'T' }))).toEqual([
        400,
        'invalid_request',
      ]);
    }
    const quoted = await post('/api/sessions', '"start"', { title: 'Once' });
    expect(quoted.headers.get('idempotency-replayed')).toBe('true');
  });
});
