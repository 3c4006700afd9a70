/** What holds for every threat model that is written, and for every file that is read, sound or not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPlacedModel, anyUnplacedModel } from '../testing/models.ts';
import { type Diagram, FormatError, type ThreatModel } from '../threat-model.ts';
import { threatDragon, threatDragonV1 } from './format.ts';
import { again, sourceOf, written } from './testing.ts';
import { dataFrom } from './words.ts';

/** What a file of Threat Dragon can hold of a model: the rest is said in `skipped`, which the next test asserts. */
function holdable(model: ThreatModel): ThreatModel {
  const ids = new Map(
    model.diagrams.flatMap(diagram => thingsOf(diagram)).map(({ id }) => [id, id.length < 2 ? null : id]),
  );
  for (const [id, long] of ids) {
    let free = `cell-${id}`;
    for (let n = 2; !long && [...ids.values()].includes(free); n++) free = `cell-${id}~${n}`;
    ids.set(id, long ?? free);
  }
  const renamed = (id: string) => ids.get(id)!;
  const answers = (kind: Parameters<typeof dataFrom>[0], attributes: Record<string, string | string[]>) => {
    const { lost } = dataFrom(kind, attributes, '');
    return Object.fromEntries(
      Object.entries(attributes).flatMap(([key, answer]) => {
        const kept = [answer].flat().filter(value => !lost.includes(`${key}: ${value}`));
        if (key === 'stores') kept.sort();
        return kept.length === 0 ? [] : [[key, Array.isArray(answer) ? kept : kept[0]!]];
      }),
    );
  };
  const targets = new Set(ids.keys());
  return {
    title: model.title || 'Untitled threat model',
    scope: model.scope,
    diagrams: model.diagrams.map(({ title, elements, flows, boundaries, notes }, n) => ({
      id: String(n),
      title,
      elements: elements.map(element => ({
        ...element,
        id: renamed(element.id),
        attributes: answers(element.kind, element.attributes),
        boundary: element.boundary && renamed(element.boundary),
      })),
      flows: flows.map(flow => {
        const end = (end: typeof flow.source) =>
          'element' in end ? { element: renamed(end.element) } : { point: end.point };
        const loop = JSON.stringify(flow.source) === JSON.stringify(flow.target);
        return {
          ...flow,
          id: renamed(flow.id),
          attributes: answers('data_flow', flow.attributes),
          source: end(flow.source),
          target: end(flow.target),
          bend: loop ? 0 : flow.bend,
        };
      }),
      boundaries: boundaries.map(boundary => ({
        ...boundary,
        id: renamed(boundary.id),
        attributes: {},
        parent: boundary.parent && renamed(boundary.parent),
      })),
      notes: notes.map(note => ({ ...note, id: renamed(note.id) })),
    })),
    threats: model.threats
      .filter(({ target }) => targets.has(target))
      .map(threat => ({
        ...threat,
        target: renamed(threat.target),
        stride: threat.stride.slice(0, 1),
        status: threat.status === 'proposed' ? ('open' as const) : threat.status,
      })),
  };
}

const thingsOf = ({ elements, flows, boundaries, notes }: Diagram) => [
  ...elements,
  ...flows,
  ...boundaries,
  ...notes,
];

