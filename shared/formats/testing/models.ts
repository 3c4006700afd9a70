/** Arbitrary threat models for the laws that every format obeys. */
import fc from 'fast-check';
import { type Attribute, attributesOf } from '../../dfd/attributes.ts';
import { ELEMENT_KINDS, type Kind } from '../../dfd/kinds.ts';
import { SEVERITY, type Severity, THREAT_STATUS, type ThreatStatus } from '../../document/threats.ts';
import { LETTERS } from '../../stride/letters.ts';
import { Ids } from '../ids.ts';
import type {
  Box,
  Diagram,
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  FileThreat,
  Point,
  Thing,
  ThreatModel,
} from '../threat-model.ts';

/** What breaks a writer that doesn't quote: for JSON, XML, YAML, HTML, tables and JavaScript's own objects. */
const ODD = [
  'He said "no" and \'never\'',
  'a, b; c\td',
  '<b>bold</b> & <script>alert(1)</script>',
  ']]> &amp; &#10; --> <!--',
  '=1+1',
  '+cmd',
  '-2',
  '@SUM(A1)',
  'null',
  'true',
  '0123',
  '1e5',
  '2024-01-01',
  '- item',
  'key: value # comment',
  '{{x}} $(y) %s \\n',
  'Ünïcödé 温度 🫀 نبض',
  '__proto__',
  'constructor',
] as const;

const word = fc.constantFrom('Pump', 'App', 'Cloud', 'Dose', 'Nurse', 'Records', 'Bluetooth link');
const graphemes = (maxLength: number) =>
  fc.string({ unit: 'grapheme', maxLength }).map(text =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML can't hold
    text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff\u2028\u2029]/g, '').trim(),
  );

/** One line without blanks around it, now and then empty; no control characters, which XML can't hold. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: word },
  { weight: 2, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: graphemes(12) },
);

/** Several lines at times, empty often. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: anyName },
  {
    weight: 1,
    arbitrary: fc.array(anyName, { minLength: 2, maxLength: 4 }).map(lines => lines.join('\n').trim()),
  },
);

const nonEmpty = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => text.map(value => value || 'x');

const wantedId = fc.oneof(
  fc.constantFrom('a', 'b', 'Pump', '1', '0', 'flow-1', '__proto__', 'constructor', 'a.b:c/d@e+f~2'),
  fc.uuid(),
);

function anyAnswer({ values, many }: Attribute): fc.Arbitrary<string | string[]> {
  if (!values) return nonEmpty(anyName);
  const names = values.map(({ value }) => value);
  return many ? fc.subarray(names, { minLength: 1 }) : fc.constantFrom(...names);
}

const anyAttributes = (kind: Kind): fc.Arbitrary<Thing['attributes']> =>
  fc
    .record(Object.fromEntries(attributesOf(kind).map(attribute => [attribute.key, anyAnswer(attribute)])), {
      requiredKeys: [],
    })
    .map(answers => ({ ...(answers as Thing['attributes']) }));

const anyThing = (kind: Kind): fc.Arbitrary<Thing> =>
  fc.record({ id: wantedId, name: anyName, description: anyText, attributes: anyAttributes(kind) });

const anyPoint: fc.Arbitrary<Point> = fc.tuple(
  fc.integer({ min: -2000, max: 4000 }),
  fc.integer({ min: -2000, max: 4000 }),
);

/** A diagram before its ids are made unique, its references resolved (modulo how many there are) and its boxes placed. */
const anySketch = fc.record({
  title: anyName,
  origin: anyPoint,
  boundaries: fc.array(fc.record({ thing: anyThing('trust_boundary'), parent: fc.nat() }), { maxLength: 5 }),
  elements: fc.array(
    fc.constantFrom(...ELEMENT_KINDS).chain(kind =>
      fc.record({
        kind: fc.constant(kind),
        thing: anyThing(kind),
        holder: fc.nat(),
        size: fc.tuple(fc.integer({ min: 40, max: 300 }), fc.integer({ min: 40, max: 200 })),
      }),
    ),
    { maxLength: 6 },
  ),
  flows: fc.array(
    fc.record({
      thing: anyThing('data_flow'),
      ends: fc.tuple(fc.option(fc.nat(), { freq: 4 }), fc.option(fc.nat(), { freq: 4 })),
      points: fc.tuple(anyPoint, anyPoint),
      bidirectional: fc.boolean(),
      bend: fc.oneof(fc.constant(0), fc.integer({ min: -200, max: 200 })),
    }),
    { maxLength: 6 },
  ),
  lines: fc.array(
    fc.record({
      thing: anyThing('trust_boundary'),
      line: fc.uniqueArray(anyPoint, { minLength: 2, maxLength: 6, selector: String }),
    }),
    { maxLength: 2 },
  ),
  notes: fc.array(fc.record({ id: wantedId, text: nonEmpty(anyText), at: anyPoint }), { maxLength: 2 }),
});
type Sketch = typeof anySketch extends fc.Arbitrary<infer T> ? T : never;

