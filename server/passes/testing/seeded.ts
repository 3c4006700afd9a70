import fc from 'fast-check';
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { seedDocument } from '#shared/templates/templates.ts';

/** The wearable-sensor example as a new session has it, before its first pass. */
export function seeded(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'S', method: 'per-crossing' }));
  return doc;
}

/** Values that no client of ours would write into a register, and a few that it would, somewhere else. */
const value = fc.oneof(
  fc.constantFrom<Json>(
    { toString: 1, valueOf: 1 },
    { x: { valueOf: 1 }, y: [] },
    [[], {}],
    ['a', 'b'],
    ['shape:app', 'a'],
    [1, 2],
    Number.NaN,
    'shape:app',
    'arrow',
  ),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

const key = fc.constantFrom(
  ...['type', 'at', 'place', 'size', 'rotation', 'index', 'fromId', 'toId', 'opacity'],
  ...['props.terminal', 'props.start', 'props.name', 'props.text', 'props.arrowheadStart'],
  ...['meta.role', 'meta.payload', 'meta.description'],
);

/** A hostile change of one register of the example's board, or of these entries. */
export const hostileEdit = (...others: string[]) =>
  fc.record({
    entry: fc.constantFrom(
      ...['shape:app', 'shape:f-bluetooth', 'shape:b-cloud', 'binding:f-bluetooth-end', 'page:page'],
      ...others,
    ),
    key,
    value,
  });
