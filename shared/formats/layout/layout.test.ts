import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Diagram, FileBoundary, FileElement, FileFlow, ThreatModel } from '../threat-model.ts';
import { gridLayout } from './grid.ts';
import { layOut } from './layout.ts';
import { treeOf } from './tree.ts';

const thing = (id: string, name = id) => ({ id, name, description: '', attributes: {} });
const element = (id: string, boundary: string | null = null, box: Box | null = null): FileElement => ({
  ...thing(id),
  kind: 'process',
  box,
  boundary,
});
const boundary = (id: string, parent: string | null = null, box: Box | null = null): FileBoundary => ({
  ...thing(id),
  box,
  line: null,
  parent,
});
const flow = (id: string, source: FileFlow['source'], target: FileFlow['target']): FileFlow => ({
  ...thing(id, `Flow ${id}`),
  source,
  target,
  bidirectional: false,
  bend: 0,
});
const diagram = (more: Partial<Diagram>): Diagram => ({
  id: 'd',
  title: '',
  elements: [],
  flows: [],
  boundaries: [],
  notes: [],
  ...more,
});
const modelOf = (...diagrams: Diagram[]): ThreatModel => ({ title: '', scope: '', diagrams, threats: [] });
const laid = async (more: Partial<Diagram>): Promise<Diagram> =>
  (await layOut(modelOf(diagram(more)))).model.diagrams[0]!;

const overlap = ([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box) =>
  ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
const inside = ([ox, oy, ow, oh]: Box, [x, y, w, h]: Box) =>
  x >= ox && y >= oy && x + w <= ox + ow && y + h <= oy + oh;

/** What is wrong with a picture, in words. */
function faults({ elements, boundaries }: Diagram): string[] {
  const found: string[] = [];
  const all = [
    ...elements.map(({ id, box, boundary: holder }) => ({ id, box, holder })),
    ...boundaries.map(({ id, box, parent }) => ({ id, box, holder: parent })),
  ];
  const boxes = new Map(all.map(({ id, box }) => [id, box]));
  for (const [i, { id, box, holder }] of all.entries()) {
    if (!box?.every(Number.isFinite)) {
      found.push(`${id} has no place`);
      continue;
    }
    if (holder !== null && !inside(boxes.get(holder)!, box)) found.push(`${id} is not in ${holder}`);
    for (const other of all.slice(i + 1)) {
      if (other.holder === holder && other.box && overlap(box, other.box))
        found.push(`${id} overlaps ${other.id}`);
    }
  }
  return found;
}

/** Boundaries in one another, elements in them, flows between any two. */
const nested = fc
  .record({
    parents: fc.array(fc.nat(), { maxLength: 7 }),
    holders: fc.array(fc.nat(), { minLength: 1, maxLength: 14 }),
    flows: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 }),
  })
  .map(({ parents, holders, flows }): Diagram => {
    // The first lies on the page, another in one before it, or on the page.
    const boundaries = parents.map((n, i) => boundary(`b${i}`, n % (i + 1) === i ? null : `b${n % (i + 1)}`));
    const elements = holders.map((n, i) => {
      const at = n % (boundaries.length + 1);
      return element(`e${i}`, at === boundaries.length ? null : `b${at}`);
    });
    const end = (n: number) => ({ element: `e${n % elements.length}` });
    return diagram({ boundaries, elements, flows: flows.map(([a, b], i) => flow(`f${i}`, end(a), end(b))) });
  });

