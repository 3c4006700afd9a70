import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { TooManyTokensError } from '../errors.ts';
import type { Database } from '../open.ts';
import { addUser } from '../testing/fixtures.ts';

export function tokensContract(open: () => Database): void {
  const add = (userId: string, name: string, most = 10) => {
    const token = { id: randomUUID(), userId, name, hash: randomUUID() };
    return open()
      .tokens.add(token, most)
      .then(() => token);
  };

  test('a hash leads to the owner of its token, an unknown one to null', async () => {
    const userId = await addUser(open());
    const { hash } = await add(userId, 'CI');
    expect(await open().tokens.ownerOf(hash)).toBe(userId);
    expect(await open().tokens.ownerOf('unknown')).toBeNull();
  });

  test('tokens are listed for their owner alone, in the order they were made, without their hash', async () => {
    const userId = await addUser(open());
    const first = await add(userId, 'first');
    const second = await add(userId, 'second');
    await add(await addUser(open()), 'another’s');
    expect(await open().tokens.list(userId)).toEqual([
      { id: first.id, name: 'first', createdAt: expect.any(Date) },
      { id: second.id, name: 'second', createdAt: expect.any(Date) },
    ]);
  });

  test('a removed token leads to nobody, and only its owner removes it', async () => {
    const userId = await addUser(open());
    const { id, hash } = await add(userId, 'CI');
    expect(await open().tokens.remove(await addUser(open()), id)).toBe(false);
    expect(await open().tokens.ownerOf(hash)).toBe(userId);
    expect(await open().tokens.remove(userId, id)).toBe(true);
    expect(await open().tokens.ownerOf(hash)).toBeNull();
    expect(await open().tokens.remove(userId, id)).toBe(false);
  });

  test('there are never more than may be, however many are made at once', async () => {
    const userId = await addUser(open());
    const made = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => add(userId, `${i}`, 3)));
    const refused = made.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused).toHaveLength(5);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(TooManyTokensError);
    expect(await open().tokens.list(userId)).toHaveLength(3);
  });
}
