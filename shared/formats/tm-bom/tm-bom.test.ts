import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Source } from '../source.ts';
import { anyModel } from '../testing/models.ts';
import { type Diagram, FormatError, type Reading, type ThreatModel } from '../threat-model.ts';
import { tmBom } from './format.ts';
import { LEVELS } from './schema.ts';
import { RISK_OF } from './texts.ts';

const testing = new URL('../testing/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, testing), 'utf8');
const fixture = (name: string): string => text(`models/tm-bom/${name}-threat-model.json`);

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
const sound = ajv.compile(JSON.parse(text('schemas/threat-model-library-1.0.2.schema.json')));

const read = (content: unknown): Reading =>
  tmBom.read!(new Source(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))));

type File = Record<string, Record<string, unknown>[]> & { extensions?: Record<string, unknown> };

function written(model: ThreatModel): { file: File; content: string; what: string[] } {
  const { content, skipped } = tmBom.write!(model) as { content: string; skipped: { what: string }[] };
  const file = JSON.parse(content);
  expect(sound(file), JSON.stringify(sound.errors?.slice(0, 3))).toBe(true);
  return { file, content, what: skipped.map(({ what }) => what) };
}

const only = (model: ThreatModel): Diagram => {
  expect(model.diagrams).toHaveLength(1);
  return model.diagrams[0]!;
};

/** Without what the format itself adds about a model that is not from it. */
function plain({ foreign: _, ...model }: ThreatModel): unknown {
  return {
    ...model,
    diagrams: model.diagrams.map(({ elements, flows, boundaries, ...page }) => ({
      ...page,
      elements: elements.map(({ foreign: _, ...each }) => each),
      flows: flows.map(({ foreign: _, ...each }) => each),
      boundaries: boundaries.map(({ foreign: _, ...each }) => each),
    })),
    threats: model.threats.map(({ foreign: _, ...threat }) => threat),
  };
}

describe('published models', () => {
  // In both files the boundaries are the trust zones, not the pairs of them that the format calls trust boundaries.
  it.each([
    ['hashicorp-vault', { elements: 18, flows: 24, boundaries: 4, threats: 8, controls: 23, risks: 4 }],
    ['husky-ai', { elements: 17, flows: 23, boundaries: 3, threats: 9, controls: 22, risks: 3 }],
  ])('%s is read whole, written validly and read back as it was', (name, counts) => {
    const { model } = read(fixture(name));
    const { elements, flows, boundaries } = only(model);
    const { controls, risks } = model.foreign!['tm-bom'] as Record<string, unknown[]>;
    expect({
      elements: elements.length,
      flows: flows.length,
      boundaries: boundaries.length,
      threats: model.threats.length,
      controls: controls!.length,
      risks: risks!.length,
    }).toEqual(counts);
    const { content, file } = written(model);
    expect(file.extensions).toBeUndefined();
    expect(read(content).model).toEqual(model);
    const original = JSON.parse(fixture(name));
    for (const key of Object.keys(original)) {
      if (key !== '$schema') expect(file[key], key).toEqual(original[key]);
    }
  });

  it('says which references lead nowhere, and keeps them for the file', () => {
    expect(read(fixture('hashicorp-vault')).skipped.map(({ where }) => where)).toEqual([
      'components[0].trust_zone',
      'components[9].trust_zone',
    ]);
    const husky = read(fixture('husky-ai'));
    expect(husky.skipped.map(({ what, where }) => [what, where])).toEqual([
      ['source of "User to API Gateway"', expect.stringMatching(/^data_flows\[\d+\]\.source$/)],
    ]);
    const { flows } = only(husky.model);
    const flow = flows.find(({ id }) => id === 'data_flow:user-api-gateway')!;
    expect(flow.source).toEqual({ point: null });
    // It is said to end at a data store of that name; there is only a component.
    const ssh = flows.find(({ id }) => id === 'data_flow:authorized-keys-bastion')!;
    expect(ssh.target).toEqual({ element: 'component:bastion' });
  });

  it('gives kinds, zones, encryption, mitigation and severity their place', () => {
    const { model } = read(fixture('husky-ai'));
    const { elements, flows } = only(model);
    const by = (id: string) => elements.find(element => element.id === id);
    expect(by('actor:engineer')).toMatchObject({ kind: 'external_entity', boundary: 'trust_zone:public' });
    expect(by('component:web-service')).toMatchObject({ kind: 'process', boundary: 'trust_zone:prod-zone' });
    expect(by('data_store:ml-models-blob')).toMatchObject({
      kind: 'data_store',
      attributes: { technology: 'Azure Blob', encrypted: 'no' },
    });
    expect(flows.find(({ id }) => id === 'data_flow:admin-bastion')!.attributes).toEqual({
      encrypted: 'yes',
    });
    const threat = model.threats.find(({ id }) => id === 'ssh-compromise-vulnerability')!;
    expect(threat).toMatchObject({ severity: 'high', status: 'open', stride: [] });
    expect(threat.mitigation.split('\n')).toHaveLength(3);
    expect(threat.category).toBe('CAPEC-300 Port Scanning');
    expect(model.threats.find(({ id }) => id === 'sensitive-image-exposure')!.severity).toBeNull();
  });
});