const anyThreat = fc
  .record({
    id: wantedId,
    title: nonEmpty(anyName),
    description: anyText,
    stride: fc.subarray([...LETTERS]),
    category: fc.option(nonEmpty(anyName), { nil: '', freq: 3 }),
    target: fc.option(fc.nat(), { freq: 5 }),
    status: fc.constantFrom(...(Object.keys(THREAT_STATUS) as ThreatStatus[])),
    severity: fc.option(fc.constantFrom(...(Object.keys(SEVERITY) as Severity[]))),
    justification: anyText,
    mitigation: anyText,
  })
  .map(threat => ({ ...threat, category: threat.stride.length > 0 ? '' : threat.category }));

const modelOf = (placed: boolean): fc.Arbitrary<ThreatModel> =>
  fc
    .record({
      title: anyName,
      scope: anyText,
      sketches: fc.array(anySketch, { minLength: 1, maxLength: 3 }),
      threats: fc.array(anyThreat, { maxLength: 6 }),
    })
    .map(({ title, scope, sketches, threats }) => {
      const ids = new Ids();
      const threatIds = new Ids();
      const diagrams = sketches.map((sketch, n) => drawn(sketch, `diagram-${n + 1}`, ids, placed));
      const targets = diagrams.flatMap(({ elements, flows, boundaries }) =>
        [...elements, ...flows, ...boundaries].map(({ id }) => id),
      );
      return {
        title,
        scope,
        diagrams,
        threats: threats.map(
          (threat): FileThreat => ({
            ...threat,
            id: threatIds.take(threat.id),
            target: pick(targets, threat.target) ?? '',
          }),
        ),
      };
    });

/** Every box known; what a boundary holds by the file's word lies in its box, and nothing else does. */
export const anyPlacedModel: fc.Arbitrary<ThreatModel> = modelOf(true);

/** No place known: membership by the file's word only, no lines, no notes, free ends nowhere. */
export const anyUnplacedModel: fc.Arbitrary<ThreatModel> = modelOf(false);

/**
 * A valid threat model of up to three diagrams without `foreign`: ids unique and as `Ids` hands them out, references that exist,
 * nested boundaries, flows with free ends or from an element to itself, every status and severity, odd texts.
 */
export const anyModel: fc.Arbitrary<ThreatModel> = fc.oneof(anyPlacedModel, anyUnplacedModel);

const pick = <T>(list: readonly T[], index: number | null): T | undefined =>
  index === null || list.length === 0 ? undefined : list[index % list.length];

function drawn(sketch: Sketch, id: string, ids: Ids, placed: boolean): Diagram {
  const thing = (raw: Thing): Thing => ({ ...raw, id: ids.take(raw.id) });
  const boundaries: FileBoundary[] = [];
  for (const { thing: raw, parent } of sketch.boundaries) {
    const outer = pick([null, ...boundaries], parent)?.id ?? null;
    boundaries.push({ ...thing(raw), box: null, line: null, parent: outer });
  }
  const elements = sketch.elements.map(
    ({ kind, thing: raw, holder }): FileElement => ({
      ...thing(raw),
      kind,
      box: null,
      boundary: pick([null, ...boundaries], holder)?.id ?? null,
    }),
  );
  const end = (index: number | null, point: Point): End => {
    const element = pick(elements, index);
    return element ? { element: element.id } : { point: placed ? point : null };
  };
  const flows = sketch.flows.map(
    ({ thing: raw, ends, points, bidirectional, bend }): FileFlow => ({
      ...thing(raw),
      source: end(ends[0], points[0]),
      target: end(ends[1], points[1]),
      bidirectional,
      bend: placed ? bend : 0,
    }),
  );
  if (!placed) return { id, title: sketch.title, elements, flows, boundaries, notes: [] };
  const sizes = sketch.elements.map(({ size }) => size);
  layOut({ elements, boundaries }, sizes, sketch.origin);
  for (const { thing: raw, line } of sketch.lines) {
    boundaries.push({ ...thing(raw), box: null, line, parent: null });
  }
  const notes = sketch.notes.map(note => ({ ...note, id: ids.take(note.id) }));
  return { id, title: sketch.title, elements, flows, boundaries, notes };
}

const GAP = 40;

/** Side by side, boundaries around what they hold. */
function layOut(
  { elements, boundaries }: Pick<Diagram, 'elements' | 'boundaries'>,
  sizes: readonly (readonly [number, number])[],
  origin: Point,
): void {
  /** @returns right and bottom edge of everything that the boundary (null: the page) holds directly */
  const fill = (holder: string | null, [left, top]: Point): Point => {
    let [x, bottom] = [left, top];
    const put = (box: Box) => {
      x = box[0] + box[2] + GAP;
      bottom = Math.max(bottom, box[1] + box[3]);
      return box;
    };
    elements.forEach((element, i) => {
      if (element.boundary === holder) element.box = put([x, top, ...sizes[i]!]);
    });
    for (const boundary of boundaries) {
      if (boundary.parent !== holder) continue;
      const [right, lowest] = fill(boundary.id, [x + GAP, top + GAP]);
      boundary.box = put([x, top, Math.max(right - x, 120), Math.max(lowest + GAP - top, 120)]);
    }
    return [x, bottom];
  };
  fill(null, origin);
}
