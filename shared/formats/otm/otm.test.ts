import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../source.ts';
import { junk, or, record } from '../testing/junk.ts';
import { anyModel } from '../testing/models.ts';
import { type FileThreat, FormatError, type Reading, type ThreatModel } from '../threat-model.ts';
import { otm } from './otm.ts';

const TESTING = new URL('../testing/', import.meta.url);
const FILES = readdirSync(new URL('models/otm/', TESTING));
const schema = JSON.parse(readFileSync(new URL('schemas/otm_schema.json', TESTING), 'utf8'));
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

const fileOf = (name: string) => readFileSync(new URL(`models/otm/${name}`, TESTING));
const readBytes = (bytes: Uint8Array): Reading => otm.read!(new Source(bytes));
const readText = (text: string): Reading => readBytes(new TextEncoder().encode(text));
const readData = (data: unknown): Reading => readText(JSON.stringify(data));
const readFixture = (name: string): Reading => readBytes(fileOf(name));

function written(model: ThreatModel) {
  const { content, skipped } = otm.write!(model) as { content: string; skipped: Reading['skipped'] };
  return { content, skipped, data: JSON.parse(content) };
}

const errorsOf = (data: unknown) => (validate(data) ? [] : validate.errors);

function countsOf({ diagrams, threats }: ThreatModel) {
  const sum = (of: 'elements' | 'flows' | 'boundaries') =>
    diagrams.reduce((count, diagram) => count + diagram[of].length, 0);
  return [sum('elements'), sum('flows'), sum('boundaries'), threats.length];
}

describe('published OTM files', () => {
  it.each([
    ['MTMT_MVP.otm', [4, 6, 2, 43]],
    ['cft_example.yaml', [22, 22, 2, 0]],
    // One threat is defined and used twice, on a component and on a flow: ORIGINS counts the definition, and says "statuses exposed 2".
    ['example-open-threat-model.json', [4, 2, 2, 2]],
    ['manual_threat_model.yaml', [3, 2, 3, 0]],
    ['minimal_content.yaml', [0, 0, 0, 0]],
    ['tf_example.yaml', [29, 22, 2, 0]],
  ])('%s has the elements, flows, boundaries and threats that it says', (name, counts) => {
    expect(countsOf(readFixture(name).model)).toEqual(counts);
  });

  it.each(FILES)('%s is known, and read the same after it was written', name => {
    expect(otm.recognises!(new Source(fileOf(name)))).toBe(true);
    const { model } = readFixture(name);
    const { content, data, skipped } = written(model);
    expect(skipped).toEqual([]);
    expect(errorsOf(data)).toEqual([]);
    expect(readText(content).model).toEqual(model);
  });

  it.each(FILES)('%s loses nothing that it says', name => {
    const { data } = written(readFixture(name).model);
    const original = new Source(fileOf(name)).data as Record<string, unknown>;
    for (const list of ['components', 'trustZones', 'dataflows', 'threats', 'mitigations', 'assets']) {
      for (const each of (original[list] as { id: string }[] | undefined) ?? []) {
        const back = data[list].find(({ id }: { id: string }) => id === each.id);
        const unplaced = list === 'components' || list === 'trustZones' ? { representations: undefined } : {};
        expect({ ...back, ...unplaced }).toMatchObject({ ...withoutNulls(each), ...unplaced });
      }
    }
    expect(data.project).toMatchObject(original.project as object);
  });

  it('stand where they are drawn, relative to their trust zone', () => {
    const { model, skipped } = readFixture('MTMT_MVP.otm');
    expect(skipped).toEqual([]);
    const [diagram] = model.diagrams;
    expect(diagram!.title).toBe('example-project Diagram Representation');
    const client = diagram!.elements.find(({ name }) => name === 'Mobile Client')!;
    expect(client.box).toEqual([433, 240, 82, 82]);
    expect(client.boundary).toBe('75605184-4ca0-43be-ba4c-5fa5ad15e367');
    expect(diagram!.elements.map(({ name, kind }) => [name, kind])).toContainEqual([
      'Accounting PostgreSQL',
      'data_store',
    ]);
  });

  it('have their threats on what uses them, with category, severity, state and mitigation', () => {
    const { model } = readFixture('example-open-threat-model.json');
    const threat = {
      title: 'Threat 1',
      description: 'Description for the threat number 1',
      stride: ['S', 'T'],
      category: '',
      status: 'open',
      severity: 'medium',
      justification: '',
      mitigation: 'This is the name of mitigation 1: Description for mitigation 1',
    };
    const ref = '22724267-be7e-44c0-8b1f-d7d33e9a34ec';
    expect(model.threats).toMatchObject([
      { ...threat, id: `${ref}@web-service`, target: 'web-service' },
      { ...threat, id: `${ref}@cc-store-in-db`, target: 'cc-store-in-db' },
    ]);
    const letters = readFixture('MTMT_MVP.otm').model.threats.flatMap(({ stride }) => stride);
    const count = (letter: string) => letters.filter(each => each === letter).length;
    expect(['S', 'T', 'R', 'I', 'D', 'E'].map(count)).toEqual([6, 8, 4, 12, 0, 13]);
  });

  it('tell when places contradict the trust zones, which win', () => {
    const { model, skipped } = readFixture('example-open-threat-model.json');
    expect(model.diagrams.map(({ title }) => title)).toEqual(['Architecture Diagram', 'Empty Diagram']);
    expect(model.diagrams[0]!.elements.map(({ box }) => box)).toEqual([null, null, null, null]);
    expect(skipped).toMatchObject([{ where: 'representations[0]' }]);
  });
});

