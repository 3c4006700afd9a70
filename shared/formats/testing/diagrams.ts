/** Arbitrary threat models, as readers make them: for property tests of formats. Their threats are few and plain. */
import fc from 'fast-check';
import { attributesOf } from '../../dfd/attributes.ts';
import { ELEMENT_KINDS, type Kind } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
import type { Box, Diagram, End, Point, Thing, ThreatModel } from '../threat-model.ts';

/** Letters that formats trip over. */
const SIGNS = [
  'a',
  'B',
  'ß',
  '🩺',
  ' ',
  '  ',
  '<b>',
  '&',
  '&amp;',
  '"',
  "'",
  '[',
  ']',
  '(',
  '%',
  '#',
  '\u00a0',
  ';',
  'end',
  '|',
];
const text = fc.array(fc.constantFrom(...SIGNS), { maxLength: 6 }).map(signs => signs.join('').trim());
const lines = fc.array(text, { minLength: 1, maxLength: 3 }).map(each => each.join('\n').trim());
const coordinate = fc.integer({ min: -100_000, max: 100_000 }).map(value => value / 100);
const size = fc.integer({ min: 1, max: 100_000 }).map(value => value / 100);
const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);
const box: fc.Arbitrary<Box> = fc.tuple(coordinate, coordinate, size, size);
const foreign: fc.Arbitrary<Record<string, Json> | undefined> = fc.option(
  fc.constantFrom<Record<string, Json>[]>({ otm: { tags: ['x', '<y>'] } }, { td: { port: null } }),
  { nil: undefined },
);

function thing(id: string, kind: Kind): fc.Arbitrary<Thing> {
  const answers = Object.fromEntries(
    attributesOf(kind).map(({ key, values, many }) => {
      const one = values
        ? fc.constantFrom(...values.map(({ value }) => value), 'other')
        : text.map(each => `x${each}`);
      return [key, many ? fc.uniqueArray(one, { minLength: 1, maxLength: 3 }) : one];
    }),
  );
  return fc
    .record({
      id: fc.constant(id),
      name: text,
      description: lines,
      attributes: fc.record(answers, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<
        Thing['attributes']
      >,
      foreign,
    })
    .map(({ foreign, ...rest }) => ({ ...rest, ...(foreign && { foreign }) }));
}

function diagram(n: number): fc.Arbitrary<Diagram> {
  const id = (name: string, i: number) => `${name}-${n}.${i}`;
  const ids = (name: string, count: number) => Array.from({ length: count }, (_, i) => id(name, i));
  return fc
    .tuple(fc.nat(4), fc.nat(4), fc.nat(3), fc.nat(2))
    .chain(([elements, flows, boundaries, notes]) => {
      const inside = fc.option(boundaries > 0 ? fc.constantFrom(...ids('b', boundaries)) : fc.constant(null));
      const end: fc.Arbitrary<End> = fc.oneof(
        fc.record({ point: fc.option(point, { freq: 10 }) }, { noNullPrototype: true }),
        ...(elements > 0
          ? [fc.record({ element: fc.constantFrom(...ids('e', elements)) }, { noNullPrototype: true })]
          : []),
      );
      const place = fc.oneof(
        { weight: 5, arbitrary: fc.tuple(box, fc.constant(null)) },
        { weight: 1, arbitrary: fc.tuple(fc.constant(null), fc.constant(null)) },
        {
          weight: 2,
          arbitrary: fc.tuple(fc.constant(null), fc.array(point, { minLength: 2, maxLength: 5 })),
        },
      );
      return fc.record(
        {
          id: fc.constant(`page-${n}`),
          title: text,
          elements: fc.tuple(
            ...ids('e', elements).map(each =>
              fc
                .constantFrom(...ELEMENT_KINDS)
                .chain(kind =>
                  fc
                    .tuple(thing(each, kind), fc.option(box, { freq: 6 }), inside)
                    .map(([rest, box, boundary]) => ({ ...rest, kind, box, boundary })),
                ),
            ),
          ),
          flows: fc.tuple(
            ...ids('f', flows).map(each =>
              fc
                .tuple(thing(each, 'data_flow'), end, end, fc.boolean(), fc.oneof(fc.constant(0), coordinate))
                .map(([rest, source, target, bidirectional, bend]) => ({
                  ...rest,
                  source,
                  target,
                  bidirectional,
                  bend,
                })),
            ),
          ),
          boundaries: fc.tuple(
            ...ids('b', boundaries).map((each, i) =>
              fc
                .tuple(thing(each, 'trust_boundary'), place, fc.boolean())
                // Each lies in the one before it, or in none: no cycles.
                .map(([rest, [box, line], held]) => ({
                  ...rest,
                  box,
                  line,
                  parent: held && i > 0 ? id('b', i - 1) : null,
                })),
            ),
          ),
          notes: fc.tuple(
            ...ids('n', notes).map(each =>
              fc.tuple(lines.filter(Boolean), point).map(([text, at]) => ({ id: each, text, at })),
            ),
          ),
        },
        { noNullPrototype: true },
      );
    });
}

export const diagrams: fc.Arbitrary<ThreatModel> = fc
  .record({
    title: text,
    scope: lines,
    diagrams: fc
      .integer({ min: 1, max: 3 })
      .chain(count => fc.tuple(...Array.from({ length: count }, (_, n) => diagram(n)))),
    foreign,
  })
  .map(({ foreign, ...rest }) => ({ ...rest, threats: [], ...(foreign && { foreign }) }));
