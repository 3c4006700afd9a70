import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Database } from '../open.ts';
import { invites, memberships, user, workshopSessions } from '../schema.ts';
import { addSession, addUser, bytes } from '../testing/fixtures.ts';

export function sessionsContract(open: () => Database): void {
  test('a created session is found with its moderator, its links and its document', async () => {
    const createdBy = await addUser(open());
    const id = await addSession(open(), {
      title: 'Wearable sensor',
      method: 'stride-lm',
      createdBy,
      moderatorName: 'Grace',
      invites: [{ role: 'observer', token: `token ${createdBy}` }],
      firstUpdate: bytes('seed'),
    });
    expect(await open().sessions.find(id)).toEqual({
      id,
      title: 'Wearable sensor',
      method: 'stride-lm',
      createdBy,
      createdAt: expect.any(Date),
    });
    expect(await open().memberships.find(id, createdBy)).toMatchObject({ role: 'moderator', name: 'Grace' });
    expect(await open().invites.findByToken(`token ${createdBy}`)).toMatchObject({ sessionId: id });
    expect((await open().documents.load(id))!.updates).toEqual([bytes('seed')]);
  });

  test('a document that comes in parts is stored as the log of them, which goes on after the last', async () => {
    const id = await addSession(open(), {
      firstUpdate: bytes('seed'),
      moreUpdates: [bytes('board'), bytes('threats')],
    });
    const stored = (await open().documents.load(id))!;
    expect(stored.updates).toEqual([bytes('seed'), bytes('board'), bytes('threats')]);
    expect((await open().documents.heads([id])).get(id)).toBe(3);
  });

  test('one that does not exist is null', async () => {
    expect(await open().sessions.find('nowhere')).toBeNull();
  });

  test('a renamed session is listed under its new title', async () => {
    const createdBy = await addUser(open());
    const [renamed, other] = [await addSession(open(), { createdBy }), await addSession(open())];
    await open().sessions.rename(renamed, 'Insulin pump');
    expect(await open().sessions.listFor(createdBy)).toMatchObject([{ title: 'Insulin pump' }]);
    expect(await open().sessions.find(other)).toMatchObject({ title: 'Infusion pump' });
  });

  test('a creation that fails half-way leaves nothing behind', async () => {
    const token = 'given away';
    await addSession(open(), { invites: [{ role: 'observer', token }] });
    await expect(
      addSession(open(), { id: 'halfway', invites: [{ role: 'observer', token }] }),
    ).rejects.toThrow();
    expect(await open().sessions.find('halfway')).toBeNull();
    expect(await open().memberships.list('halfway')).toEqual([]);
  });

  test('a second creation under the same id fails and leaves the first as it was', async () => {
    const id = await addSession(open(), { firstUpdate: bytes('seed') });
    await expect(addSession(open(), { id, firstUpdate: bytes('again') })).rejects.toThrow();
    expect((await open().documents.load(id))!.updates).toEqual([bytes('seed')]);
  });

  test('a user is shown their own sessions with their role, newest first', async () => {
    const [ada, bob] = [await addUser(open()), await addUser(open())];
    const older = await addSession(open(), { createdBy: ada });
    const newer = await addSession(open(), { createdBy: bob });
    await addSession(open());
    await open().memberships.join({ sessionId: newer, userId: ada, role: 'observer', name: 'Ada' });
    expect((await open().sessions.listFor(ada)).map(({ id, role }) => ({ id, role }))).toEqual([
      { id: newer, role: 'observer' },
      { id: older, role: 'moderator' },
    ]);
  });

  test('a session outlives the account of its creator', async () => {
    const createdBy = await addUser(open());
    const id = await addSession(open(), { createdBy });
    await open().orm.delete(user).where(eq(user.id, createdBy));
    expect(await open().sessions.find(id)).toMatchObject({ id, createdBy: null });
    expect(await open().memberships.list(id)).toEqual([]);
  });

  test('a deleted session takes its members and links along', async () => {
    const id = await addSession(open(), { invites: [{ role: 'observer', token: 'orphan' }] });
    await open().orm.delete(workshopSessions).where(eq(workshopSessions.id, id));
    for (const table of [memberships, invites]) {
      expect(await open().orm.$count(table, eq(table.sessionId, id))).toBe(0);
    }
  });
}
