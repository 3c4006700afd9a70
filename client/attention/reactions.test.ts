import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { react, reactionOf } from './reactions.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a reaction is over after a moment, but not for the one that came after it', () => {
  const awareness = new Awareness(new Y.Doc());
  const shown = () => reactionOf(awareness.getLocalState()!.reaction)?.kind ?? null;
  react(awareness, 'heart');
  vi.advanceTimersByTime(3_000);
  react(awareness, 'applause');
  vi.advanceTimersByTime(3_000);
  expect(shown()).toBe('applause');
  vi.advanceTimersByTime(2_000);
  expect(shown()).toBeNull();
  awareness.destroy();
});

test('a reaction that nobody knows is none', () => {
  for (const value of [null, 'heart', { kind: 'heart' }, { kind: 'toString', at: 1 }, { kind: 7, at: 1 }])
    expect(reactionOf(value)).toBeNull();
});
