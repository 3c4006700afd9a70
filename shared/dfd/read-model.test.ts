import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardRecord, ShapeRecord } from '../document/board.ts';
import { boundary, element, flow } from '../document/build.ts';
import { wearableSensor } from '../templates/wearable-sensor.ts';
import { readModel } from './read-model.ts';

const modelOf = (...records: BoardRecord[]) => readModel(new Map(records.map(record => [record.id, record])));
const process = (id: string, x: number, y: number, parent?: ShapeRecord) =>
  element('process', { id, name: id, box: [x, y, 100, 100], index: 'a1', parent });
const around = (id: string, box: [number, number, number, number], parent?: ShapeRecord) =>
  boundary({ id, name: id, box, index: 'a1', parent });
const arrow = (from: ShapeRecord, to: ShapeRecord, props: object = {}) => {
  const [shape, ...bindings] = flow({ id: 'f', name: 'f', from, to, index: 'a1' });
  return [{ ...shape, props: { ...(shape as ShapeRecord).props, ...props } } as ShapeRecord, ...bindings];
};
const crosses = (...records: BoardRecord[]) => modelOf(...records).flows[0]!.crosses;
const codes = (...records: BoardRecord[]) =>
  modelOf(...records).findings.map(({ code, on }) => `${code} ${on}`);

describe('a flow crosses every boundary that holds exactly one of its ends', () => {
  const outer = around('outer', [0, 0, 500, 500]);
  const inner = around('inner', [50, 50, 200, 200], outer);
  const a = process('a', 50, 50, inner);
  const b = process('b', 300, 300, outer);
  const c = process('c', 700, 0);

  it('not one that holds both', () =>
    expect(crosses(outer, a, b, inner, ...arrow(b, a))).toEqual(['shape:inner']));
  it('nor one that holds none', () =>
    expect(crosses(around('far', [2000, 0, 50, 50]), ...arrow(c, process('d', 900, 0)))).toEqual([]));
  it('nested ones from the inside out', () =>
    expect(crosses(outer, inner, a, c, ...arrow(a, c))).toEqual(['shape:inner', 'shape:outer']));
  it('and from the outside in', () =>
    expect(crosses(outer, inner, a, c, ...arrow(c, a))).toEqual(['shape:outer', 'shape:inner']));
  it('a boundary beside another, left first', () => {
    const other = around('other', [600, -50, 300, 300]);
    expect(crosses(outer, inner, other, a, c, ...arrow(a, c))).toEqual([
      'shape:inner',
      'shape:outer',
      'shape:other',
    ]);
  });
  it('by the centre of the element, wherever its edges lie', () => {
    const edge = around('edge', [0, 0, 160, 160]);
    const inside = process('inside', 100, 100);
    const outside = process('outside', 120, 120);
    expect(crosses(edge, inside, c, ...arrow(inside, c))).toEqual(['shape:edge']);
    expect(crosses(edge, outside, c, ...arrow(outside, c))).toEqual([]);
  });
});

describe('position is on the page, through every parent', () => {
  it('in a rotated boundary that turned away from an element', () => {
    const turned = { ...around('turned', [0, 0, 400, 20]), rotation: Math.PI / 2 };
    const below = process('below', -60, 200);
    const beside = process('beside', 250, -40);
    const model = modelOf(turned, below, beside, ...arrow(below, beside));
    expect(model.flows[0]!.crosses).toEqual(['shape:turned']);
    expect(model.elements.find(({ id }) => id === 'shape:below')!.boundaries).toEqual(['shape:turned']);
  });

  it('in a rotated group', () => {
    const group = { ...process('g', 1000, 0), type: 'group', rotation: Math.PI } as ShapeRecord;
    const inGroup = process('in-group', 100, -300, group);
    const box = around('box', [700, 150, 300, 300]);
    expect(crosses(group, inGroup, box, process('x', 0, 0), ...arrow(inGroup, process('x', 0, 0)))).toEqual([
      'shape:box',
    ]);
  });

  it('parented to a boundary or merely drawn over it alike', () => {
    const box = around('box', [100, 100, 300, 300]);
    const child = process('child', 50, 50, box);
    const loose = process('child', 150, 150);
    const far = process('far', 900, 900);
    expect(crosses(box, child, far, ...arrow(child, far))).toEqual(
      crosses(box, loose, far, ...arrow(loose, far)),
    );
  });
});