const withoutNulls = (raw: object) =>
  Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));

const zone = (id: string, more = {}) => ({ id, name: id, risk: { trustRating: 1 }, ...more });
const component = (id: string, more = {}) => ({
  id,
  name: id,
  type: 'service',
  parent: { trustZone: 'z' },
  ...more,
});
const otmFile = <T extends object>(more: T = {} as T) => ({
  otmVersion: '0.2.0',
  project: { id: 'p', name: 'P' },
  ...more,
});
const at = (representation: string, x: number, y: number, size = 20) => ({
  representation,
  id: `${representation}-${x}`,
  position: { x, y },
  size: { width: size, height: size },
});

describe('an OTM file', () => {
  it('with several diagrams shows a component on each of them, and writes it once', () => {
    const file = otmFile({
      representations: ['one', 'two'].map(id => ({ id, name: id, type: 'diagram' })),
      trustZones: [zone('z', { representations: [at('one', 100, 100, 200), at('two', 0, 0, 300)] })],
      components: [
        component('a', { representations: [at('one', 10, 10), at('two', 20, 20)] }),
        component('b', { representations: [at('two', 100, 100)] }),
      ],
      dataflows: [{ id: 'f', name: 'F', source: 'a', destination: 'b' }],
    });
    const { model, skipped } = readData(file);
    expect(skipped).toEqual([]);
    const [one, two] = model.diagrams;
    expect(one!.elements.map(({ id, box, boundary }) => [id, box, boundary])).toEqual([
      ['a', [110, 110, 20, 20], 'z'],
    ]);
    expect(two!.elements.map(({ id, box, boundary }) => [id, box, boundary])).toEqual([
      ['a@two', [20, 20, 20, 20], 'z@two'],
      ['b', [100, 100, 20, 20], 'z@two'],
    ]);
    expect(two!.flows).toMatchObject([{ id: 'f', source: { element: 'a@two' }, target: { element: 'b' } }]);
    const { data } = written(model);
    expect(data.components).toMatchObject(file.components as object[]);
    expect(data.components).toHaveLength(2);
    expect(data.trustZones).toMatchObject(file.trustZones as object[]);
    expect(readData(data).model).toEqual(model);
  });

  it('may put components into components: the boundary is the zone around them, the places add up', () => {
    const file = otmFile({
      representations: [{ id: 'one', name: 'One', type: 'diagram' }],
      trustZones: [zone('z', { representations: [at('one', 100, 100, 200)] })],
      components: [
        component('inner', { parent: { component: 'outer' }, representations: [at('one', 5, 5)] }),
        component('outer', { representations: [at('one', 50, 50, 60)] }),
      ],
    });
    const { model } = readData(file);
    expect(model.diagrams[0]!.elements).toMatchObject([
      { id: 'inner', boundary: 'z', box: [155, 155, 20, 20] },
      { id: 'outer', boundary: 'z', box: [150, 150, 60, 60] },
    ]);
    expect(written(model).data.components).toMatchObject(file.components as object[]);
  });

  it('has a threat that nothing uses for the whole system, proposed', () => {
    const threats = [{ id: 't', name: 'Flood', risk: { likelihood: 100, impact: 30 } }];
    expect(readData(otmFile({ threats })).model.threats).toMatchObject([
      { id: 't', title: 'Flood', target: '', status: 'proposed', severity: 'medium' },
    ]);
  });

  it('says where its references lead nowhere, its parents go in circles, and its ids repeat', () => {
    const { skipped, model } = readData(
      otmFile({
        trustZones: [
          zone('a', { parent: { trustZone: 'b' } }),
          zone('b', { parent: { trustZone: 'a' } }),
          zone('a'),
          7,
        ],
        components: [
          component('c', { parent: { trustZone: 'gone' }, threats: [{ threat: 'x', state: 'new' }] }),
        ],
        dataflows: [{ id: 'c', name: 'F', source: 'c', destination: 'gone' }],
      }),
    );
    expect(skipped.map(({ where }) => where).sort()).toEqual(
      [
        'components[0].parent',
        'components[0].threats[0]',
        'dataflows[0].destination',
        'trustZones[1].parent',
        'trustZones[2]',
        'trustZones[3]',
      ].sort(),
    );
    expect(model.diagrams[0]).toMatchObject({
      boundaries: [
        { id: 'a', parent: 'b' },
        { id: 'b', parent: null },
        { id: 'a~2', parent: null },
      ],
      flows: [{ id: 'c~2', source: { element: 'c' }, target: { point: null } }],
    });
    expect(readData(written(model).data).model).toEqual(model);
  });

  it('has components of a kind by the words of their type', () => {
    const types = {
      'CD-MICROSOFT-AZURE-DB-POSTGRESQL': 'data_store',
      's3-bucket': 'data_store',
      'message-queue': 'data_store',
      dataStore: 'data_store',
      'generic-client': 'external_entity',
      'third-party-service': 'external_entity',
      Browser: 'external_entity',
      'user-service': 'process',
      'empty-component': 'process',
      '': 'process',
    };
    const components = Object.keys(types).map((type, n) => component(`c${n}`, { type }));
    const { model } = readData(otmFile({ components }));
    expect(model.diagrams[0]!.elements.map(({ kind }) => kind)).toEqual(Object.values(types));
  });

  it('without a project is refused in words', () => {
    expect(() => readData({ otmVersion: '0.2.0' })).toThrow(FormatError);
  });
});

