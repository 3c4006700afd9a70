import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createCommitter } from './committer.ts';
import type { LogEntry } from './store.ts';

const entry = (sessionId: string): LogEntry => ({ sessionId, seq: 1, update: new Uint8Array(), writers: [] });

/** A store whose transactions take 20 ms; `transactions` are the sessions in each. */
function setUp() {
  const transactions: string[][] = [];
  const committer = createCommitter(
    async entries => {
      transactions.push(entries.map(({ sessionId }) => sessionId));
      await sleep(20);
      if (entries.some(({ sessionId }) => sessionId === 'bad')) throw new Error('refused');
      return [];
    },
    () => {},
  );
  const room = async (sessionId: string) => {
    await committer.turn();
    return committer.commit(entry(sessionId));
  };
  return { transactions, committer, room };
}

it('rooms that wait while a transaction is under way share the next', async () => {
  const { transactions, room } = setUp();
  const first = room('a');
  await sleep(5);
  await Promise.all([first, room('b'), room('c'), room('d')]);
  expect(transactions).toEqual([['a'], ['b', 'c', 'd']]);
});

it('a room that took its turn and brings nothing holds nobody up', async () => {
  const { transactions, committer, room } = setUp();
  await committer.turn();
  await expect(room('a')).resolves.toBe(true);
  expect(transactions).toEqual([['a']]);
});

it('what fails is refused to its room alone', async () => {
  const { room } = setUp();
  const results = await Promise.allSettled([room('a'), room('bad'), room('b')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
