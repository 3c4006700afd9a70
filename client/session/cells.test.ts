import { expect, test } from 'vitest';
import type { Suggestion } from '#shared/document/threats.ts';
import { byTarget } from './cells.ts';

const on = (target: string, rule: string, rank: number): Suggestion => ({
  ...{ id: `${rule}/${target}`, rule, target, stride: 'T', rank },
  why: { part: 'flow', flows: [], boundaries: [], facts: [] },
  ...{ stale: false, change: null },
});

test('suggestions are grouped by target in the order given, the highest rank first, then by id', () => {
  const suggestions = [on('b', 'X', 1), on('a', 'Z', 5), on('a', 'Y', 5), on('a', 'X', 9), on('c', 'X', 7)];
  expect(byTarget(suggestions, ['a', null, 'b']).map(group => group.suggestions.map(({ id }) => id))).toEqual(
    [['X/a', 'Y/a', 'Z/a'], ['X/b'], ['X/c']],
  );
});

test('what nothing is suggested for makes no group', () => {
  expect(byTarget([], ['a', 'b'])).toEqual([]);
});
