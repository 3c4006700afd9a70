/** ETags and pages of lists. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
let person: Person;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  person = new Person(server.url);
  const { id } = await person.start();
  base = `/api/v1/sessions/${id}`;
  for (let i = 1; i <= 7; i++) await person.json(`${base}/threats`, { body: { title: `Threat ${i}` } });
});
afterAll(() => server.close());

const nextOf = (response: Response) => response.headers.get('link')?.match(/^<(.+)>; rel="next"$/)?.[1];

describe('a list', () => {
  const walk = async (path: string) => {
    const pages: { title: string }[][] = [];
    for (let at: string | undefined = path; at; ) {
      const response: Response = await person.fetch(at);
      pages.push(await response.json());
      at = nextOf(response);
    }
    return pages;
  };
  it('comes whole, or in pages that make up the whole', async () => {
    const whole = await person.fetch(`${base}/threats`);
    expect(nextOf(whole)).toBeUndefined();
    const threats = await whole.json();
    const pages = await walk(`${base}/threats?limit=3`);
    expect(pages.map(page => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(threats);
    expect((await walk(`${base}/threats?limit=7`)).map(page => page.length)).toEqual([7]);
  });
  it.each(['elements', 'flows', 'boundaries', 'pages', 'notes', 'suggestions', 'matrix', 'members'])(
    'of %s has pages, too',
    async path => {
      const whole = await person.json(`${base}/${path}`);
      expect((await walk(`${base}/${path}?limit=1`)).flat()).toEqual(whole);
    },
  );
  it('of sessions has pages, too', async () => {
    await person.start({ title: 'Another' });
    const pages = await walk('/api/sessions?limit=1');
    expect(pages.flat().map(({ title }) => title)).toEqual(['Another', 'Sensor']);
  });
  it('H4 misses nothing and repeats nothing when what a page ended with is gone', async () => {
    const first = await person.fetch(`${base}/threats?limit=3`);
    const seen = await first.json();
    await person.fetch(`${base}/threats/${seen[2].id}`, { method: 'DELETE' });
    const rest = await person.json(nextOf(first)!);
    expect(rest.map(({ title }: { title: string }) => title)).toEqual(['Threat 4', 'Threat 5', 'Threat 6']);
    await person.fetch(`${base}/threats/${seen[0].id}`, { method: 'DELETE' });
  });
  it.each(['limit=0', 'limit=10001', 'limit=few', 'cursor=forged', 'cursor=W10'])(
    'refuses %s',
    async query => {
      const response = await person.fetch(`${base}/threats?${query}`);
      expect(response.status).toBe(400);
      expect((await response.json()).error.message).toMatch(/limit|cursor/);
    },
  );
});

describe('an ETag', () => {
  const tagOf = async (path: string) => (await person.fetch(`${base}${path}`)).headers.get('etag')!;
  const PATHS = [
    '',
    '/model',
    '/matrix',
    '/threats',
    '/suggestions',
    '/elements',
    '/pages',
    '/members',
    '/invites',
  ];
  it.each(PATHS)('is on GET %s, and answers 304 to who has it', async path => {
    const etag = await tagOf(path);
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const same = await person.fetch(`${base}${path}`, { headers: { 'if-none-match': tags } });
      expect([same.status, same.headers.get('etag'), await same.text()]).toEqual([304, etag, '']);
    }
    const other = await person.fetch(`${base}${path}`, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });
  it('is another once the content is, and the same once that is back', async () => {
    const { id } = await person.json(`${base}/elements`, { body: { kind: 'process', name: 'A' } });
    const rename = async (name: string) =>
      (await person.fetch(`${base}/elements/${id}`, { method: 'PATCH', body: { name } })).headers.get('etag');
    const [a, b, again] = [await tagOf(`/elements/${id}`), await rename('B'), await rename('A')];
    expect(b).not.toBe(a);
    expect(again).toBe(a);
  });
  it('that is stale lets nothing be overwritten or removed', async () => {
    const made = await person.fetch(`${base}/elements`, { body: { kind: 'process', name: 'A' } });
    const { id } = await made.json();
    const stale = made.headers.get('etag')!;
    expect(await tagOf(`/elements/${id}`)).toBe(stale);
    const send = (method: string, etag: string, body?: object) =>
      person.fetch(`${base}/elements/${id}`, {
        method,
        ...(body && { body }),
        headers: { 'if-match': etag },
      });
    const changed = await send('PATCH', stale, { name: 'B' });
    expect(changed.status).toBe(200);
    const refused = await send('PATCH', stale, { name: 'C' });
    expect([refused.status, (await refused.json()).error.code]).toEqual([412, 'precondition_failed']);
    expect((await send('DELETE', stale)).status).toBe(412);
    expect((await send('DELETE', `W/${changed.headers.get('etag')}`)).status).toBe(412);
    expect((await person.json(`${base}/elements/${id}`)).name).toBe('B');
    expect((await send('DELETE', `"x", ${changed.headers.get('etag')}`)).status).toBe(204);
  });
  it('H2 lets one of several who change the same at once through', async () => {
    const made = await person.fetch(`${base}/threats`, { body: { title: 'Contested' } });
    const { id } = await made.json();
    const headers = { 'if-match': made.headers.get('etag')! };
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        person.fetch(`${base}/threats/${id}`, { method: 'PATCH', body: { title: `${i}` }, headers }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });
  it('of a list and of a session are held against what is written into them', async () => {
    const headers = { 'if-match': await tagOf('/pages') };
    expect((await person.fetch(`${base}/pages`, { body: { name: 'One' }, headers })).status).toBe(201);
    expect((await person.fetch(`${base}/pages`, { body: { name: 'Two' }, headers })).status).toBe(412);
    const session = { method: 'PATCH', body: { scope: 'S' }, headers: { 'if-match': await tagOf('') } };
    expect((await person.fetch(base, session)).status).toBe(200);
    expect((await person.fetch(base, session)).status).toBe(412);
  });
});