describe('each page is a plane of its own', () => {
  const other: BoardRecord = { id: 'page:2', typeName: 'page', name: 'Detail', index: 'a2', meta: {} };
  const first: BoardRecord = { id: 'page:page', typeName: 'page', name: 'Context', index: 'a1', meta: {} };
  const on = <T extends BoardRecord>(page: string, record: T): T => ({ ...record, parentId: page });
  const box = around('box', [0, 0, 300, 300]);
  const a = process('a', 50, 50);
  const far = process('far', 900, 0);

  it('where nothing of another page lies around an element, nor is crossed', () => {
    const [arrow2, ...bindings] = arrow(a, far);
    const there = [on('page:2', a), on('page:2', far), on('page:2', arrow2!), ...bindings];
    const model = modelOf(first, other, box, ...there);
    expect(model.pages).toEqual([
      { id: 'page:page', name: 'Context' },
      { id: 'page:2', name: 'Detail' },
    ]);
    expect(model.elements.map(({ page, boundaries }) => [page, boundaries])).toEqual([
      ['page:2', []],
      ['page:2', []],
    ]);
    expect(model.flows[0]).toMatchObject({ page: 'page:2', source: 'shape:a', crosses: [] });
    expect(model.boundaries).toMatchObject([{ page: 'page:page', contains: [] }]);
    expect(crosses(first, other, on('page:2', box), ...there)).toEqual(['shape:box']);
  });
  it('of which a boundary of the same place is no parent, and straddles nothing', () => {
    const model = modelOf(
      first,
      other,
      box,
      on('page:2', around('inner', [10, 10, 100, 100])),
      process('edge', 60, 60),
    );
    expect(model.boundaries.map(({ parent }) => parent)).toEqual([null, null]);
    expect(codes(first, other, on('page:2', box), process('edge', 250, 250))).not.toContainEqual(
      expect.stringContaining('straddling'),
    );
  });
  it('and an arrow bound to an element of another page has a free end', () => {
    const model = modelOf(first, other, on('page:2', a), far, ...arrow(a, far));
    expect(model.flows[0]).toMatchObject({ source: null, target: 'shape:far' });
  });
  it('the first of which takes what lost its page', () => {
    const [lost, child] = [on('page:gone', box), process('a', 50, 50, box)];
    const pageOf = (...pages: BoardRecord[]) =>
      modelOf(...pages, lost, child).elements.map(({ page, boundaries }) => [page, boundaries]);
    expect(pageOf(other, first)).toEqual([['page:page', ['shape:box']]]);
    expect(pageOf(other)).toEqual([['page:2', ['shape:box']]]);
    expect(pageOf()).toEqual([['page:page', ['shape:box']]]);
  });
});

