import { expect, test } from 'vitest';
import type { Database } from '../open.ts';
import { addSession, addUser } from '../testing/fixtures.ts';

export function votesContract(open: () => Database): void {
  async function start(endsAt: Date | null = null) {
    const sessionId = await addSession(open());
    await open().votes.open({ sessionId, id: 'v', dots: 3, perThreat: 2, threats: ['a', 'b'], endsAt });
    return { key: { sessionId, voteId: 'v' }, ada: await addUser(open()), bob: await addUser(open()) };
  }

  test('a later ballot takes the place of the earlier one, an empty one takes it back', async () => {
    const { key, ada, bob } = await start();
    await open().votes.cast(key, ada, { a: 1 });
    expect(await open().votes.cast(key, ada, { a: 2, b: 1 })).toBe('stored');
    await open().votes.cast(key, bob, { b: 1 });
    expect(await open().votes.ballotOf(key, ada)).toEqual({ a: 2, b: 1 });
    expect(await open().votes.count(key)).toBe(2);
    await open().votes.cast(key, bob, {});
    expect(await open().votes.ballotOf(key, bob)).toEqual({});
    expect((await open().votes.close(key))!.ballots).toEqual([{ a: 2, b: 1 }]);
  });

  test('of many ballots of one person at once, one counts', async () => {
    const { key, ada } = await start();
    await Promise.all(Array.from({ length: 8 }, () => open().votes.cast(key, ada, { a: 2 })));
    expect((await open().votes.close(key))!.ballots).toEqual([{ a: 2 }]);
  });

  test('too many dots, and dots on what is not voted on, are refused in words', async () => {
    const { key, ada } = await start();
    expect(await open().votes.cast(key, ada, { a: 2, b: 2 })).toEqual({ refused: 'You have 3 dots.' });
    expect(await open().votes.cast(key, ada, { a: 3 })).toEqual({
      refused: 'A threat takes 2 of your dots.',
    });
    expect(await open().votes.cast(key, ada, { c: 1 })).toEqual({
      refused: 'This vote is not about that threat.',
    });
    expect(await open().votes.count(key)).toBe(0);
  });

  test('after it was closed, or its time was up, no ballot counts; closing it again changes nothing', async () => {
    const { key, ada, bob } = await start();
    await open().votes.cast(key, ada, { a: 1 });
    const first = await open().votes.close(key);
    expect(await open().votes.cast(key, bob, { b: 1 })).toBe('closed');
    expect(await open().votes.cast(key, ada, {})).toBe('closed');
    expect(await open().votes.close(key)).toEqual(first);
    const late = await start(new Date(Date.now() - 1000));
    expect(await open().votes.cast(late.key, late.ada, { a: 1 })).toBe('closed');
  });

  test('a vote that never was is null', async () => {
    expect(await open().votes.close({ sessionId: await addSession(open()), voteId: 'x' })).toBeNull();
  });
}
