import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSound } from './sound.ts';
import type {
  Diagram,
  FileBoundary,
  FileElement,
  FileFlow,
  FileThreat,
  ThreatModel,
} from './threat-model.ts';

const thing = (id: string, name = id) => ({ id, name, description: '', attributes: {} });
const element = (id: string, more: Partial<FileElement> = {}): FileElement => ({
  ...thing(id),
  ...{ kind: 'process', box: [0, 0, 180, 90], boundary: null },
  ...more,
});
const boundary = (id: string, parent: string | null): FileBoundary => ({
  ...thing(id),
  ...{ box: [0, 0, 500, 500], line: null, parent },
});
const flow = (id: string, source: string, target: string): FileFlow => ({
  ...thing(id),
  ...{ source: { element: source }, target: { element: target }, bidirectional: false, bend: 0 },
});
const threat = (id: string, more: Partial<FileThreat> = {}): FileThreat => ({
  ...{ id, title: id, description: '', stride: [], category: '', target: '', status: 'open' },
  ...{ severity: null, justification: '', mitigation: '' },
  ...more,
});
const diagram = (more: Partial<Diagram>): Diagram => ({
  ...{ id: 'd', title: '', elements: [], flows: [], boundaries: [], notes: [] },
  ...more,
});
const soundOf = (diagrams: Diagram[], threats: FileThreat[] = []) =>
  makeSound({ model: { title: '', scope: '', diagrams, threats }, skipped: [] });

