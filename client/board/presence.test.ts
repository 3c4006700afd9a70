import { InstancePresenceRecordType } from 'tldraw';
import { describe, expect, it } from 'vitest';
import { presenceRecord, sendable, trailsOf } from './presence.ts';

const board = { page: 'page:page', cursor: { x: 1, y: 2 }, selection: ['shape:p'] };
const ME = 1;
const user = { id: 'u1', name: 'Ada', color: '#c11574' };

describe("what is drawn of another person's presence", () => {
  it('is their cursor with their name, and what they selected', () => {
    expect(presenceRecord(7, { user, board }, ME)).toMatchObject({
      userId: '7',
      userName: 'Ada',
      color: '#c11574',
      cursor: { x: 1, y: 2 },
      selectedShapeIds: ['shape:p'],
    });
  });

  it('is nothing while they are not on the board', () => {
    expect(presenceRecord(7, { user }, ME)).toBeNull();
    expect(presenceRecord(7, { user, board: null }, ME)).toBeNull();
    expect(presenceRecord(7, undefined, ME)).toBeNull();
  });

  it.each([
    ['a cursor nowhere', { ...board, cursor: { x: Number.NaN, y: 'far' } }],
    ['a cursor that is no point', { ...board, cursor: 'here' }],
    ['a selection of other things', { ...board, selection: [7, 'page:page', null] }],
    ['a selection that is no list', { ...board, selection: 'shape:p' }],
    ['a view of nothing', { ...board, view: { x: 0, y: 0, w: 0, h: -1 } }],
    ['a leader without a number', { ...board, following: 'everybody' }],
    ['a laser of words', { ...board, laser: ['zap', [1, 'x'], 7] }],
    ['an endless laser', { ...board, laser: Array(1000).fill(Array(10_000).fill(1)) }],
    ['an endless selection', { ...board, selection: Array(100_000).fill('shape:p') }],
  ])('is valid for tldraw whatever they send: %s', (_, sent) => {
    const record = presenceRecord(7, { user: { name: 7, color: {} }, board: sent }, ME);
    expect(record).not.toBeNull();
    expect(() => InstancePresenceRecordType.validate(record!)).not.toThrow();
    expect(record!.selectedShapeIds.length).toBeLessThanOrEqual(200);
    expect(record!.scribbles.flatMap(({ points }) => points).length).toBeLessThanOrEqual(240);
  });

  it('is what their window shows, and whom it follows; following this window has a name of its own', () => {
    const view = { x: 10, y: 20, w: 300, h: 200 };
    expect(presenceRecord(7, { user, board: { ...board, view, following: 9 } }, ME)).toMatchObject({
      camera: { x: -10, y: -20, z: 1 },
      screenBounds: { w: 300, h: 200 },
      followingUserId: '9',
    });
    expect(presenceRecord(7, { user, board: { ...board, following: ME } }, ME)!.followingUserId).toBe('me');
  });

  it('has a laser for who may point', () => {
    const lasered = (role: string) =>
      presenceRecord(7, { user: { ...user, role }, board: { ...board, laser: [[1, 2, 3, 4]] } }, ME)!
        .scribbles;
    expect(lasered('participant')[0]!.points).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
    expect(lasered('observer')).toEqual([]);
  });
});

it('a selection is sent as far as it fits into a state', () => {
  const all = Array.from({ length: 2000 }, (_, i) => `shape:V1StGXR8_Z5jdHi6B-${i}`);
  const sent = sendable(all);
  expect(sent).toEqual(all.slice(0, sent.length));
  expect(sent.length).toBeGreaterThan(100);
  expect(JSON.stringify(sent).length).toBeLessThan(5_000);
});

it('of a laser’s trails the latest points are sent, whole and few', () => {
  const trail = (from: number, length: number, color = 'laser') => ({
    color,
    points: Array.from({ length }, (_, i) => ({ x: from + i + 0.3, y: 0 })),
  });
  const trails = trailsOf([trail(0, 50), trail(100, 40), trail(0, 9, 'muted-1')] as never);
  expect(trails.map(points => points.length / 2)).toEqual([20, 40]);
  expect(trails.map(([x]) => x)).toEqual([30, 100]);
  expect(trailsOf([trail(0, 5), trail(100, 400)] as never)).toHaveLength(1);
});
