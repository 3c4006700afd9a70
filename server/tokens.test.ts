import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';

let server: TestServer;
let owner: Person;
let sessionId: string;
/** No cookies: only what each request carries. */
let program: Person;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = new Person(server.url);
  ({ id: sessionId } = await owner.start());
  program = new Person(server.url);
  ({ token } = await owner.json('/api/tokens', { body: { name: 'CI' } }));
});
afterAll(() => server.close());

const as = (bearer: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${bearer}`, ...more },
});
const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()) });

describe('E6 an API token', () => {
  it('acts as its owner, under both addresses', async () => {
    for (const base of ['/api', '/api/v1']) {
      const found = await program.json(`${base}/sessions/${sessionId}`, as(token));
      expect(found).toMatchObject({ id: sessionId, role: 'moderator', me: { name: 'Mo' } });
      expect(await program.json(`${base}/sessions`, as(token))).toHaveLength(1);
    }
  });
  it('starts sessions for its owner, without a cookie', async () => {
    const response = await program.fetch('/api/sessions', { body: { title: 'By program' }, ...as(token) });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual([]);
    const { id } = await response.json();
    expect(await owner.json(`/api/sessions/${id}`)).toMatchObject({ role: 'moderator' });
  });
  it('counts before the cookie beside it', async () => {
    const other = new Person(server.url);
    await other.start();
    expect((await other.fetch(`/api/sessions/${sessionId}`)).status).toBe(404);
    expect((await other.fetch(`/api/sessions/${sessionId}`, as(token))).status).toBe(200);
    expect((await other.fetch('/api/sessions', as('sbt_forged'))).status).toBe(401);
  });
  it('is bound to no origin, which a cookie is', async () => {
    const origin = 'https://ci.example';
    const start = { body: { title: 'T' } };
    expect((await program.fetch('/api/sessions', { ...start, ...as(token, { origin }) })).status).toBe(201);
    expect(
      await errorOf(await owner.fetch('/api/sessions', { ...start, headers: { origin } })),
    ).toMatchObject({
      status: 403,
      error: { code: 'foreign_origin' },
    });
    const basic = { authorization: 'Basic eDp5', origin };
    expect((await owner.fetch('/api/sessions', { ...start, headers: basic })).status).toBe(403);
  });
  it('opens the socket', async () => {
    const address = `${server.url.replace('http', 'ws')}/sync/${sessionId}`;
    const closed = (bearer: string) =>
      new Promise<number>(resolve => {
        const socket = new WebSocket(address, as(bearer));
        socket.on('message', () => socket.close(1000));
        socket.on('close', resolve);
      });
    expect(await closed(token)).toBe(1000);
    expect(await closed('sbt_forged')).toBe(4401);
  });
  it.each(['sbt_forged', '', 'null'])('%j is refused on every route', async forged => {
    for (const [path, init] of [
      ['/api/sessions', {}],
      ['/api/sessions', { body: { title: 'T' } }],
      [`/api/sessions/${sessionId}/model`, {}],
      ['/api/tokens', {}],
      ['/api/join', { body: { token: 'x', name: 'X' } }],
    ] as const) {
      const response = await owner.fetch(path, { ...init, ...as(forged) });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await errorOf(response)).toMatchObject({ status: 401, error: { code: 'not_signed_in' } });
    }
  });
  it('works no more once it is revoked', async () => {
    const made = await owner.json('/api/tokens', { body: { name: 'short-lived' } });
    expect((await program.fetch('/api/sessions', as(made.token))).status).toBe(200);
    const stranger = new Person(server.url);
    await stranger.start();
    const path = `/api/tokens/${made.id}`;
    expect((await stranger.fetch(path, { method: 'DELETE' })).status).toBe(404);
    expect((await owner.fetch(path, { method: 'DELETE' })).status).toBe(204);
    expect((await program.fetch('/api/sessions', as(made.token))).status).toBe(401);
    expect((await owner.fetch(path, { method: 'DELETE' })).status).toBe(404);
  });
  it('makes no tokens, but lists and revokes', async () => {
    const refused = await program.fetch('/api/tokens', { body: { name: 'more' }, ...as(token) });
    expect(await errorOf(refused)).toMatchObject({ status: 403, error: { code: 'forbidden' } });
    const made = await owner.json('/api/tokens', { body: { name: 'to be revoked' } });
    const gone = await program.fetch(`/api/tokens/${made.id}`, { method: 'DELETE', ...as(made.token) });
    expect(gone.status).toBe(204);
  });
  it('is shown once: lists don’t have it', async () => {
    const list = await owner.json('/api/tokens');
    expect(list).toEqual([{ id: expect.any(String), name: 'CI', createdAt: expect.any(String) }]);
    expect((await new Person(server.url).fetch('/api/tokens')).status).toBe(401);
  });
  it('is one of 50 at the most', async () => {
    const eager = new Person(server.url);
    for (let i = 0; i < 50; i++) await eager.json('/api/tokens', { body: { name: `${i}` } });
    const response = await eager.fetch('/api/tokens', { body: { name: 'one more' } });
    expect(await errorOf(response)).toMatchObject({
      status: 403,
      error: { message: expect.stringMatching(/50/) },
    });
  });
});

describe('version 1', () => {
  it('has every route of the API, better-auth’s too', async () => {
    expect(await owner.json('/api/v1/auth/get-session')).toMatchObject({ user: { isAnonymous: true } });
    expect((await owner.fetch('/api/v1/openapi.json')).status).toBe(200);
    expect((await owner.fetch('/api/v1/v1/sessions')).status).toBe(404);
    expect((await owner.fetch('/api/v10/sessions')).status).toBe(404);
    expect((await owner.fetch('/api/v1')).status).toBe(404);
  });
  it('is guarded as the other address is', async () => {
    const response = await owner.fetch('/api/v1/sessions', {
      body: { title: 'T' },
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
