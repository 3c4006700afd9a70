import { afterEach, expect, test, vi } from 'vitest';
import { clockText, serverNow, setClock } from './clock.ts';

afterEach(() => void vi.useRealTimers());

test('a machine whose clock is wrong, and is put right amid a meeting, shows the server’s time', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] });
  const real = 1_800_000_000_000;
  vi.setSystemTime(real - 3_600_000);
  await setClock(async () => real);
  expect(serverNow()).toBe(real);
  vi.advanceTimersByTime(60_000);
  vi.setSystemTime(real + 7_200_000);
  expect(serverNow()).toBe(real + 60_000);
});

test('of several answers the quickest counts, and half its way is taken off', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] });
  const trips = [400, 20, 900];
  await setClock(async () => {
    const trip = trips.shift()!;
    vi.advanceTimersByTime(trip / 2);
    const said = 5_000_000 + performance.now();
    vi.advanceTimersByTime(trip / 2);
    return said;
  });
  expect(serverNow()).toBe(Math.round(5_000_000 + performance.now()));
});

test('a server that does not answer changes nothing', async () => {
  const before = serverNow();
  await setClock(() => Promise.reject(new Error('gone')));
  expect(serverNow() - before).toBeLessThan(1000);
});

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [61_000, '1:01'],
  [600_000, '10:00'],
  [3_720_000, '1:02:00'],
  [-1, '0:00'],
  [-61_000, '−1:01'],
])('%d ms reads %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
