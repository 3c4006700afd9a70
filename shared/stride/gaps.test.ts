import { expect, test } from 'vitest';
import type { Element, Flow } from '../dfd/model.ts';
import type { Suggestion, Triage } from '../document/threats.ts';
import { gapsOf } from './gaps.ts';

const store = { id: 'store', kind: 'data_store' } as Element;
const flow = { id: 'flow' } as Flow;
const suggestion = (id: string, target: string, stride: 'S' | 'T' | 'E', stale = false) =>
  ({ id, target, stride, stale }) as Suggestion;
const triage = new Map([['b', { id: 'b', verdict: 'dismissed' } as Triage]]);

test('a letter that is not asked of a kind is there only where something is under it', () => {
  const rows = gapsOf(
    { elements: [store], flows: [flow] },
    [],
    [
      suggestion('a', 'flow', 'S'),
      suggestion('b', 'flow', 'E', true),
      suggestion('c', 'store', 'E', true),
      suggestion('d', 'store', 'T'),
    ],
    triage,
    new Map(),
  );
  expect(rows.map(({ letters }) => [...letters.keys()].join(''))).toEqual(['TRID', 'TID']);
  expect(rows.map(({ beyond }) => [...beyond].map(([letter, { state }]) => `${letter} ${state}`))).toEqual([
    [],
    ['S open', 'E judged'],
  ]);
});