describe('an open boundary is crossed where a flow is drawn across it', () => {
  const line = (id: string, points: [number, number][], change: object = {}): ShapeRecord => ({
    ...around(id, [0, 0, 0, 0]),
    type: 'boundary_line',
    props: { points, name: id },
    ...change,
  });
  const upright = (id: string, x: number, top = -500, bottom = 500) =>
    line(
      id,
      [
        [0, top],
        [0, bottom],
      ],
      { x },
    );
  const a = process('a', 0, 0);
  const b = process('b', 600, 0);

  it('in the order in which it meets them, from its source', () => {
    const lines = [upright('far', 400), upright('near', 200)];
    expect(crosses(...lines, a, b, ...arrow(a, b))).toEqual(['shape:near', 'shape:far']);
    const back = { arrowheadStart: 'arrow', arrowheadEnd: 'none' };
    expect(crosses(...lines, a, b, ...arrow(a, b, back))).toEqual(['shape:far', 'shape:near']);
  });
  it('not where it ends before it, nor under the elements at its ends', () => {
    expect(crosses(upright('short', 300, 60), a, b, ...arrow(a, b))).toEqual([]);
    expect(crosses(upright('under', 90), a, b, ...arrow(a, b))).toEqual([]);
    expect(crosses(upright('beside', 110), a, b, ...arrow(a, b))).toEqual(['shape:beside']);
  });
  it('where its bend takes it, not where the straight line would', () => {
    const below = upright('below', 350, 140, 400);
    const above = upright('above', 350, -400, 140);
    expect(crosses(below, above, a, b, ...arrow(a, b, { bend: 150 }))).toEqual(['shape:below']);
    expect(crosses(below, above, a, b, ...arrow(a, b, { bend: -150 }))).toEqual(['shape:above']);
  });
  it('at the free end, and at the very point of an element that an end was drawn to', () => {
    const free = { start: { x: 0, y: 0 }, end: { x: 300, y: 50 } };
    const [shape, start] = arrow(a, b, free);
    expect(crosses(upright('line', 250), a, shape!, start!)).toEqual(['shape:line']);
    expect(crosses(upright('line', 350), a, shape!, start!)).toEqual([]);

    const [straight, ...ends] = arrow(a, b);
    const low = ends.map(end => ({
      ...end,
      props: { ...(end.props as object), isPrecise: true, normalizedAnchor: { x: 0.5, y: 0.9 } },
    }));
    const line = upright('line', 350, 70, 100);
    expect(crosses(line, a, b, straight!, ...ends)).toEqual([]);
    expect(crosses(line, a, b, straight!, ...low)).toEqual(['shape:line']);
  });
  it('between the boundaries that it leaves and those that it enters', () => {
    const boxes = [around('left', [-50, -50, 200, 200]), around('right', [550, -50, 200, 200])];
    expect(crosses(...boxes, upright('line', 350), a, b, ...arrow(a, b))).toEqual([
      'shape:left',
      'shape:line',
      'shape:right',
    ]);
  });
  it('on its own page, turned and moved with what holds it', () => {
    const page: BoardRecord = { id: 'page:2', typeName: 'page', name: '', index: 'a2', meta: {} };
    const first: BoardRecord = { ...page, id: 'page:page', index: 'a1' };
    const there = { ...upright('line', 350), parentId: 'page:2' };
    expect(crosses(first, page, there, a, b, ...arrow(a, b))).toEqual([]);
    const flat = line(
      'flat',
      [
        [0, 0],
        [400, 0],
      ],
      { x: 350, y: -200, rotation: Math.PI / 2 },
    );
    expect(crosses(flat, a, b, ...arrow(a, b))).toEqual(['shape:flat']);
    const group = { ...process('g', 350, -200), type: 'group', rotation: Math.PI / 2 } as ShapeRecord;
    expect(
      crosses(
        group,
        line(
          'held',
          [
            [0, 0],
            [400, 0],
          ],
          { parentId: group.id },
        ),
        a,
        b,
        ...arrow(a, b),
      ),
    ).toEqual(['shape:held']);
  });
  it('and holds nothing, lies in what holds all of it, and asks to be closed', () => {
    const box = around('box', [-100, -600, 1000, 1200]);
    const model = modelOf(box, upright('line', 350), a, b, ...arrow(a, b));
    expect(model.boundaries.at(-1)).toMatchObject({
      ...{ id: 'shape:line', name: 'line', open: true, parent: 'shape:box', contains: [] },
    });
    expect(modelOf(box, upright('line', 350, -800)).boundaries.at(-1)!.parent).toBeNull();
    const found = model.findings.filter(({ on }) => on === 'shape:line').map(({ code }) => code);
    expect(found).toEqual(['open-boundary']);
    expect(codes(upright('line', 5000), a, b, ...arrow(a, b))).toContain('uncrossed-boundary shape:line');
  });
});

describe('the ends of a flow', () => {
  const box = around('box', [0, 0, 300, 300]);
  const a = process('a', 50, 50);
  const b = process('b', 500, 50);

  it('follow the arrowhead, not the order of drawing', () => {
    const back = { arrowheadStart: 'arrow', arrowheadEnd: 'none' };
    expect(modelOf(a, b, ...arrow(a, b, back)).flows[0]).toMatchObject({
      source: 'shape:b',
      target: 'shape:a',
    });
    expect(modelOf(a, b, ...arrow(a, b)).flows[0]).toMatchObject({
      source: 'shape:a',
      target: 'shape:b',
      bidirectional: false,
    });
  });
  it('count as both ways with two heads; a dot only marks who starts', () => {
    expect(modelOf(a, b, ...arrow(a, b, { arrowheadStart: 'arrow' })).flows[0]!.bidirectional).toBe(true);
    expect(modelOf(a, b, ...arrow(a, b, { arrowheadStart: 'dot' })).flows[0]!.bidirectional).toBe(false);
  });
  it('may be free: the point counts for crossings, and it is a finding', () => {
    const [free, start] = arrow(a, b, { start: { x: 0, y: 0 }, end: { x: 600, y: 0 } });
    const model = modelOf(box, a, free!, start!);
    expect(model.flows[0]).toMatchObject({ source: 'shape:a', target: null, crosses: ['shape:box'] });
    expect(model.findings).toContainEqual(expect.objectContaining({ code: 'free-end', on: 'shape:f' }));
  });
  it('are free when bound to something that is no element', () => {
    expect(modelOf(box, a, ...arrow(a, box)).flows[0]).toMatchObject({ source: 'shape:a', target: null });
  });
});

