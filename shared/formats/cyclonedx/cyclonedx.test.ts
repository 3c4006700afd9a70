import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../source.ts';
import { anyModel } from '../testing/models.ts';
import type { ThreatModel } from '../threat-model.ts';
import { tmBom } from '../tm-bom/format.ts';
import { cyclonedx } from './format.ts';

const testing = new URL('../testing/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, testing), 'utf8');
const MODEL = 'https://cyclonedx.org/schema/2.0/model/cyclonedx-';

const string = { type: 'string', minLength: 1 };
const strict = (required: string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});

/**
 * The schemas of blueprints, threats and risks are the draft's own. What they refer to in others is a stub: strict where we write it
 * (references, properties, controls), and closed to everything (`false`) where we don't.
 */
const STUBS: Record<string, Record<string, unknown>> = {
  common: {
    refType: string,
    refLinkType: string,
    properties: { type: 'array', items: strict(['name'], { name: string, value: { type: 'string' } }) },
    ...Object.fromEntries(
      ['attachment', 'externalReference', 'externalReferences', 'lifecycles', 'ordinalVersion', 'tags'].map(
        name => [name, false],
      ),
    ),
  },
  control: { effectiveness: false, implementationStatus: false },
  behavior: { behaviors: false },
  data: { dataClassification: false, dataObject: false, dataProfileChoice: false },
  party: { partyChoice: false },
  usecase: { step: false },
  weakness: { weaknesses: false },
};

const control = strict(['bom-ref', 'name'], {
  'bom-ref': string,
  name: string,
  description: { type: 'string' },
  status: { enum: ['recommended', 'proposed', 'approved', 'rejected', 'implemented'] },
  appliesTo: { type: 'array', items: string, minItems: 1, uniqueItems: true },
});

/** The top level of the draft, as far as we write it. */
const top = strict(['specFormat', 'specVersion'], {
  specFormat: { const: 'CycloneDX' },
  specVersion: { const: '2.0' },
  version: { type: 'integer', minimum: 1 },
  metadata: strict([], { properties: { $ref: `${MODEL}common-2.0.schema.json#/$defs/properties` } }),
  blueprints: { $ref: `${MODEL}blueprint-2.0.schema.json#/$defs/blueprints` },
  threats: { $ref: `${MODEL}threat-2.0.schema.json#/$defs/threats` },
  risks: { $ref: `${MODEL}risk-2.0.schema.json#/$defs/risks` },
  controls: { type: 'array', uniqueItems: true, items: control },
});

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
ajv.addFormat('iri-reference', true);
for (const [name, $defs] of Object.entries(STUBS)) {
  ajv.addSchema({ $id: `${MODEL}${name}-2.0.schema.json`, $defs });
}
for (const name of ['blueprint', 'threat', 'risk']) {
  ajv.addSchema(JSON.parse(text(`schemas/cyclonedx-${name}-2.0.schema.json`)));
}
const sound = ajv.compile(top);

type Item = { 'bom-ref': string } & Record<string, unknown>;
interface File {
  metadata: { properties: { name: string; value: string }[] };
  blueprints: Record<'assets' | 'dataStores' | 'zones' | 'boundaries' | 'flows', Item[]>[];
  threats: { threats: Item[] };
  risks: { risks: Item[] };
  controls: Item[];
}

function written(model: ThreatModel): { file: File; what: string[] } {
  const { content, skipped } = cyclonedx.write!(model) as { content: string; skipped: { what: string }[] };
  const file = JSON.parse(content) as File;
  expect(sound(file), JSON.stringify(sound.errors?.slice(0, 3))).toBe(true);
  return { file, what: skipped.map(({ what }) => what) };
}

/** Every reference in a file and every name that one may refer to. */
function references(value: unknown, key = ''): { refs: string[]; links: string[] } {
  if (typeof value === 'string') {
    if (key === 'bom-ref') return { refs: [value], links: [] };
    return { refs: [], links: LINKS.has(key) ? [value] : [] };
  }
  if (typeof value !== 'object' || value === null) return { refs: [], links: [] };
  const found = Array.isArray(value)
    ? value.map(each => references(each, key))
    : Object.entries(value).map(([name, each]) => references(each, name));
  return { refs: found.flatMap(({ refs }) => refs), links: found.flatMap(({ links }) => links) };
}
const LINKS = new Set([
  ...['zone', 'zones', 'parent', 'source', 'destination', 'affectedAssets', 'mitigations', 'affects'],
  ...['relatedThreats', 'controls', 'appliesTo'],
]);

const vault = (): ThreatModel =>
  tmBom.read!(new Source(Buffer.from(text('models/tm-bom/hashicorp-vault-threat-model.json')))).model;

it('says in its label and in the file that it is a draft', () => {
  expect(cyclonedx.label).toContain('draft');
  const { metadata } = written(vault()).file;
  expect(metadata.properties.some(({ value }) => value.includes('draft'))).toBe(true);
});

describe('a published threat model', () => {
  it('is written with everything in it', () => {
    const { file, what } = written(vault());
    const [blueprint] = file.blueprints;
    expect(blueprint!.assets).toHaveLength(15);
    expect(blueprint!.dataStores).toHaveLength(3);
    // Four zones, and one for the two components whose zone the file does not define.
    expect(blueprint!.zones).toHaveLength(5);
    expect(blueprint!.flows).toHaveLength(24);
    expect(file.threats.threats).toHaveLength(8);
    expect(file.risks.risks).toHaveLength(8);
    expect(file.controls).toHaveLength(8);
    expect(what).toEqual([]);
  });
});

describe('any model', () => {
  it('is valid by the draft, and no reference leads nowhere or is given twice', () => {
    fc.assert(
      fc.property(anyModel, model => {
        const { refs, links } = references(written(model).file);
        expect(new Set(refs).size).toBe(refs.length);
        for (const link of links) expect(refs).toContain(link);
      }),
      { numRuns: 200 },
    );
  });

  it('has everything in the file or in what was skipped, threats with their STRIDE, severity and status', () => {
    fc.assert(
      fc.property(anyModel, model => {
        const { file, what } = written(model);
        const { refs } = references(file);
        for (const { elements, flows, boundaries, notes } of model.diagrams) {
          for (const { id } of elements) expect(refs).toContain(id);
          for (const { id, name } of flows) {
            expect(refs.includes(id) || what.includes(`flow "${name}"`)).toBe(true);
          }
          for (const { id, name } of boundaries) {
            expect(refs.includes(id) || what.includes(`boundary "${name}"`)).toBe(true);
          }
          for (const { text } of notes) expect(what).toContain(`note "${text}"`);
        }
        model.threats.forEach((threat, i) => {
          const { categories = [], properties } = file.threats.threats[i] as Item & {
            categories?: unknown[];
          };
          expect(categories).toHaveLength(threat.stride.length);
          expect(properties).toContainEqual({ name: 'strideboard:status', value: threat.status });
          const { inherentRisk } = file.risks.risks[i] as { inherentRisk?: { score: { level: string } } };
          expect(inherentRisk?.score.level ?? null).toBe(threat.severity);
        });
      }),
      { numRuns: 100 },
    );
  });
});