describe('any model', () => {
  it('survives a file, which is valid; a second time with everything that the format added', () => {
    fc.assert(
      fc.property(anyModel, model => {
        const first = read(written(model).content);
        expect(first.skipped).toEqual([]);
        expect(plain(first.model)).toEqual(plain(model));
        expect(read(written(first.model).content).model).toEqual(first.model);
      }),
      { numRuns: 150 },
    );
  });

  it('names for other tools what only our extension holds', () => {
    fc.assert(
      fc.property(anyModel, model => {
        const { what } = written(model);
        for (const { boundaries, notes, flows } of model.diagrams) {
          for (const { name, line } of boundaries) if (line) expect(what).toContain(`boundary "${name}"`);
          for (const { text } of notes) expect(what).toContain(`note "${text}"`);
          for (const { name, source, target } of flows) {
            if ('point' in source || 'point' in target) expect(what).toContain(`flow "${name}"`);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('edited models', () => {
  const husky = (): ThreatModel => read(fixture('husky-ai')).model;
  const edit = (change: (model: ThreatModel) => void) => {
    const model = structuredClone(husky());
    change(model);
    return { model, ...written(model) };
  };
  const named = (list: Record<string, unknown>[] | undefined, name: string) =>
    list!.find(({ symbolic_name }) => symbolic_name === name) as Record<string, unknown>;

  it('an edited mitigation takes the place of the controls of that threat alone', () => {
    const { file, model, content, what } = edit(({ threats }) => {
      threats.find(({ id }) => id === 'ssh-compromise-vulnerability')!.mitigation = 'Close the port';
    });
    expect(named(file.controls, 'mitigation-of-ssh-compromise-vulnerability')).toMatchObject({
      description: 'Close the port',
      threats: ['ssh-compromise-vulnerability'],
    });
    expect(named(file.controls, 'network-acl-ssh-restrictions').threats).toEqual([
      'ssh-compromise-developer-machine',
    ]);
    expect(what.filter(each => each.startsWith('control'))).toHaveLength(1);
    expect(plain(read(content).model)).toEqual(plain(model));
  });

  it('a severity that the risks do not give is a risk of its own, once', () => {
    const { file, content } = edit(({ threats }) => {
      threats.find(({ id }) => id === 'perturbation-attack')!.severity = 'critical';
    });
    expect(named(file.risks, 'risk-of-perturbation-attack')).toMatchObject({ level: 'critical', score: 20 });
    const again = read(content).model;
    again.threats.find(({ id }) => id === 'perturbation-attack')!.severity = 'high';
    const { risks } = written(again).file;
    expect(risks).toHaveLength(4);
    expect(named(risks, 'risk-of-perturbation-attack')).toMatchObject({ level: 'high', score: 12 });
  });

  it('what another tool changed in the file wins over our extension', () => {
    const { file } = edit(({ threats }) => {
      threats[0]!.status = 'transferred';
      threats[1]!.status = 'transferred';
    });
    for (const control of file.controls!) {
      if ((control.threats as string[]).includes(threatName(0))) control.status = 'active';
    }
    const { threats } = read(file).model;
    expect(threats[0]!.status).toBe('mitigated');
    expect(threats[1]!.status).toBe('transferred');
  });
  const threatName = (n: number): string => husky().threats[n]!.id;

  it('a removed threat is taken out of controls and risks', () => {
    const { file, what } = edit(({ threats }) => threats.splice(0, 1));
    const names = file.threats!.map(({ symbolic_name }) => symbolic_name);
    for (const { threats } of [...file.controls!, ...file.risks!]) {
      for (const name of threats as string[]) expect(names).toContain(name);
    }
    expect(what.some(each => each.includes(threatName(0)))).toBe(true);
  });

  it('things keep their ids when others come and go in a newer file', () => {
    const file = JSON.parse(fixture('hashicorp-vault'));
    const before = only(read(file).model).elements.map(({ id }) => id);
    // The zone has the name of a component.
    file.trust_zones = file.trust_zones.filter(
      (zone: Record<string, unknown>) => zone.symbolic_name !== 'eks-cluster',
    );
    file.components.unshift({ symbolic_name: 'new', title: 'New', description: '', trust_zone: 'aws-vpc' });
    const after = only(read(file).model).elements.map(({ id }) => id);
    expect(after.filter(id => id !== 'component:new')).toEqual(before);
  });
});

describe('hostile files', () => {
  const top = JSON.parse(fixture('husky-ai'));
  const attempt = (file: unknown): void => {
    let reading: Reading;
    try {
      reading = read(file);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      return;
    }
    const { model } = reading;
    const ids = model.diagrams.flatMap(({ elements, flows, boundaries, notes }) =>
      [...elements, ...flows, ...boundaries, ...notes].map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    written(model);
  };

  it('any JSON under the top level is read or refused in words, and what is read can be written validly', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(top)), fc.jsonValue()), file => {
        attempt({ ...file, $schema: top.$schema });
      }),
      { numRuns: 200 },
    );
  });

  /** Paths of every value in a file. */
  const paths = (value: unknown, at: (string | number)[] = []): (string | number)[][] =>
    typeof value === 'object' && value !== null
      ? [at, ...Object.entries(value).flatMap(([key, each]) => paths(each, [...at, key]))]
      : [at];
  const places = paths(top).filter(path => path.length > 0);

  it('any value of a real file replaced by any other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...places), fc.jsonValue()), { minLength: 1 }),
        changes => {
          const file = structuredClone(top);
          for (const [path, value] of changes) set(file, path, value);
          attempt({ ...file, $schema: top.$schema });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('any value of our extension replaced by any other', () => {
    fc.assert(
      fc.property(anyModel, fc.infiniteStream(fc.tuple(fc.nat(), fc.jsonValue())), (model, stream) => {
        const { file } = written(model);
        const all = paths(file.extensions ?? {}).filter(path => path.length > 1);
        if (all.length === 0) return;
        for (const [n, value] of [...stream.take(3)]) set(file.extensions, all[n % all.length]!, value);
        attempt(file);
      }),
      { numRuns: 150 },
    );
  });

  function set(file: unknown, path: (string | number)[], value: unknown): void {
    let at = file as Record<string, unknown>;
    for (const key of path.slice(0, -1)) {
      if (typeof at[key] !== 'object' || at[key] === null) return;
      at = at[key] as Record<string, unknown>;
    }
    if (typeof at === 'object') at[path.at(-1)!] = value;
  }

  it('tells of every unknown property and every bad value where it stands', () => {
    const { skipped } = read({
      ...top,
      colour: 'red',
      actors: [{ ...top.actors[0], type: 'robot', mood: 'bad' }],
      controls: [{ ...top.controls[0], priority: 'urgent' }],
    });
    const where = skipped.map(each => each.where);
    expect(where).toEqual(
      expect.arrayContaining(['colour', 'actors[0].type', 'actors[0].mood', 'controls[0]']),
    );
  });

  it('a list that is none is refused by its name', () => {
    expect(() => read({ ...top, components: { a: 1 } })).toThrow('"components" is no list.');
  });
});

it('puts a severity of its own at a score that the specification calls by that level', () => {
  const likelihoods = ['rare', 'unlikely', 'possible', 'likely', 'certain'];
  const impacts = ['negligible', 'minor', 'moderate', 'major', 'severe'];
  const bounds = [2, 4, 9, 12, 16, 25];
  for (const { likelihood, impact, score, level } of Object.values(RISK_OF)) {
    expect(score).toBe((likelihoods.indexOf(likelihood) + 1) * (impacts.indexOf(impact) + 1));
    expect(level).toBe(LEVELS[bounds.findIndex(bound => score <= bound)]);
  }
});
