import { InstancePresenceRecordType } from 'tldraw';
import { describe, expect, it } from 'vitest';
import { presenceRecord, sendable } from './presence.ts';

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
    ['an endless selection', { ...board, selection: Array(100_000).fill('shape:p') }],
  ])('is valid for tldraw whatever they send: %s', (_, sent) => {
    const record = presenceRecord(7, { user: { name: 7, color: {} }, board: sent }, ME);
    expect(record).not.toBeNull();
    expect(() => InstancePresenceRecordType.validate(record!)).not.toThrow();
    expect(record!.selectedShapeIds.length).toBeLessThanOrEqual(200);
  });
});

it('a selection is sent as far as it fits into a state', () => {
  const all = Array.from({ length: 2000 }, (_, i) => `shape:V1StGXR8_Z5jdHi6B-${i}`);
  const sent = sendable(all);
  expect(sent).toEqual(all.slice(0, sent.length));
  expect(sent.length).toBeGreaterThan(100);
  expect(JSON.stringify(sent).length).toBeLessThan(5_000);
});