describe('findings', () => {
  const a = process('a', 50, 50);
  const store = (id: string, x: number) =>
    element('data_store', { id, name: id, box: [x, 0, 100, 100], index: 'a1' });

  it('name what has no label', () => {
    const bare = element('process', { id: 'bare', name: ' ', box: [0, 0, 10, 10], index: 'a1' });
    const box = boundary({ id: 'box', name: '', box: [0, 0, 300, 300], index: 'a1' });
    const found = codes(bare, box, ...arrow(bare, a, { text: '' }), a);
    expect(found).toContain('unlabelled-element shape:bare');
    expect(found).toContain('unlabelled-boundary shape:box');
    expect(found).toContain('unlabelled-flow shape:f');
  });
  it('tell of two stores that talk to each other', () => {
    const [one, two] = [store('one', 0), store('two', 300)];
    expect(codes(one, two, ...arrow(one, two))).toContain('store-to-store shape:f');
  });
  it('tell of an element alone and of a boundary that nothing crosses', () => {
    expect(codes(around('box', [0, 0, 300, 300]), a)).toEqual([
      'unconnected-element shape:a',
      'uncrossed-boundary shape:box',
    ]);
  });
  it('tell of an element across a border', () => {
    expect(codes(around('box', [0, 0, 120, 300]), a)).toContain('straddling-element shape:a');
  });
  it('tell of a store that nothing reads, and of one that nothing writes', () => {
    const full = (from: ShapeRecord, to: ShapeRecord, props?: object) =>
      codes(from, to, ...arrow(from, to, props)).filter(code => code.includes('store'));
    expect(full(a, store('s', 300))).toEqual(['unread-store shape:s']);
    expect(full(store('s', 300), a)).toEqual(['unwritten-store shape:s']);
    expect(full(a, store('s', 300), { arrowheadStart: 'arrow' })).toEqual([]);
  });
  it('tell of a protocol that answers, drawn one-way', () => {
    const b = process('b', 300, 0);
    const asked = (props: object, ...more: BoardRecord[]) => {
      const [shape, ...bindings] = arrow(a, b, props);
      const answering = { ...shape, meta: { protocol: 'fhir' } } as ShapeRecord;
      return codes(a, b, answering, ...bindings, ...more).filter(code => code.startsWith('one-way'));
    };
    expect(asked({})).toEqual(['one-way-answer shape:f']);
    expect(asked({ arrowheadStart: 'arrow' })).toEqual([]);
    expect(asked({}, ...flow({ id: 'back', name: 'Back', from: b, to: a, index: 'a2' }))).toEqual([]);
  });
  it('tell of words that claim a protection, and of a payload that nobody marked', () => {
    const [shape, ...bindings] = arrow(a, process('b', 300, 0), { text: 'Encrypted login' });
    expect(codes(a, process('b', 300, 0), shape!, ...bindings)).toEqual([
      'vague-word shape:f',
      'unmarked-payload shape:f',
    ]);
  });
  it('are none for the example that ships with the product', () => {
    expect(modelOf(...wearableSensor.records()).findings).toEqual([]);
  });
});

describe('the model of a boundary', () => {
  it('knows its parent and what is directly inside', () => {
    const outer = around('outer', [0, 0, 500, 500]);
    const inner = around('inner', [50, 50, 200, 200], outer);
    const model = modelOf(outer, inner, process('in', 20, 20, inner), process('out', 350, 350, outer));
    expect(model.boundaries).toMatchObject([
      { id: 'shape:outer', parent: null, contains: ['shape:out'] },
      { id: 'shape:inner', parent: 'shape:outer', contains: ['shape:in'] },
    ]);
  });
});

it('any bag of records gives a model: strange parents, bindings and numbers never throw', () => {
  const id = fc.constantFrom('shape:a', 'shape:b', 'shape:c', 'page:page', 'shape:gone');
  const number = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.constant(0));
  const shape = fc.record({
    id: fc.constantFrom('shape:a', 'shape:b', 'shape:c'),
    typeName: fc.constant('shape'),
    type: fc.constantFrom('process', 'data_store', 'trust_boundary', 'arrow', 'group', 'mystery'),
    x: number,
    y: number,
    rotation: number,
    parentId: id,
    index: fc.constant('a1'),
    props: fc.dictionary(
      fc.constantFrom('w', 'h', 'name', 'text', 'start', 'arrowheadEnd'),
      fc.oneof(number, fc.string()),
    ),
    meta: fc.dictionary(fc.constantFrom('role', 'protocol', 'description'), fc.oneof(fc.string(), number)),
  });
  const binding = fc.record({
    id: fc.constantFrom('binding:a', 'binding:b', 'binding:c'),
    typeName: fc.constant('binding'),
    type: fc.constant('arrow'),
    fromId: id,
    toId: id,
    props: fc.record({ terminal: fc.constantFrom('start', 'end', 'middle') }),
    meta: fc.constant({}),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(shape, binding), { maxLength: 12 }), records => {
      const model = modelOf(...(records as unknown as BoardRecord[]));
      const boundaries = new Set(model.boundaries.map(boundary => boundary.id));
      expect(model.flows.every(({ crosses }) => crosses.every(crossed => boundaries.has(crossed)))).toBe(
        true,
      );
    }),
    { numRuns: 500 },
  );
});
