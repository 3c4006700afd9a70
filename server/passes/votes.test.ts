import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { putEntry, root } from '#shared/document/document.ts';
import { voteCloser } from './votes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function room(...votes: { id: string; endsAt: number | null; closedAt?: number }[]) {
  const doc = new Y.Doc();
  const open = ({ id, endsAt, closedAt }: (typeof votes)[number]) =>
    putEntry(root(doc, 'votes'), id, { threats: [], openedAt: 1, endsAt, closedAt: closedAt ?? null });
  votes.forEach(open);
  const close = vi.fn(async (_session: string, vote: string) => {
    root(doc, 'votes').get(vote)!.set('closedAt', Date.now());
  });
  return { doc, open, close, start: () => voteCloser(close, { error: () => {} })({ doc, sessionId: 's' }) };
}

test('a vote closes when its time is up, one whose time was up while nobody was there at once', async () => {
  const now = Date.now();
  const { open, close, start } = room(
    { id: 'past', endsAt: now - 5000 },
    { id: 'soon', endsAt: now + 60_000 },
  );
  start();
  await vi.advanceTimersByTimeAsync(1);
  expect(close.mock.calls).toEqual([['s', 'past']]);
  open({ id: 'later', endsAt: now + 90_000 });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(close).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2_000);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(close.mock.calls.map(([, vote]) => vote)).toEqual(['past', 'soon', 'later']);
});

test('one without a limit, a closed one, and all once the room is left stay as they are', async () => {
  const now = Date.now();
  const { close, start } = room(
    { id: 'open', endsAt: null },
    { id: 'closed', endsAt: now + 1000, closedAt: now },
    { id: 'left', endsAt: now + 1000 },
  );
  start()();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(close).not.toHaveBeenCalled();
});

test('closing that fails is tried again', async () => {
  const { close, start } = room({ id: 'v', endsAt: Date.now() });
  close.mockRejectedValueOnce(new Error('no database'));
  start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(close).toHaveBeenCalledTimes(2);
});
