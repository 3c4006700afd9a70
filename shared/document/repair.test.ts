import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoardRecord, isBinding, isShape } from './board.ts';
import { element, flow } from './build.ts';
import { FIRST_PAGE, repair } from './repair.ts';

const page: BoardRecord = { id: FIRST_PAGE, typeName: 'page', name: 'Diagram', index: 'a1', meta: {} };
const shape = (id: string, parentId: string = FIRST_PAGE) => ({
  ...element('process', { id, name: id, box: [0, 0, 10, 10], index: 'a1' }),
  parentId,
});
const mapOf = (...records: BoardRecord[]) => new Map(records.map(record => [record.id, record]));
const parents = (records: Map<string, BoardRecord>) =>
  Object.fromEntries([...records.values()].filter(isShape).map(({ id, parentId }) => [id, parentId]));

describe('repair', () => {
  it('leaves a sound board as it is, record for record', () => {
    const [a, b] = [shape('a'), shape('b')];
    const sound = mapOf(page, a, b, ...flow({ id: 'f', name: 'f', from: a, to: b, index: 'a2' }));
    const repaired = repair(sound);
    expect([...repaired]).toEqual([...sound]);
    for (const [id, record] of repaired) expect(record).toBe(sound.get(id));
  });
  it('puts a shape whose parent is gone on the page', () => {
    expect(parents(repair(mapOf(page, shape('a', 'shape:gone'))))).toEqual({ 'shape:a': FIRST_PAGE });
  });
  it('opens a parent cycle at its lowest id and keeps the rest of it', () => {
    const cycle = mapOf(page, shape('b', 'shape:c'), shape('c', 'shape:a'), shape('a', 'shape:b'));
    expect(parents(repair(cycle))).toEqual({
      'shape:a': FIRST_PAGE,
      'shape:b': 'shape:c',
      'shape:c': 'shape:a',
    });
    expect(parents(repair(mapOf(page, shape('a', 'shape:a'))))).toEqual({ 'shape:a': FIRST_PAGE });
  });
  it('drops a binding that dangles', () => {
    const [a, b] = [shape('a'), shape('b')];
    const [arrow, start, end] = flow({ id: 'f', name: 'f', from: a, to: b, index: 'a2' });
    expect([...repair(mapOf(page, a, arrow!, start!, end!)).keys()]).not.toContain(end!.id);
    expect([...repair(mapOf(page, a, b, start!, end!)).values()].filter(isBinding)).toEqual([]);
  });
  it('keeps the lower of two bindings on one terminal', () => {
    const [a, b] = [shape('a'), shape('b')];
    const [arrow, start, end] = flow({ id: 'f', name: 'f', from: a, to: b, index: 'a2' });
    const twin = { ...end!, id: 'binding:a-twin', toId: a.id };
    for (const order of [
      [end!, twin],
      [twin, end!],
    ]) {
      const bindings = [...repair(mapOf(page, a, b, arrow!, start!, ...order)).values()].filter(isBinding);
      expect(bindings.map(({ id }) => id).sort()).toEqual(['binding:a-twin', start!.id]);
    }
  });
  it('gives a board that lost every page one back', () => {
    expect(parents(repair(mapOf(shape('a', 'page:gone'))))).toEqual({ 'shape:a': FIRST_PAGE });
    expect(repair(new Map()).get(FIRST_PAGE)).toMatchObject({ typeName: 'page' });
  });

  it('of any records is sound, the same whatever their order, and needs no second time', () => {
    const id = fc.integer({ min: 0, max: 7 }).map(n => `shape:${n}`);
    const shapes = fc.uniqueArray(
      fc.record({ id, parent: fc.oneof(id, fc.constantFrom(FIRST_PAGE, 'page:x')) }),
      {
        selector: each => each.id,
      },
    );
    const bindings = fc.uniqueArray(
      fc.record({
        id: fc.nat(9).map(n => `binding:${n}`),
        from: id,
        to: id,
        terminal: fc.constantFrom('start', 'end'),
      }),
      { selector: each => each.id },
    );
    fc.assert(
      fc.property(shapes, bindings, fc.infiniteStream(fc.nat()), (someShapes, someBindings, order) => {
        const records: BoardRecord[] = [
          ...someShapes.map(({ id, parent }, i) => ({
            ...shape(id.slice(6), parent),
            type: i % 2 ? 'arrow' : 'process',
          })),
          ...someBindings.map(({ id, from, to, terminal }) => ({
            id,
            typeName: 'binding',
            type: 'arrow',
            fromId: from,
            toId: to,
            props: { terminal },
            meta: {},
          })),
        ];
        const shuffled = records
          .map(record => [order.next().value as number, record] as const)
          .sort(([a], [b]) => a - b)
          .map(([, record]) => record);
        const repaired = repair(mapOf(...records));
        const sorted = (map: Map<string, BoardRecord>) =>
          [...map.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(repair(mapOf(...shuffled)))).toEqual(sorted(repaired));
        expect(sorted(repair(repaired))).toEqual(sorted(repaired));
        const terminals = [...repaired.values()]
          .filter(isBinding)
          .map(({ fromId, props }) => `${fromId} ${props.terminal}`);
        expect(new Set(terminals).size).toBe(terminals.length);
        for (const start of [...repaired.values()].filter(isShape)) {
          let at: BoardRecord | undefined = start;
          for (let steps = 0; at && isShape(at); steps++) {
            expect(steps).toBeLessThan(20);
            at = repaired.get(at.parentId);
          }
          expect(at?.typeName).toBe('page');
        }
      }),
    );
  });
});
