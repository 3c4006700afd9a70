import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '../open.ts';
import { addSession } from '../testing/fixtures.ts';

export function invitesContract(open: () => Database): void {
  const withLinks = async () => {
    const links = { moderator: randomUUID(), participant: randomUUID() };
    const invites = [
      { role: 'participant' as const, token: links.participant },
      { role: 'moderator' as const, token: links.moderator },
    ];
    return { id: await addSession(open(), { invites }), links };
  };
  const tokens = async (id: string) => (await open().invites.list(id)).map(({ token }) => token);

  test('links are listed strongest role first', async () => {
    const { id, links } = await withLinks();
    expect(await tokens(id)).toEqual([links.moderator, links.participant]);
  });

  test('a token leads to its session and role, an unknown one to null', async () => {
    const { id, links } = await withLinks();
    expect(await open().invites.findByToken(links.participant)).toMatchObject({
      sessionId: id,
      role: 'participant',
    });
    expect(await open().invites.findByToken('unknown')).toBeNull();
  });

  test('a replaced link stops working, and its successor works', async () => {
    const { id, links } = await withLinks();
    const token = randomUUID();
    await open().invites.replace(id, 'participant', token);
    expect(await open().invites.findByToken(links.participant)).toBeNull();
    expect(await tokens(id)).toEqual([links.moderator, token]);
  });

  test('a revoked link stops working, and its role can get a new one', async () => {
    const { id, links } = await withLinks();
    await open().invites.revoke(id, 'participant');
    expect(await open().invites.findByToken(links.participant)).toBeNull();
    const token = randomUUID();
    await open().invites.replace(id, 'participant', token);
    expect(await tokens(id)).toEqual([links.moderator, token]);
  });
}
