import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import type { Role } from '#shared/document/roles.ts';

let server: TestServer;
let sessionId: string;
let invites: Record<Role, string>;
const people = {} as Record<Role | 'stranger', Person>;

beforeAll(async () => {
  server = await startTestServer();
  people.moderator = new Person(server.url);
  ({ id: sessionId, invites } = await people.moderator.start());
  for (const role of ['participant', 'observer'] as const) {
    people[role] = new Person(server.url);
    await people[role].join(invites[role], role);
  }
  people.stranger = new Person(server.url);
});
afterAll(() => server.close());

const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()) });

describe('E3 every route of a session, for every role', () => {
  const MEMBERS = { moderator: 200, participant: 200, observer: 200, stranger: 404 };
  const MODERATORS = { moderator: 200, participant: 403, observer: 403, stranger: 404 };
  const ROUTES: [string, string, Record<Role | 'stranger', number>][] = [
    ['GET', '', MEMBERS],
    ['POST', '/ticket', MEMBERS],
    ['GET', '/model', MEMBERS],
    ['GET', '/suggestions', MEMBERS],
    ['GET', '/threats', MEMBERS],
    ['GET', '/matrix', MEMBERS],
    ['GET', '/export/json', MEMBERS],
    ['GET', '/invites', MODERATORS],
    ['PUT', '/invites/observer', MODERATORS],
    ['DELETE', '/invites/observer', MODERATORS],
  ];
  it.each(ROUTES)('%s %s', async (method, path, expected) => {
    for (const [who, status] of Object.entries(expected)) {
      const response = await people[who as Role].fetch(`/api/sessions/${sessionId}${path}`, { method });
      expect([who, response.status]).toEqual([who, status]);
    }
  });
  it('a stranger can’t tell a session that exists from one that does not', async () => {
    const there = await errorOf(await people.stranger.fetch(`/api/sessions/${sessionId}/model`));
    const nowhere = await errorOf(await people.stranger.fetch('/api/sessions/nowhere/model'));
    expect(there).toEqual(nowhere);
  });
});

describe('a session', () => {
  it('is listed for who is in it, newest first, with the role', async () => {
    const person = new Person(server.url);
    await person.start({ title: 'First' });
    await person.start({ title: 'Second' });
    await person.join(invites.participant, 'P');
    const list = await person.json('/api/sessions');
    expect(list.map(({ title, role }: { title: string; role: Role }) => [title, role])).toEqual([
      ['Second', 'moderator'],
      ['First', 'moderator'],
      ['Sensor', 'participant'],
    ]);
    expect(await people.stranger.json('/api/sessions')).toEqual([]);
  });
  it('starts from the template with its crossings found and suggested on', async () => {
    const model = await people.moderator.json(`/api/sessions/${sessionId}/model`);
    expect([model.elements.length, model.flows.length, model.boundaries.length, model.findings]).toEqual([
      6,
      6,
      5,
      [],
    ]);
    const suggestions = await people.moderator.json(`/api/sessions/${sessionId}/suggestions`);
    expect(suggestions.length).toBeGreaterThan(20);
    const rows = await people.moderator.json(`/api/sessions/${sessionId}/matrix`);
    expect(rows).toHaveLength(5);
    expect(rows[0].cells).toEqual({ S: [], T: [], R: [], I: [], D: [], E: [] });
    expect(rows[0].open.S).toBeGreaterThan(0);
  });
  it('knows who asks', async () => {
    expect(await people.observer.json(`/api/sessions/${sessionId}`)).toMatchObject({
      role: 'observer',
      me: { name: 'observer' },
    });
  });
  it('has a cookie that scripts and other sites can’t use', async () => {
    const response = await new Person(server.url).fetch('/api/sessions', { body: { title: 'T' } });
    expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
  });
});

