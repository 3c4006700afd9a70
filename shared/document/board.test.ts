import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { wearableSensor } from '../templates/wearable-sensor.ts';
import {
  changedRegisters,
  fromRegisters,
  type Json,
  putRecord,
  type Registers,
  readRecords,
  type ShapeRecord,
  toRegisters,
} from './board.ts';
import { element } from './build.ts';
import { root } from './document.ts';

const records = wearableSensor.records();
const app = records.find(({ id }) => id === 'shape:app') as ShapeRecord;

const line = (points: Json): Registers =>
  new Map<string, Json>([
    ['type', 'boundary_line'],
    ['at', [0, 0]],
    ['place', ['page:page', 'a1']],
    ['props.points', points],
  ]);

it.each([
  ['one point', [[0, 0]]],
  [
    'a point of three numbers',
    [
      [0, 0],
      [1, 2, 3],
    ],
  ],
  [
    'a point of no numbers',
    [
      [0, 0],
      ['1', '2'],
    ],
  ],
  [
    'a place that is infinite',
    [
      [0, 0],
      [Infinity, 0],
    ],
  ],
  ['too many', Array.from({ length: 501 }, (_, i) => [i, i])],
  ['an object', { 0: [0, 0], length: 2 }],
])('does not read an open boundary with %s for its points', (_, points) => {
  expect(
    fromRegisters(
      'shape:l',
      line([
        [0, 0],
        [1, 1],
      ]),
    ),
  ).toMatchObject({ props: { name: '' } });
  expect(fromRegisters('shape:l', line(points as Json))).toBeNull();
});

describe('a record survives its registers', () => {
  it.each(records.map(record => [record.id, record] as const))('%s', (id, record) => {
    expect(fromRegisters(id, toRegisters(record))).toEqual(record);
  });

  it('any shape does, whatever its numbers, texts and attributes', () => {
    const text = fc.string({ maxLength: 20 });
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
      .map(n => n + 0 || 0);
    const shape = fc.record({
      id: fc.constant('shape:x'),
      typeName: fc.constant('shape' as const),
      type: fc.constantFrom('process', 'arrow', 'note', 'mystery'),
      x: number,
      y: number,
      rotation: number,
      index: text,
      parentId: text,
      isLocked: fc.boolean(),
      opacity: fc.constantFrom(0.5, 1),
      meta: fc.dictionary(fc.constantFrom('role', 'description', 'payload'), fc.oneof(text, fc.array(text))),
      name: text,
      w: number,
    });
    fc.assert(
      fc.property(shape, ({ name, w, ...top }) => {
        const defaults = fromRegisters(top.id, toRegisters({ ...top, props: {} } as ShapeRecord))!
          .props as object;
        const record = { ...top, props: { ...defaults, name, w, h: 1 } } as unknown as ShapeRecord;
        expect(fromRegisters(record.id, toRegisters(record))).toEqual(record);
      }),
    );
  });
});

describe('registers', () => {
  it('leave defaults out', () => {
    const names = [
      ...toRegisters({ ...app, props: { w: 180, h: 90, name: '' }, meta: {} } as ShapeRecord).keys(),
    ];
    expect(names).toEqual(['type', 'at', 'place']);
  });

  it('hold position, size and place each as one', () => {
    const moved = { ...app, x: 1, y: 2 };
    expect([...changedRegisters(app, moved)]).toEqual([['at', [1, 2]]]);
    expect([...changedRegisters(app, { ...app, parentId: 'page:page' })]).toEqual([
      ['place', ['page:page', 'a1']],
    ]);
    const sized = { ...app, props: { ...app.props, w: 10, h: 20 } };
    expect([...changedRegisters(app, sized)]).toEqual([['size', [10, 20]]]);
  });

  it('say when one goes back to its default', () => {
    expect([...changedRegisters(app, { ...app, props: { ...app.props, name: '' } })]).toEqual([
      ['props.name', undefined],
    ]);
  });

  it('let a rename and a move of one shape by two people both survive', () => {
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    putRecord(root(one, 'board'), app);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    root(one, 'board').get(app.id)!.set('props.name', 'Companion app');
    root(two, 'board').get(app.id)!.set('at', [5, 6]);
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    for (const doc of [one, two]) {
      const read = readRecords(root(doc, 'board')).get(app.id) as ShapeRecord;
      expect(read).toMatchObject({ x: 5, y: 6, props: { name: 'Companion app' } });
    }
  });
});

describe('what can’t be read is left out', () => {
  it.each<[string, Record<string, Json>]>([
    ['a shape without a position', { type: 'process', place: ['page:page', 'a1'] }],
    ['a shape whose position is text', { type: 'process', at: ['a', 'b'], place: ['page:page', 'a1'] }],
    ['a shape without a place', { type: 'process', at: [0, 0] }],
    ['a shape without a type', { at: [0, 0], place: ['page:page', 'a1'] }],
  ])('%s', (_, registers) => {
    const board = root(new Y.Doc(), 'board');
    board.set('shape:bad', new Y.Map(Object.entries(registers)) as Y.Map<Json>);
    expect(readRecords(board).size).toBe(0);
  });
});

it('300 freshly drawn shapes, not yet named, take less than 37 kB', () => {
  const doc = new Y.Doc();
  for (let i = 0; i < 300; i++) {
    const id = `${i}`.padEnd(21, 'x');
    const box = [100 + i * 3, 40 + i * 2, 180, 90] as const;
    putRecord(root(doc, 'board'), element('process', { id, name: '', box, index: `a${i}` }));
  }
  expect(Y.encodeStateAsUpdate(doc).length).toBeLessThan(37_000);
});