describe('a model that a reader got wrong', () => {
  it('is left as it is when nothing is wrong', () => {
    const model: ThreatModel = {
      ...{ title: 'T', scope: 'S', foreign: { otm: { a: 1 } } },
      diagrams: [
        diagram({
          elements: [element('a', { attributes: { role: 'gateway' }, boundary: 'b' }), element('c')],
          boundaries: [boundary('b', null)],
          flows: [flow('f', 'a', 'c')],
        }),
      ],
      threats: [threat('t', { target: 'f', stride: ['S', 'E'] })],
    };
    expect(makeSound({ model, skipped: [] })).toEqual({ model, skipped: [] });
  });
  it('gets ids that are unique, its flows still at the right element of their diagram', () => {
    const { model } = soundOf([
      diagram({ elements: [element('a'), element('b')], flows: [flow('a', 'a', 'b')] }),
      diagram({ id: 'd', elements: [element('a'), element('b')], flows: [flow('f', 'b', 'a')] }),
    ]);
    const [, second] = model.diagrams;
    expect(model.diagrams.map(({ id }) => id)).toEqual(['d', 'd~2']);
    expect(second!.elements.map(({ id }) => id)).toEqual(['a~3', 'b~2']);
    expect(second!.flows[0]).toMatchObject({ source: { element: 'b~2' }, target: { element: 'a~3' } });
  });
  it('says which references lead nowhere', () => {
    const { model, skipped } = soundOf(
      [diagram({ elements: [element('a', { boundary: 'gone' })], flows: [flow('f', 'a', 'gone')] })],
      [threat('t', { target: 'gone' })],
    );
    expect(model.diagrams[0]!.flows[0]!.target).toEqual({ point: null });
    expect(model.threats[0]!.target).toBe('');
    expect(skipped).toHaveLength(3);
  });
  it('keeps what a team says of a threat, as far as a register takes it', () => {
    const many = Array.from({ length: 25 }, (_, i) => `tag ${i}`);
    const { model, skipped } = soundOf(
      [],
      [
        threat('a b', { tags: [' radio ', 'radio', ''], owner: 'Olu', into: 'c' }),
        threat('c', { into: 'nowhere', tags: many, owner: '' }),
        threat('d', { into: 'a b' }),
      ],
    );
    const [first, second, third] = model.threats;
    expect(first).toMatchObject({ tags: ['radio'], owner: 'Olu', into: second!.id });
    expect(second).not.toHaveProperty('into');
    expect(second!.tags).toEqual(many.slice(0, 20));
    expect(third!.into).toBe(first!.id);
    expect(skipped.map(({ why }) => why)).toEqual([
      'it has more than 20 tags',
      'what it was merged into is not in the file: “nowhere”',
    ]);
  });
  it('has no boundary in itself, and none in a thousand others', () => {
    const chain = Array.from({ length: 1000 }, (_, i) => boundary(`b${i}`, `b${i + 1}`));
    const { model, skipped } = soundOf([
      diagram({ boundaries: [boundary('x', 'y'), boundary('y', 'x'), boundary('z', 'z'), ...chain] }),
    ]);
    const parents = new Map(model.diagrams[0]!.boundaries.map(({ id, parent }) => [id, parent]));
    for (const id of parents.keys()) {
      let levels = 0;
      for (let at = parents.get(id); at; at = parents.get(at)) levels++;
      expect(levels).toBeLessThanOrEqual(50);
    }
    expect(skipped.length).toBeGreaterThan(2);
  });
  it('has only numbers, texts and answers that a board takes', () => {
    const { model, skipped } = soundOf(
      [
        diagram({
          elements: [
            element('a', { box: [Number.NaN, 0, 10, 10] }),
            element('b', { box: [1e300, 0, -5, 10], name: 'x\u0000y\ud800'.padEnd(5000, '.') }),
            element('c', { attributes: { role: 'king', __proto__: 'x' } as Record<string, string> }),
          ],
        }),
      ],
      [threat('t', { stride: ['E', 'S', 'S'], category: 'c'.repeat(100) })],
    );
    const [a, b, c] = model.diagrams[0]!.elements;
    expect(a!.box).toBeNull();
    expect(b!.box).toEqual([1_000_000, 0, 10, 10]);
    expect(b!.name).toMatch(/^xy\ufffd\.+…$/);
    expect(b!.name).toHaveLength(300);
    expect(c!.attributes).toEqual({});
    expect(model.threats[0]).toMatchObject({ stride: ['S', 'E'] });
    expect(model.threats[0]!.category).toHaveLength(80);
    expect(skipped.map(({ what }) => what)).toHaveLength(5);
  });
  it('is refused when it is more than a session takes', () => {
    const elements = Array.from({ length: 8001 }, (_, i) => element(`e${i}`));
    expect(() => soundOf([diagram({ elements })])).toThrow('8001 shapes');
  });
  it('holds plain JSON of a foreign format, no deeper than a document can', () => {
    const deep = JSON.parse('['.repeat(60) + ']'.repeat(60));
    const { model, skipped } = soundOf([
      diagram({
        elements: [
          element('a', {
            foreign: { otm: JSON.parse('{"__proto__":{"x":1},"y":2}'), tm7: deep, imported: 1 },
          }),
        ],
      }),
    ]);
    expect(JSON.stringify(model.diagrams[0]!.elements[0]!.foreign)).toBe('{"otm":{"y":2}}');
    expect(skipped).toHaveLength(1);
  });
  it('is sound after once: again nothing changes', () => {
    const id = fc.constantFrom('a', 'b', '', 'a~2', '__proto__', 'x y', '\u0000');
    const model = fc.record({
      title: fc.string({ unit: 'binary' }),
      scope: fc.string(),
      diagrams: fc.array(
        fc.record({
          ...{ id, title: fc.string() },
          elements: fc.array(
            fc
              .tuple(id, id, fc.array(fc.double(), { minLength: 4, maxLength: 4 }))
              .map(([own, holder, box]) => element(own, { boundary: holder, box: box as never })),
          ),
          flows: fc.array(fc.tuple(id, id, id).map(([own, from, to]) => flow(own, from, to))),
          boundaries: fc.array(fc.tuple(id, fc.option(id)).map(([own, parent]) => boundary(own, parent))),
          notes: fc.constant<Diagram['notes']>([]),
        }),
      ),
      threats: fc.array(fc.tuple(id, id).map(([own, target]) => threat(own, { target }))),
    });
    fc.assert(
      fc.property(model, given => {
        const once = makeSound({ model: given, skipped: [] }).model;
        const { model: twice, skipped } = makeSound({ model: once, skipped: [] });
        expect({ twice, skipped }).toEqual({ twice: once, skipped: [] });
      }),
    );
  });
});
