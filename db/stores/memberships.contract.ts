import { expect, test } from 'vitest';
import { ROLES, strongerRole } from '#shared/document/roles.ts';
import type { Database } from '../open.ts';
import { addSession, addUser } from '../testing/fixtures.ts';

export function membershipsContract(open: () => Database): void {
  const pairs = ROLES.flatMap(first => ROLES.map(second => ({ first, second })));

  test.each(pairs)(
    'who is $first and joins as $second keeps the stronger role',
    async ({ first, second }) => {
      const member = { sessionId: await addSession(open()), userId: await addUser(open()), name: 'Bob' };
      await open().memberships.join({ ...member, role: first });
      const joined = await open().memberships.join({ ...member, role: second });
      expect(joined!.role).toBe(strongerRole(first, second));
      expect(await open().memberships.find(member.sessionId, member.userId)).toEqual(joined);
    },
  );

  test('who joins again goes by the new name from the old date', async () => {
    const member = {
      sessionId: await addSession(open()),
      userId: await addUser(open()),
      role: 'observer' as const,
    };
    const { joinedAt } = (await open().memberships.join({ ...member, name: 'Bob' }))!;
    expect(await open().memberships.join({ ...member, name: 'Robert' })).toMatchObject({
      name: 'Robert',
      joinedAt,
    });
  });

  test('who opens two links at once gets the stronger role', async () => {
    const member = { sessionId: await addSession(open()), userId: await addUser(open()), name: 'Bob' };
    await Promise.all(ROLES.map(role => open().memberships.join({ ...member, role })));
    expect((await open().memberships.find(member.sessionId, member.userId))!.role).toBe('moderator');
  });

  test('who is no member is null', async () => {
    expect(await open().memberships.find(await addSession(open()), 'nobody')).toBeNull();
  });

  test('who was removed is no member, and no link brings them back; the others stay', async () => {
    const sessionId = await addSession(open());
    const userId = await addUser(open());
    const member = { sessionId, userId, role: 'participant' as const, name: 'Bob' };
    await open().memberships.join(member);
    expect(await open().memberships.wasRemoved(sessionId, userId)).toBe(false);
    expect(await open().memberships.remove(sessionId, userId)).toBe('done');
    expect(await open().memberships.remove(sessionId, userId)).toBe('absent');
    expect(await open().memberships.wasRemoved(sessionId, userId)).toBe(true);
    expect(await open().memberships.join({ ...member, role: 'moderator' })).toBeNull();
    expect(await open().memberships.find(sessionId, userId)).toBeNull();
    expect(await open().sessions.listFor(userId)).toEqual([]);
    expect((await open().memberships.list(sessionId)).map(({ name }) => name)).toEqual(['Ada']);
  });

  test.each(pairs)(
    'who was made $first by a moderator stays that, whatever link they open: $second',
    async ({ first, second }) => {
      const member = { sessionId: await addSession(open()), userId: await addUser(open()), name: 'Bob' };
      await open().memberships.join({ ...member, role: 'participant' });
      await open().memberships.setRole(member.sessionId, member.userId, first);
      expect((await open().memberships.join({ ...member, role: second }))!.role).toBe(first);
    },
  );

  test('of two moderators who take the role from each other at once, one is left', async () => {
    const first = await addUser(open());
    const sessionId = await addSession(open(), { createdBy: first });
    const second = await addUser(open());
    await open().memberships.join({ sessionId, userId: second, role: 'moderator', name: 'Bob' });
    const done = await Promise.all([
      open().memberships.setRole(sessionId, first, 'observer'),
      open().memberships.remove(sessionId, second),
    ]);
    expect(done.sort()).toEqual(['done', 'last']);
    const roles = (await open().memberships.list(sessionId)).map(({ role }) => role);
    expect(roles.filter(role => role === 'moderator')).toHaveLength(1);
    expect(await open().memberships.setRole(sessionId, 'nobody', 'observer')).toBe('absent');
  });

  test('members are listed in the order they joined', async () => {
    const sessionId = await addSession(open());
    for (const name of ['Bob', 'Cleo']) {
      await open().memberships.join({ sessionId, userId: await addUser(open()), role: 'participant', name });
    }
    const names = (await open().memberships.list(sessionId)).map(({ name }) => name);
    expect(names).toEqual(['Ada', 'Bob', 'Cleo']);
  });
}
