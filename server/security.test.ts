import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Directory, freshDirectory } from '#db/testing/directories.ts';
import { Person } from '#infra/testing/server.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { type RunningServer, startServer } from './start.ts';

let server: RunningServer;
let directory: Directory;
const lines: string[] = [];

beforeAll(async () => {
  directory = await freshDirectory();
  server = await startServer(
    readConfig({ PORT: '0', DATA_DIR: directory.dataDir, PUBLIC_URL: 'http://pump.example' }),
    {
      log: createLog('debug', { write: line => lines.push(line) }),
      guesses: { points: 3 },
    },
  );
});
afterAll(async () => {
  await server.close();
  await directory.remove();
});

const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()) });
const someone = () => new Person(server.url);

describe('a login', () => {
  const cookieOf = async (headers: Record<string, string>) => {
    const response = await someone().fetch('/api/sessions', { body: { title: 'T' }, headers });
    return response.headers.getSetCookie();
  };
  it('is one cookie that scripts and other sites can’t use, and lasts', async () => {
    const cookies = await cookieOf({});
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^strideboard\.session_token=.*Max-Age=31536000;.*HttpOnly; SameSite=Lax$/);
  });
  it('is for https alone when it was made over https', async () => {
    expect(await cookieOf({ 'x-forwarded-proto': 'https' })).toEqual([expect.stringMatching(/; Secure$/)]);
    expect(await cookieOf({ 'x-forwarded-proto': 'http' })).toEqual([expect.not.stringMatching(/Secure/)]);
  });
  it('can be ended, from a page under whatever name the server has', async () => {
    const person = someone();
    await person.start();
    const { port } = new URL(server.url);
    const headers = { origin: `http://${new URL(server.url).hostname}:${port}` };
    expect(await person.json('/api/auth/sign-out', { body: {}, headers })).toEqual({ success: true });
    expect(await person.json('/api/sessions')).toEqual([]);
  });
  it('that is forged is none', async () => {
    const headers = { cookie: 'strideboard.session_token=x.y' };
    expect(await someone().json('/api/sessions', { headers })).toEqual([]);
  });
  it('belongs to one browser: another one is somebody else', async () => {
    const [ana, ben] = [someone(), someone()];
    const { id } = await ana.start();
    await ben.start();
    expect((await ben.json('/api/sessions')).map((session: { id: string }) => session.id)).not.toContain(id);
  });
  it('can’t take the memberships of its user away', async () => {
    const person = someone();
    const { id } = await person.start();
    const headers = { origin: server.url };
    const refused = await person.fetch('/api/auth/delete-anonymous-user', { body: {}, headers });
    expect(await errorOf(refused)).toMatchObject({ status: 400, error: { code: 'invalid_request' } });
    expect((await person.json(`/api/sessions/${id}`)).role).toBe('moderator');
  });
});

describe('better-auth’s own routes', () => {
  it('E4 refuse a foreign page', async () => {
    const headers = { origin: 'https://evil.example' };
    const response = await someone().fetch('/api/auth/sign-in/anonymous', { body: {}, headers });
    expect(await errorOf(response)).toMatchObject({ status: 403, error: { code: 'foreign_origin' } });
  });
  it('answer errors in the form of this API', async () => {
    expect(await errorOf(await someone().fetch('/api/auth/nothing'))).toMatchObject({
      status: 404,
      error: { code: 'not_found' },
    });
  });
  it('count by the address that the proxy wrote, not by what the sender wrote before it', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const headers = { 'x-forwarded-for': `10.0.0.${i}, 192.0.2.7` };
      statuses.push((await someone().fetch('/api/auth/sign-in/anonymous', { body: {}, headers })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });
});

describe('guessing invitations', () => {
  it('is stopped after a few, for this address alone, and right ones don’t count', async () => {
    const { invites } = await someone().start();
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const join = (token: string, address: string) =>
      someone().fetch('/api/join', { body: { token, name: 'X' }, headers: from(address) });
    for (let i = 0; i < 10; i++) expect((await join(invites.observer, '192.0.2.1')).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await join('wrong', '192.0.2.1')).status).toBe(404);
    expect(await errorOf(await join('wrong', '192.0.2.1'))).toMatchObject({
      status: 429,
      error: { code: 'too_many_requests', message: expect.stringMatching(/^Too many .* in \d+ s\.$/) },
    });
    expect((await join('wrong', '192.0.2.2')).status).toBe(404);
  });
});

describe('E1 what can’t be stored', () => {
  it('is refused in words, wherever it stands', async () => {
    const person = someone();
    const { id, invites } = await person.start();
    for (const [path, body] of [
      ['/api/sessions', { title: 'a\u0000b' }],
      ['/api/join', { token: 'a\u0000b', name: 'X' }],
      ['/api/join', { token: invites.observer, name: 'a\u0000b' }],
    ] as const)
      expect(await errorOf(await person.fetch(path, { body }))).toMatchObject({
        status: 400,
        error: { code: 'invalid_request', message: expect.stringContaining('NUL') },
      });
    for (const path of [`/api/sessions/${id}%00/model`, '/api/sessions/%00', '/%00']) {
      expect(await errorOf(await person.fetch(path))).toMatchObject({
        status: 404,
        error: { code: 'not_found' },
      });
    }
  });
  it('a body that is not said to be JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const response = await someone().fetch('/api/sessions', { body: { title: 'T' }, headers });
    expect(await errorOf(response)).toMatchObject({
      status: 400,
      error: { code: 'invalid_request', message: expect.stringContaining('content-type: application/json') },
    });
  });
  it('an invitation for a role that there is not', async () => {
    const person = someone();
    const { id } = await person.start();
    const response = await person.fetch(`/api/sessions/${id}/invites/king`, { method: 'PUT' });
    expect(await errorOf(response)).toMatchObject({
      status: 400,
      error: { code: 'invalid_request', message: 'role must be one of moderator, participant, observer.' },
    });
  });
});

describe('every answer', () => {
  it('has an id, and keeps the one of a proxy', async () => {
    expect((await someone().fetch('/healthz')).headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    const headers = { 'x-request-id': 'proxy-7' };
    expect((await someone().fetch('/api/sessions', { headers })).headers.get('x-request-id')).toBe('proxy-7');
  });
  it('of the API is stored nowhere', async () => {
    for (const path of ['/api/sessions', '/api/nothing'])
      expect((await someone().fetch(path)).headers.get('cache-control')).toBe('no-store');
  });
  it('lets a page load from here alone', async () => {
    const { headers } = await someone().fetch('/');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self';/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('strict-transport-security')).toBe(false);
  });
});

it('the log holds nothing that people wrote', async () => {
  const { invites } = await someone().start({ title: 'Secret pump', name: 'Ana Secret' });
  const log = lines.join('');
  for (const text of ['Secret', invites.moderator, 'a\\u0000b']) expect(log).not.toContain(text);
});