describe('an edited OTM file', () => {
  const edited = (edit: (threat: FileThreat) => Partial<FileThreat>): ThreatModel => {
    const { model } = readFixture('example-open-threat-model.json');
    const [first, second] = model.threats as [FileThreat, FileThreat];
    return { ...model, threats: [{ ...first, ...edit(first) }, second] };
  };

  it('defines a threat anew when one of its uses says something else', () => {
    const { data } = written(edited(() => ({ title: 'Other', severity: 'low' })));
    expect(data.threats).toMatchObject([
      { name: 'Other', risk: { impact: 25 }, cwes: ['CWE-79', 'CWE-787'] },
      { name: 'Threat 1', risk: { likelihood: 50, impact: 100 } },
    ]);
  });

  it('writes new words of status and mitigation, and keeps the old where they still say the same', () => {
    const { data } = written(edited(() => ({ status: 'mitigated', mitigation: 'Parameters' })));
    const [uses] = data.components.flatMap(({ threats = [] }) => threats);
    expect(uses.state).toBe('mitigated');
    expect(data.mitigations.at(-1)).toMatchObject({ name: 'Parameters', id: uses.mitigations[0].mitigation });
    const [ofFlow] = data.dataflows.flatMap(({ threats = [] }) => threats);
    expect(ofFlow).toMatchObject({ state: 'exposed', mitigations: [{ state: 'required' }] });
  });
});

