import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/document/board.ts';
import { SHAPE_DEFAULTS } from '#shared/document/defaults.ts';
import { createBoardSchema, isShowable } from './schema.ts';
import { binding, shape } from './testing/peers.ts';

const schema = createBoardSchema();
const richText: Json = { type: 'doc', content: [{ type: 'paragraph' }] };

/** What has no default, as it is written with every record. */
const REQUIRED: Record<string, Record<string, Json>> = {
  note: { richText },
  text: { richText, w: 8 },
  boundary_line: {
    points: [
      [0, 0],
      [10, 10],
    ],
  },
  draw: { segments: [{ type: 'free', points: [{ x: 0, y: 0, z: 0.5 }] }] },
};

describe('the board schema', () => {
  it.each(Object.keys(SHAPE_DEFAULTS))('accepts a %s that has its default properties', type => {
    const record = shape('one', type, {}, REQUIRED[type]);
    expect(() => schema.types.shape.validate(record)).not.toThrow();
  });

  it('accepts an arrow binding that has its default properties', () => {
    expect(isShowable(schema, 'binding:b', binding('b', 'f', 'p', 'start'))).toBe(true);
  });

  it.each([
    ['a shape of another kind', shape('one', 'geo')],
    ['a size of nothing', shape('one', 'process', {}, { w: 0 })],
    ['a property that no shape has', shape('one', 'process', {}, { colour: 'red' })],
    ['a position that is no number', shape('one', 'process', { x: Number.NaN })],
    ['an open boundary of one point', shape('one', 'boundary_line', {}, { points: [[0, 0]] })],
    ['a stroke without points', shape('one', 'draw', {}, { segments: [] })],
    ['a record under another id', shape('two', 'process')],
  ])('refuses %s', (_, record) => {
    expect(isShowable(schema, 'shape:one', record)).toBe(false);
  });

  it('refuses session records, which would take over the screen of whoever reads them', () => {
    const camera = { id: 'camera:page:page', typeName: 'camera', x: 0, y: 0, z: 1, meta: {} };
    expect(isShowable(schema, camera.id, camera)).toBe(false);
  });
});
