import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTurns } from './turns.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Every reading of the clock is a millisecond later, so each job takes one. */
function tickingClock(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => ++now);
}

const turn = () => new Promise(resolve => setImmediate(resolve));

it('one job runs at a time, in the order in which they came, and what they took is a twentieth of the time', async () => {
  tickingClock();
  const turns = createTurns();
  const ran: string[] = [];
  const [first, second] = [() => ran.push('first'), () => ran.push('second')];
  for (const job of [first, second, first]) turns.add(job);
  expect(ran).toEqual([]);
  await turn();
  expect(ran).toEqual(['first']);
  vi.advanceTimersByTime(19);
  expect(ran).toEqual(['first']);
  vi.advanceTimersByTime(1);
  expect(ran).toEqual(['first', 'second']);
  turns.add(first);
  vi.advanceTimersByTime(20);
  expect(ran).toEqual(['first', 'second', 'first']);
});

it('a job that is removed in time does not run', async () => {
  const turns = createTurns();
  let ran = false;
  const job = () => {
    ran = true;
  };
  turns.add(job);
  turns.remove(job);
  await turn();
  expect(ran).toBe(false);
});
