import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiFailure } from '../session/api.ts';
import { type DraftContent, type DraftServer, Drafts } from './drafts.ts';

const content = (title: string): DraftContent => ({ title, description: '', stride: [], target: '' });

/** A server whose network may be gone, and whose round may be over. */
function serverOf(state: { gone?: boolean; over?: boolean } = {}) {
  const stored = new Map<string, DraftContent>();
  const ask = () => {
    if (state.gone) throw new ApiFailure('unreachable', 'gone');
    if (state.over) throw new ApiFailure('conflict', 'over');
  };
  const server: DraftServer = {
    async list() {
      ask();
      return [...stored].map(([id, draft]) => ({ id, ...draft }));
    },
    async put(id, draft) {
      ask();
      stored.set(id, draft);
    },
    async remove(id) {
      ask();
      stored.delete(id);
    },
  };
  return { server, stored, state };
}

class Memory {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const soon = () => vi.advanceTimersByTimeAsync(5_000);
const told = (drafts: Drafts) => drafts.get().map(({ title, state }) => [title, state]);

test('what is written reaches the server, is changed there and taken back', async () => {
  const { server, stored } = serverOf();
  const drafts = new Drafts(server, 'k', new Memory());
  drafts.add(content('one'));
  drafts.add(content('two'));
  expect(told(drafts)).toEqual([
    ['one', 'waiting'],
    ['two', 'waiting'],
  ]);
  await soon();
  drafts.change(drafts.get()[0]!.id, { title: 'changed' });
  drafts.remove(drafts.get()[1]!.id);
  await soon();
  expect(told(drafts)).toEqual([['changed', 'stored']]);
  expect([...stored.values()].map(({ title }) => title)).toEqual(['changed']);
});

test('without a network it waits in the browser, also for another window, and is sent when the network is back', async () => {
  const { server, stored, state } = serverOf({ gone: true });
  const memory = new Memory();
  const first = new Drafts(server, 'k', memory);
  first.add(content('kept'));
  await soon();
  first.dispose();
  const second = new Drafts(server, 'k', memory);
  expect(told(second)).toEqual([['kept', 'waiting']]);
  state.gone = false;
  await second.open();
  expect([...stored.values()].map(({ title }) => title)).toEqual(['kept']);
  expect(told(second)).toEqual([['kept', 'stored']]);
});

test('what was written in another browser shows, and what was changed here meanwhile stays', async () => {
  const { server, stored } = serverOf();
  stored.set('elsewhere', content('from the phone'));
  const drafts = new Drafts(server, 'k', new Memory());
  await drafts.open();
  expect(told(drafts)).toEqual([['from the phone', 'stored']]);
});

test('what did not reach the server before the round was over is kept and said to be late', async () => {
  const { server, state } = serverOf({ gone: true });
  const drafts = new Drafts(server, 'k', new Memory());
  drafts.add(content('late'));
  await soon();
  Object.assign(state, { gone: false, over: true });
  await soon();
  expect(told(drafts)).toEqual([['late', 'late']]);
  drafts.close();
  expect(told(drafts)).toEqual([['late', 'late']]);
  drafts.remove(drafts.get()[0]!.id);
  expect(told(drafts)).toEqual([]);
});

test('when a round is over, what the server had is gone from here: it is revealed', async () => {
  const { server } = serverOf();
  const drafts = new Drafts(server, 'k', new Memory());
  drafts.add(content('in time'));
  await soon();
  drafts.close();
  expect(told(drafts)).toEqual([]);
});

test('a storage that somebody tampered with is none', () => {
  for (const text of ['{', '{}', 'null', '"x"']) {
    const memory = new Memory();
    memory.setItem('k', text);
    expect(new Drafts(serverOf().server, 'k', memory).get()).toEqual([]);
  }
});

test('what is answered only after the round was revealed was in time', async () => {
  const { server, stored } = serverOf();
  let answer = () => {};
  const answered = new Promise<void>(resolve => {
    answer = resolve;
  });
  const slow: DraftServer = {
    ...server,
    put: (id, draft) => server.put(id, draft).then(() => answered),
  };
  const drafts = new Drafts(slow, 'k', new Memory());
  drafts.add(content('one'));
  await soon();
  expect(stored.size).toBe(1);
  drafts.close();
  expect(told(drafts)).toEqual([['one', 'late']]);
  answer();
  await soon();
  expect(told(drafts)).toEqual([]);
});
