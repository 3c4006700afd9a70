import { expect, it, vi } from 'vitest';
import { noBus } from '../cluster/bus.ts';
import { createDuty } from './duty.ts';
import type { Room } from './room.ts';

/** Leases of a database whose connection can be lost. */
function createLeases() {
  const lost: (() => void)[] = [];
  return {
    acquire: vi.fn(async () => true),
    release: vi.fn(async () => {}),
    onLost: (callback: () => void) => lost.push(callback),
    lose: () => {
      for (const callback of lost) callback();
    },
  };
}

function setUp() {
  const leases = createLeases();
  const [started, stopped] = [vi.fn(), vi.fn()];
  const service = () => {
    started();
    return stopped;
  };
  const duty = createDuty(leases, noBus, [service], { warn: vi.fn() });
  return { leases, duty, started, stopped, room: { sessionId: 's' } as Room };
}

it('N2 services stop when their lease is lost, and run again when it is had again', async () => {
  const { leases, duty, started, stopped, room } = setUp();
  await duty.join(room);
  leases.lose();
  expect([started.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1]);
  duty.retry(room);
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  duty.close();
});

it('N2 a room on its way out is not worked on again when leases are lost meanwhile', async () => {
  const { leases, duty, started, stopped, room } = setUp();
  await duty.join(room);
  duty.stop(room);
  leases.lose();
  duty.retry(room);
  await duty.leave(room);
  expect([started.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1]);
  expect(leases.acquire).toHaveBeenCalledTimes(1);
  duty.close();
});
