import { expect, test } from 'vitest';
import { advance, isUnsaved, type LinkEvent, lampOf, newLink, OFFLINE_AFTER } from './saving.ts';

const after = (...events: LinkEvent[]) => events.reduce(advance, newLink(true));
const lampAfter = (...events: LinkEvent[]) => lampOf(after(...events), 0);

const OPENED: LinkEvent = { type: 'opened' };
const SYNCED: LinkEvent = { type: 'synced' };
const EDITED: LinkEvent = { type: 'edited' };
const LOST: LinkEvent = { type: 'lost', at: 0 };
const committed = (edits: number): LinkEvent => ({ type: 'committed', edits });

test('a connection is connected only once it holds the whole document', () => {
  expect(lampAfter()).toBe('connecting');
  expect(lampAfter(OPENED)).toBe('connecting');
  expect(lampAfter(OPENED, SYNCED)).toBe('connected');
});

test('saved is said only when the answer covers the last edit', () => {
  expect(lampAfter(OPENED, SYNCED, EDITED)).toBe('saving');
  expect(lampAfter(OPENED, SYNCED, EDITED, EDITED, committed(1))).toBe('saving');
  expect(lampAfter(OPENED, SYNCED, EDITED, EDITED, committed(2))).toBe('saved');
});

test('an answer that comes late takes nothing back', () => {
  expect(after(OPENED, SYNCED, EDITED, EDITED, committed(2), committed(1)).saved).toBe(2);
});

test('a broken connection is reconnecting until it is synced again, and offline when that takes long', () => {
  const broken = after(OPENED, SYNCED, LOST);
  expect(lampOf(broken, 100)).toBe('reconnecting');
  expect(lampOf(advance(broken, OPENED), 100)).toBe('reconnecting');
  expect(lampOf(broken, OFFLINE_AFTER)).toBe('offline');
  expect(lampOf(advance(advance(broken, OPENED), SYNCED), OFFLINE_AFTER)).toBe('connected');
});

test('failing attempts do not restart the clock', () => {
  const broken = after(OPENED, SYNCED, LOST, { type: 'lost', at: OFFLINE_AFTER - 1 });
  expect(lampOf(broken, OFFLINE_AFTER)).toBe('offline');
});

test('a browser without a network is offline at once', () => {
  expect(lampAfter(OPENED, SYNCED, { type: 'network', online: false })).toBe('offline');
});

test('what was edited while disconnected stays unsaved until it is answered after the reconnect', () => {
  const back = after(OPENED, SYNCED, LOST, EDITED, OPENED, SYNCED);
  expect(isUnsaved(back)).toBe(true);
  expect(lampOf(back, 0)).toBe('saving');
  expect(lampOf(advance(back, committed(1)), 0)).toBe('saved');
});

test('nothing opens what the server closed for good', () => {
  expect(lampAfter(OPENED, SYNCED, { type: 'ended' }, OPENED, SYNCED)).toBe('refused');
});

test('a server that cannot store says so while something is unsaved, and saved is still said only by its answer', () => {
  const trouble = (failing: boolean): LinkEvent => ({ type: 'trouble', failing });
  expect(lampAfter(OPENED, SYNCED, EDITED, trouble(true))).toBe('unstored');
  expect(lampAfter(OPENED, SYNCED, EDITED, trouble(true), EDITED, committed(1))).toBe('unstored');
  expect(lampAfter(OPENED, SYNCED, EDITED, trouble(true), trouble(false))).toBe('saving');
  expect(lampAfter(OPENED, SYNCED, EDITED, trouble(true), trouble(false), committed(1))).toBe('saved');
  // What was answered is stored, whatever became of the database since.
  expect(lampAfter(OPENED, SYNCED, EDITED, committed(1), trouble(true))).toBe('saved');
});

test('the trouble of one connection is not that of the next', () => {
  const down = after(OPENED, SYNCED, EDITED, { type: 'trouble', failing: true }, LOST);
  expect(lampOf(down, 0)).toBe('reconnecting');
  expect(lampOf([OPENED, SYNCED].reduce(advance, down), 0)).toBe('saving');
});