describe('a diagram without places', () => {
  it('is laid out with everything in its boundary and nothing over another', async () => {
    await fc.assert(
      fc.asyncProperty(nested, async given => {
        expect(faults(await laid(given))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
  it('in rows, as where ELK fails, too', () => {
    fc.assert(
      fc.property(nested, given => {
        const places = gridLayout(treeOf(given));
        const boxed = <T extends { id: string }>(each: T) => ({ ...each, box: places.get(each.id)! });
        expect(
          faults({ ...given, elements: given.elements.map(boxed), boundaries: given.boundaries.map(boxed) }),
        ).toEqual([]);
      }),
    );
  });
  it('with more than ELK can do in time is laid out in rows', async () => {
    const elements = Array.from({ length: 3000 }, (_, i) => element(`e${i}`));
    expect(faults(await laid({ elements }))).toEqual([]);
  });
  it('survives boundaries that lie in one another and ends that are nowhere', async () => {
    const given = {
      boundaries: [boundary('a', 'b'), boundary('b', 'a'), boundary('c', 'gone')],
      elements: [element('e', 'a'), element('f', 'gone')],
      flows: [flow('x', { element: 'gone' }, { element: 'e' })],
    };
    const { elements, boundaries } = await laid(given);
    expect([...elements, ...boundaries].every(({ box }) => box)).toBe(true);
  });
  it('bends flows between the same two elements apart, whichever way they go', async () => {
    const { flows } = await laid({
      elements: [element('a'), element('b')],
      flows: [
        flow('there', { element: 'a' }, { element: 'b' }),
        flow('back', { element: 'b' }, { element: 'a' }),
        flow('again', { element: 'a' }, { element: 'b' }),
      ],
    });
    // Seen from `a` alone.
    const sides = flows.map(({ bend, source }) =>
      'element' in source && source.element === 'a' ? bend : -bend,
    );
    expect(new Set(sides).size).toBe(3);
  });
});

describe('a diagram with places', () => {
  it('keeps every one, its lines and its notes', async () => {
    const given = diagram({
      elements: [element('a', null, [5, 6, 70, 80]), element('b', null, [0, 0, 10, 10])],
      boundaries: [
        {
          ...boundary('line'),
          line: [
            [0, 0],
            [5, 5],
          ],
        },
      ],
      flows: [flow('f', { element: 'a' }, { point: [1, 2] })],
      notes: [{ id: 'n', text: 'x', at: [3, 4] }],
    });
    expect(await layOut(modelOf(given))).toEqual({ model: modelOf(given), laidOut: false });
  });
  it('gives what is new room in its boundary, without moving anything', async () => {
    const given = diagram({
      boundaries: [boundary('outer', null, [0, 0, 600, 400])],
      elements: [
        element('a', 'outer', [40, 60, 180, 90]),
        element('b', 'outer', [300, 60, 180, 90]),
        element('new', 'outer'),
        element('newer', 'outer'),
        element('aside'),
        element('c', null, [700, 0, 180, 90]),
        element('d', null, [700, 200, 180, 90]),
      ],
    });
    const after = await laid(given);
    expect(faults(after)).toEqual([]);
    for (const { id, box } of given.elements) {
      if (box) expect(after.elements.find(each => each.id === id)!.box).toEqual(box);
    }
  });
  it('draws a boundary of which only the content has a place around that', async () => {
    const { boundaries } = await laid({
      boundaries: [boundary('outer'), boundary('inner', 'outer')],
      elements: [element('a', 'inner', [0, 0, 180, 90]), element('b', 'outer', [400, 0, 180, 90])],
    });
    const [outer, inner] = boundaries;
    expect(inside(outer!.box!, inner!.box!) && inside(inner!.box!, [0, 0, 180, 90])).toBe(true);
  });
  it('puts a free end beside the other one', async () => {
    const { flows } = await laid({
      elements: [element('a', null, [0, 0, 100, 100])],
      flows: [
        flow('out', { element: 'a' }, { point: null }),
        flow('in', { point: null }, { element: 'a' }),
        flow('lost', { point: null }, { point: null }),
      ],
    });
    const [out, into, lost] = flows;
    expect(out!.target).toEqual({ point: [260, 50] });
    expect(into!.source).toEqual({ point: [-160, 50] });
    expect(JSON.stringify(lost)).not.toContain('null');
  });
});

it('tells boundary by boundary how far it is, of all that is drawn anew', async () => {
  const told: [number, number][] = [];
  const known = diagram({ elements: [element('k', null, [0, 0, 10, 10])] });
  const nested = diagram({
    elements: [element('a', 'inner'), element('b')],
    boundaries: [boundary('outer'), boundary('inner', 'outer')],
  });
  await layOut(modelOf(nested, known, diagram({ elements: [element('c')] })), {
    onPlaced: (done, of) => told.push([done, of]),
  });
  expect(told).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
});
