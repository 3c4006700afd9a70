import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { readModel } from '#shared/dfd/read-model.ts';
import { type Json, readRecords } from '#shared/document/board.ts';
import { readSuggestions, root } from '#shared/document/document.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { runPass } from './suggestions.ts';

const seeded = () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'S', method: 'per-crossing' }));
  return doc;
};

it('C3 a second pass over the same board changes nothing', () => {
  const doc = seeded();
  runPass(doc);
  const before = Y.encodeStateVector(doc);
  expect(readSuggestions(doc).length).toBeGreaterThan(20);
  runPass(doc);
  expect(Y.encodeStateVector(doc)).toEqual(before);
});

it('E5 no register, whatever JSON stands in it, makes the model or the pass fail', () => {
  const entry = fc.constantFrom(
    'shape:app',
    'shape:f-bluetooth',
    'shape:b-cloud',
    'binding:f-bluetooth-end',
    'page:page',
    'shape:new',
  );
  const key = fc.constantFrom(
    ...[
      'type',
      'at',
      'place',
      'size',
      'rotation',
      'index',
      'fromId',
      'toId',
      'opacity',
      'props.terminal',
      'props.start',
    ],
    ...['props.name', 'props.text', 'props.arrowheadStart', 'meta.role', 'meta.payload', 'meta.description'],
  );
  const hostile = fc.constantFrom<Json>(
    { toString: 1, valueOf: 1 },
    { x: { valueOf: 1 }, y: [] },
    [[], {}],
    ['a', 'b'],
    [1, 2],
  );
  const edit = fc.record({ entry, key, value: fc.oneof(hostile, fc.jsonValue() as fc.Arbitrary<Json>) });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), edits => {
      const doc = seeded();
      const board = root(doc, 'board');
      for (const { entry, key, value } of edits) {
        if (!board.has(entry)) board.set(entry, new Y.Map() as Y.Map<Json>);
        board.get(entry)!.set(key, value);
      }
      runPass(doc);
      expect(readModel(readRecords(board)).flows.length).toBeLessThanOrEqual(7);
    }),
    { numRuns: 500 },
  );
});