/** Without what only Threat Dragon says, threats by their ids. */
function bare(model: ThreatModel): ThreatModel {
  const text = JSON.stringify(model, (key, value) => (key === 'foreign' ? undefined : value));
  const plain = JSON.parse(text) as ThreatModel;
  return { ...plain, threats: plain.threats.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

describe('a threat model of any origin', () => {
  it('is read back from the file that was written of it, but for what the format can’t hold', () => {
    fc.assert(
      fc.property(anyPlacedModel, model => {
        expect(bare(again(model))).toEqual(bare(holdable(model)));
      }),
    );
  });

  it('is told what the file can’t hold of it', () => {
    fc.assert(
      fc.property(anyPlacedModel, model => {
        const said = threatDragon.write!(model) as { skipped: { what: string }[] };
        const all = said.skipped.map(({ what }) => what).join('\n');
        for (const threat of model.threats) {
          const lost = threat.target === '' || threat.stride.length > 1 || threat.status === 'proposed';
          if (lost) expect(all).toContain(`threat "${threat.title}"`);
        }
        for (const boundary of model.diagrams.flatMap(({ boundaries }) => boundaries)) {
          for (const [key, value] of Object.entries(boundary.attributes))
            expect(all).toContain(`${key}: ${value}`);
        }
      }),
    );
  });

  it('stays the same from then on', () => {
    fc.assert(
      fc.property(fc.oneof(anyPlacedModel, anyUnplacedModel), model => {
        const once = again(model);
        expect(again(once)).toEqual(once);
      }),
    );
  });

  it('is given places where it has none: nothing on anything, and everything in the boundary that holds it', () => {
    fc.assert(
      fc.property(anyUnplacedModel, model => {
        const read = again(model);
        for (const [n, { elements, boundaries }] of read.diagrams.entries()) {
          const before = holdable(model).diagrams[n]!;
          expect(elements.map(({ boundary }) => boundary)).toEqual(
            before.elements.map(({ boundary }) => boundary),
          );
          expect(boundaries.map(({ parent }) => parent)).toEqual(
            before.boundaries.map(({ parent }) => parent),
          );
          for (const [i, { box }] of elements.entries()) {
            for (const other of elements.slice(i + 1)) expect(apart(box!, other.box!)).toBe(true);
          }
        }
      }),
    );
  });
});

type Box = readonly [number, number, number, number];
const apart = ([x, y, w, h]: Box, [a, b, c, d]: Box): boolean =>
  x + w <= a || a + c <= x || y + h <= b || b + d <= y;

/** Values that are wrong in a JSON file in every way that we know of. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown[]>(
    ...[null, 1e308, -1e308, 5e-324, -0, -50, 0.5, '', 'constructor', '__proto__', '\ud800', '\u0000'],
    ...[[], {}, [[]], [null], { __proto__: null }, 'toString', true, false, '12', 2 ** 60],
  ),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: junk });
const loose = (keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  maybe(fc.record(keys, { requiredKeys: [] }));

const someId = fc.constantFrom('a', 'b', 'aa', 'bb', '__proto__', 'constructor', '');
const someEnd = loose({ cell: maybe(someId), id: maybe(someId), port: maybe(someId), x: junk, y: junk });
const somePoint = loose({ x: maybe(fc.integer()), y: maybe(fc.integer()) });
const someThreat = loose({
  ...{ id: maybe(someId), threatId: maybe(someId), title: junk, description: junk, mitigation: junk },
  type: maybe(fc.constantFrom('Spoofing', 'tampering', 'Linkability', '__proto__')),
  status: maybe(fc.constantFrom('Open', 'Not Applicable', 'constructor')),
  ...{ severity: junk, score: junk, number: junk, modelType: junk, new: junk, ruleId: junk },
});
const someFacts = {
  ...{ name: junk, description: junk, isEncrypted: junk, protocol: junk, isALog: junk, outOfScope: junk },
  ...{ isBidirectional: junk, hasOpenThreats: junk, storesCredentials: junk, reasonOutOfScope: junk },
  threats: maybe(fc.array(someThreat, { maxLength: 3 })),
};
const someShape = fc.constantFrom(
  ...['actor', 'process', 'store', 'flow', 'trust-boundary-box', 'trust-boundary-curve', 'agent'],
  ...['trust-broundary-curve', 'td-text-block', '__proto__', 'constructor', 'rect'],
);
const someType = fc.constantFrom('tm.Actor', 'tm.Flow', 'tm.Boundary', 'tm.Store', 'tm.Process', 'tm.Text');
const someCell = loose({
  ...{ id: maybe(someId), shape: maybe(someShape), type: maybe(someType), zIndex: junk, z: junk },
  ...{ position: somePoint, size: loose({ width: maybe(fc.integer()), height: maybe(fc.integer()) }) },
  ...{ source: someEnd, target: someEnd, vertices: maybe(fc.array(somePoint, { maxLength: 4 })) },
  ...{ attrs: loose({ text: junk, label: junk, line: junk, body: junk }), labels: maybe(fc.array(junk)) },
  ...{ connector: junk, ports: junk, visible: junk, width: junk, smooth: junk, angle: junk, threats: junk },
  data: loose({ ...someFacts, type: maybe(someType) }),
});
const someCells = maybe(fc.array(someCell, { maxLength: 6 }));
const someDiagram = loose({
  ...{ id: maybe(fc.nat({ max: 3 })), title: junk, diagramType: junk, version: junk, thumbnail: junk },
  ...{ cells: someCells, diagramJson: loose({ cells: someCells }), size: junk, placeholder: junk },
});
const someFile = fc.record(
  {
    version: maybe(fc.constantFrom('2.3.0', '1.0', '2.0')),
    summary: fc.record({ title: junk, description: junk, owner: junk, id: junk }, { requiredKeys: [] }),
    detail: fc.record(
      {
        diagrams: maybe(fc.array(someDiagram, { maxLength: 3 })),
        ...{ contributors: junk, reviewer: junk, diagramTop: junk, threatTop: junk },
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['summary', 'detail'] },
);

describe('any JSON below the top level of its files', () => {
  it('is recognised as one release, and read, or refused in words', () => {
    fc.assert(
      fc.property(someFile, file => {
        const source = sourceOf(file);
        const formats = [threatDragon, threatDragonV1].filter(format => format.recognises!(source));
        expect(formats).toHaveLength(1);
        try {
          formats[0]!.read!(source);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('becomes, where it is read, a file that its schema takes and that says the same', () => {
    fc.assert(
      fc.property(someFile, file => {
        const source = sourceOf(file);
        const format = [threatDragon, threatDragonV1].find(({ recognises }) => recognises!(source))!;
        let model: ThreatModel;
        try {
          ({ model } = format.read!(source));
        } catch {
          return;
        }
        const ids = model.diagrams.flatMap(thingsOf).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        written(model);
        const once = again(model);
        expect(again(once)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });
});
