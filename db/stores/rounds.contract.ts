import { expect, test } from 'vitest';
import type { Database } from '../open.ts';
import { addSession, addUser } from '../testing/fixtures.ts';
import { MOST_DRAFT_BYTES, MOST_DRAFTS } from './rounds.ts';

export function roundsContract(open: () => Database): void {
  const content = (title: string) => ({ title, description: '', stride: ['T' as const], target: 'shape:f' });
  const draft = (userId: string, id: string, title = id) => ({ id, userId, content: content(title) });
  async function start() {
    const round = { sessionId: await addSession(open()), roundId: 'r' };
    await open().rounds.open(round);
    return { round, ada: await addUser(open()), bob: await addUser(open()) };
  }

  test('everybody reads what they wrote themselves, in that order and as it was changed last', async () => {
    const { round, ada, bob } = await start();
    for (const id of ['b', 'a']) await open().rounds.put(round, draft(ada, id));
    await open().rounds.put(round, draft(bob, 'c'));
    expect(await open().rounds.put(round, draft(ada, 'b', 'changed'))).toBe('stored');
    const mine = await open().rounds.draftsOf(round, ada);
    expect(mine.map(({ id, content: { title } }) => [id, title])).toEqual([
      ['b', 'changed'],
      ['a', 'a'],
    ]);
    expect(await open().rounds.count(round)).toEqual({ drafts: 3, people: 2 });
  });

  test('nobody changes or removes what somebody else wrote', async () => {
    const { round, ada, bob } = await start();
    await open().rounds.put(round, draft(ada, 'a'));
    expect(await open().rounds.put(round, draft(bob, 'a', 'stolen'))).toBe('foreign');
    await open().rounds.remove(round, { id: 'a', userId: bob });
    expect((await open().rounds.drafts(round)).map(each => each.content.title)).toEqual(['a']);
    await open().rounds.remove(round, { id: 'a', userId: ada });
    expect(await open().rounds.count(round)).toEqual({ drafts: 0, people: 0 });
  });

  test('what is stored at the same moment as the round is closed is in it, or refused', async () => {
    const { round, ada } = await start();
    const puts = Array.from({ length: 8 }, (_, i) => open().rounds.put(round, draft(ada, `d${i}`)));
    const closed = open()
      .rounds.close(round)
      .then(() => open().rounds.drafts(round));
    const results = await Promise.all(puts);
    const found = await closed;
    expect(found).toHaveLength(results.filter(result => result === 'stored').length);
    expect(await open().rounds.put(round, draft(ada, 'late'))).toBe('closed');
    expect(await open().rounds.remove(round, { id: 'd0', userId: ada })).toBe('closed');
    expect(await open().rounds.drafts(round)).toEqual(found);
  });

  test('nobody writes into a round that never was, nor more than a round takes', async () => {
    const { round, ada } = await start();
    expect(await open().rounds.put({ ...round, roundId: 'x' }, draft(ada, 'a'))).toBe('closed');
    for (let i = 0; i < MOST_DRAFTS; i++) await open().rounds.put(round, draft(ada, `d${i}`));
    expect(await open().rounds.put(round, draft(ada, 'more'))).toBe('full');
    expect(await open().rounds.put(round, draft(ada, 'd0', 'changed'))).toBe('stored');
  });

  test('nobody writes more text than a round takes, in new drafts or in those that are there', async () => {
    const { round, ada, bob } = await start();
    const half = 'x'.repeat(MOST_DRAFT_BYTES / 2 - 1000);
    for (const id of ['a', 'b']) expect(await open().rounds.put(round, draft(ada, id, half))).toBe('stored');
    expect(await open().rounds.put(round, draft(ada, 'c', 'x'.repeat(2000)))).toBe('full');
    expect(await open().rounds.put(round, draft(ada, 'a', half + half))).toBe('full');
    expect(await open().rounds.put(round, draft(ada, 'a', half))).toBe('stored');
    expect(await open().rounds.put(round, draft(bob, 'd', half))).toBe('stored');
  });

  test('what is left of earlier rounds goes, but for one that is open', async () => {
    const { round, ada } = await start();
    const [left, now] = ['left', 'now'].map(roundId => ({ ...round, roundId }));
    for (const each of [left!, now!]) await open().rounds.open(each);
    for (const each of [round, left!, now!]) await open().rounds.put(each, draft(ada, 'a'));
    for (const each of [left!, now!]) await open().rounds.close(each);
    expect(await Promise.all([round, left!].map(each => open().rounds.isOpen(each)))).toEqual([true, false]);
    await open().rounds.forgetEarlier(now!);
    const found = await Promise.all([round, left!, now!].map(each => open().rounds.drafts(each)));
    expect(found.map(({ length }) => length)).toEqual([1, 0, 1]);
  });

  test('a forgotten round leaves nothing', async () => {
    const { round, ada } = await start();
    await open().rounds.put(round, draft(ada, 'a'));
    await open().rounds.forget(round);
    expect(await open().rounds.drafts(round)).toEqual([]);
    await open().rounds.open(round);
  });
}