/** What OTM can't hold, as the writer lists it: notes, bends, open boundaries, free ends, and where threats on those are. */
function holdable(model: ThreatModel): ThreatModel {
  const diagrams = model.diagrams.map(diagram => ({
    ...diagram,
    notes: [],
    boundaries: diagram.boundaries.filter(({ line }) => !line),
    flows: diagram.flows
      .filter(({ source, target }) => 'element' in source && 'element' in target)
      .map(flow => ({ ...flow, bend: 0 })),
  }));
  const ids = diagrams.flatMap(({ elements, flows, boundaries }) =>
    [...elements, ...flows, ...boundaries].map(({ id }) => id),
  );
  const threats = model.threats.map(threat => ({
    ...threat,
    target: ids.includes(threat.target) ? threat.target : '',
  }));
  return { ...model, diagrams, threats };
}

describe('any threat model', () => {
  it('is valid OTM, and read back but for what was listed as skipped', () => {
    fc.assert(
      fc.property(anyModel, model => {
        const { content, data, skipped } = written(model);
        expect(errorsOf(data)).toEqual([]);
        const back = readText(content);
        expect(back.model).toEqual(holdable(model));
        expect(back.skipped).toEqual([]);
        if (JSON.stringify(holdable(model)) !== JSON.stringify(model)) expect(skipped).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a hostile OTM file', () => {
  const id = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '', 'a b', 3);
  const list = (value: fc.Arbitrary<unknown>) => fc.array(value, { maxLength: 4 });
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e308, -1e308, 0));
  const parent = record({ trustZone: id, component: id });
  const representations = list(
    record({
      representation: id,
      id,
      position: record({ x: number, y: number }),
      size: record({ width: number, height: number }),
    }),
  );
  const threats = list(
    record({
      threat: id,
      state: fc.string(),
      mitigations: list(record({ mitigation: id, state: fc.string() })),
    }),
  );
  const common = { id, name: fc.string(), attributes: fc.dictionary(id.map(String), junk), tags: list(junk) };
  const placed = { ...common, parent, representations };
  const hostile = fc.record(
    {
      otmVersion: junk,
      project: record(common),
      representations: or(list(record({ id, name: fc.string(), type: fc.constantFrom('diagram', 'code') }))),
      assets: or(list(record(common))),
      trustZones: or(list(record({ ...placed, risk: record({ trustRating: number }) }))),
      components: or(list(record({ ...placed, type: fc.string(), threats, assets: junk }))),
      dataflows: or(list(record({ ...common, source: id, destination: id, threats }))),
      threats: or(
        list(
          record({
            ...common,
            categories: list(fc.string()),
            risk: record({ likelihood: number, impact: number }),
          }),
        ),
      ),
      mitigations: or(list(record({ ...common, riskReduction: number }))),
    },
    { requiredKeys: ['otmVersion', 'project'] },
  );

  it('is read or refused with a FormatError, its ids unique, its references whole, what is written valid', () => {
    fc.assert(
      fc.property(hostile, file => {
        let reading: Reading;
        try {
          reading = readData(file);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        const { diagrams, threats: all } = reading.model;
        const ids = diagrams.flatMap(({ elements, flows, boundaries }) =>
          [...elements, ...flows, ...boundaries].map(({ id }) => id),
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        for (const { target } of all) if (target) expect(ids).toContain(target);
        for (const { elements, boundaries } of diagrams) {
          const here = boundaries.map(({ id }) => id);
          for (const { boundary, box } of elements) {
            if (boundary) expect(here).toContain(boundary);
            if (box) expect(box.every(Number.isFinite) && box[2] > 0 && box[3] > 0).toBe(true);
          }
        }
        expect(errorsOf(written(reading.model).data)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('of zones nested 15,000 deep is read in a moment', () => {
    const trustZones = Array.from({ length: 15_000 }, (_, n) =>
      zone(`z${n}`, { parent: { trustZone: `z${n + 1}` } }),
    );
    expect(readData(otmFile({ trustZones })).model.diagrams[0]!.boundaries).toHaveLength(15_000);
  });
});
