import { expect, test } from 'vitest';
import type { Element, Flow } from '../dfd/model.ts';
import type { Suggestion, Triage } from '../document/threats.ts';
import { gapsOf } from './gaps.ts';

const store = { id: 'store', kind: 'data_store' } as Element;
const flow = { id: 'flow', source: null, target: null, crosses: [] as string[] } as unknown as Flow;
const crossing = { ...flow, id: 'crossing', crosses: ['boundary'] };
const suggestion = (id: string, target: string, stride: 'S' | 'T' | 'E', stale = false) =>
  ({ id, target, stride, stale }) as Suggestion;
const triage = new Map([['b', { id: 'b', verdict: 'dismissed' } as Triage]]);

test('a letter that is not asked of a kind is there only where something is under it, and no row of the index table shows it', () => {
  const rows = gapsOf(
    { elements: [store], flows: [flow, crossing] },
    [],
    [
      suggestion('a', 'flow', 'S'),
      suggestion('e', 'crossing', 'S'),
      suggestion('b', 'flow', 'E', true),
      suggestion('c', 'store', 'E', true),
      suggestion('d', 'store', 'T'),
    ],
    triage,
    new Map(),
  );
  expect(rows.map(({ letters }) => [...letters.keys()].join(''))).toEqual(['TRID', 'TID', 'TID']);
  expect(rows.map(({ beyond }) => [...beyond].map(([letter, { state }]) => `${letter} ${state}`))).toEqual([
    [],
    ['S open', 'E judged'],
    [],
  ]);
});