describe('E2 an invitation', () => {
  it('says what it is for before a name is asked', async () => {
    const { invites: links } = await new Person(server.url).start({ title: 'Pump' });
    expect(await people.stranger.json('/api/invitation', { body: { token: links.participant } })).toEqual({
      title: 'Pump',
      role: 'participant',
    });
  });
  it('that is forged, revoked or replaced opens nothing', async () => {
    const moderator = new Person(server.url);
    const { id, invites: links } = await moderator.start();
    const { observer } = await moderator.json(`/api/sessions/${id}/invites/observer`, { method: 'PUT' });
    const { participant } = await moderator.json(`/api/sessions/${id}/invites/participant`, {
      method: 'DELETE',
    });
    expect(participant).toBeNull();
    for (const token of ['forged', links.observer, links.participant]) {
      for (const path of ['/api/join', '/api/invitation']) {
        const response = await new Person(server.url).fetch(path, { body: { token, name: 'X' } });
        expect(await errorOf(response)).toMatchObject({ status: 404, error: { code: 'invalid_invitation' } });
      }
    }
    expect((await new Person(server.url).join(observer, 'X')).role).toBe('observer');
  });
  it('of a weaker role takes nothing away', async () => {
    const person = new Person(server.url);
    await person.join(invites.participant, 'P');
    const { observer } = await people.moderator.json(`/api/sessions/${sessionId}/invites/observer`, {
      method: 'PUT',
    });
    expect((await person.join(observer, 'P')).role).toBe('participant');
  });
});

describe('E1 bad input is told what is wrong with it', () => {
  const BAD: [string, unknown, number, string, RegExp][] = [
    ['a title of 10,000 characters', { title: 'x'.repeat(10_000) }, 400, 'invalid_request', /title/],
    ['an empty title', { title: '  ' }, 400, 'invalid_request', /title/],
    ['no title', {}, 400, 'invalid_request', /title/],
    ['an unknown template', { title: 'T', template: 'rocket' }, 400, 'invalid_request', /template/],
    ['an unknown method', { title: 'T', method: 'guess' }, 400, 'invalid_request', /method/],
    ['a body that is no JSON', '{"title":', 400, 'invalid_request', /./],
    ['a body of two megabytes', { title: 'x'.repeat(2_000_000) }, 413, 'too_large', /./],
  ];
  it.each(BAD)('%s', async (_, body, status, code, message) => {
    const response = await people.moderator.fetch('/api/sessions', { body });
    const answer = await errorOf(response);
    expect(answer).toMatchObject({ status, error: { code } });
    expect(answer.error.message).toMatch(message);
  });
  it('an unknown route and an unknown page', async () => {
    expect(await errorOf(await people.moderator.fetch('/api/nothing'))).toMatchObject({
      status: 404,
      error: { code: 'not_found' },
    });
    expect((await people.moderator.fetch('/nothing')).status).toBe(404);
  });
  it('E4 a page of another origin', async () => {
    const headers = { origin: 'https://evil.example' };
    const response = await people.moderator.fetch('/api/sessions', { body: { title: 'T' }, headers });
    expect(await errorOf(response)).toMatchObject({ status: 403, error: { code: 'foreign_origin' } });
    expect(
      (
        await people.moderator.fetch('/api/sessions', {
          body: { title: 'T' },
          headers: { origin: server.url },
        })
      ).status,
    ).toBe(201);
  });
});

describe('whoever watches the server', () => {
  it('finds health, readiness and metrics', async () => {
    expect(await people.stranger.json('/healthz')).toEqual({ status: 'ok' });
    expect(await people.stranger.json('/readyz')).toEqual({ status: 'ok' });
    expect(await (await people.stranger.fetch('/metrics')).text()).toMatch(/strideboard_rooms \d/);
  });
  it('finds the routes described in OpenAPI, with their errors', async () => {
    const { openapi, paths } = await people.stranger.json('/api/openapi.json');
    expect(openapi).toBe('3.1.0');
    expect(paths['/api/join'].post.summary).toBeTruthy();
    const statuses = Object.keys(paths['/api/join'].post.responses);
    expect(statuses.sort()).toEqual(['200', '400', '401', '403', '404', '413', '429', '500', '503']);
  });
});
