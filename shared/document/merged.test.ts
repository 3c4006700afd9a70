import { describe, expect, test } from 'vitest';
import { someThreat } from '../testing/threat.ts';
import { callIt, gathered, mergedInto, standIns } from './merged.ts';

const threat = (id: string, into = '', number: number | null = Number(id.slice(1))) =>
  someThreat({ id, number, into, ...(into && { status: 'rejected' }) });
const groups = (threats: ReturnType<typeof threat>[]) =>
  Object.fromEntries(gathered(threats).map(({ threat, merged }) => [threat.id, merged.map(({ id }) => id)]));

describe('merged threats', () => {
  test('are shown under the one that they were merged into', () => {
    expect(groups([threat('t1'), threat('t2', 't1'), threat('t3')])).toEqual({ t1: ['t2'], t3: [] });
  });

  test('follow it when it is merged itself', () => {
    expect(groups([threat('t1', 't2'), threat('t2', 't3'), threat('t3')])).toEqual({ t3: ['t1', 't2'] });
  });

  test('stand by themselves again when it is deleted', () => {
    expect(groups([threat('t2', 'gone'), threat('t3', 't2')])).toEqual({ t2: ['t3'] });
  });

  test('of a ring, the one with the lowest number stands for all, and what leads into the ring is under it', () => {
    const ring = [threat('t1', 't2'), threat('t4', 't3'), threat('t3', 't2'), threat('t2', 't4')];
    expect(groups(ring)).toEqual({ t2: ['t1', 't4', 't3'] });
    expect(groups([threat('t5', 't5')])).toEqual({ t5: [] });
  });

  test('in a long chain are found in one pass', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => threat(`t${i}`, `t${i + 1}`));
    expect(standIns(chain).get('t0')?.id).toBe('t4999');
  });
});

test('a merged threat says what it is the same as, by title while that has no number', () => {
  expect(mergedInto(threat('t3'))).toEqual({ into: 't3', status: 'rejected', justification: 'Same as T3.' });
  expect(callIt(someThreat({ number: null, title: 'Replay' }))).toBe('“Replay”');
});
