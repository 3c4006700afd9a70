import { expect, test } from 'vitest';
import type { Database } from '../open.ts';
import { addUser, bytes } from '../testing/fixtures.ts';

const HOUR = 3_600_000;

export function keyedRequestsContract(open: () => Database): void {
  const begin = (userId: string, key: string, hash = 'hash', lifetime = HOUR, patience = HOUR) =>
    open().keyedRequests.begin({ userId, key }, hash, lifetime, patience);
  const answer = { status: 201, headers: { etag: '"x"' }, body: bytes('{"id":1}') };

  test('one of many requests at once gets the key', async () => {
    const userId = await addUser(open());
    const begun = await Promise.all(Array.from({ length: 8 }, () => begin(userId, 'k')));
    expect(begun.filter(({ state }) => state === 'new')).toHaveLength(1);
    expect(begun.filter(({ state }) => state === 'running')).toHaveLength(7);
  });

  test('a finished request is answered as it was, byte for byte', async () => {
    const userId = await addUser(open());
    await begin(userId, 'k', 'one');
    await open().keyedRequests.finish({ userId, key: 'k' }, answer);
    expect(await begin(userId, 'k', 'two')).toEqual({ state: 'done', requestHash: 'one', answer });
  });

  test('a key is its user’s alone', async () => {
    await begin(await addUser(open()), 'shared');
    expect(await begin(await addUser(open()), 'shared')).toEqual({ state: 'new' });
  });

  test('a released key is free, a finished one stays', async () => {
    const userId = await addUser(open());
    await begin(userId, 'k');
    await open().keyedRequests.release({ userId, key: 'k' });
    expect(await begin(userId, 'k')).toEqual({ state: 'new' });
    await open().keyedRequests.finish({ userId, key: 'k' }, answer);
    await open().keyedRequests.release({ userId, key: 'k' });
    expect(await begin(userId, 'k')).toMatchObject({ state: 'done' });
  });

  test('a key is free again after its lifetime, and one whose request died after the patience', async () => {
    const userId = await addUser(open());
    await begin(userId, 'dead');
    expect(await begin(userId, 'dead')).toMatchObject({ state: 'running' });
    // A moment ahead of the clock that wrote it.
    expect(await begin(userId, 'dead', 'hash', HOUR, -1000)).toEqual({ state: 'new' });
    await open().keyedRequests.finish({ userId, key: 'dead' }, answer);
    expect(await begin(userId, 'dead', 'hash', HOUR, -1000)).toMatchObject({ state: 'done' });
    expect(await begin(userId, 'dead', 'hash', -1000)).toEqual({ state: 'new' });
  });
}
