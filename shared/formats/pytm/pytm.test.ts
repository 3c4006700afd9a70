import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../formats.ts';
import { Source } from '../source.ts';
import { expectSound } from '../testing/sound.ts';
import { FormatError, type Reading, type ThreatModel } from '../threat-model.ts';

const textOf = (name: string): string =>
  readFileSync(new URL(`../testing/models/pytm/${name}.json`, import.meta.url), 'utf8');
const readText = (text: string): Reading => {
  const source = new Source(new TextEncoder().encode(text));
  const format = formatOf(source);
  expect(format.name).toBe('pytm');
  return format.read(source);
};
const read = (model: object): Reading => readText(JSON.stringify({ name: 'M', isOrdered: true, ...model }));

const names = ({ diagrams: [diagram] }: ThreatModel) => {
  const of = (id: string | null) =>
    [...(diagram?.elements ?? []), ...(diagram?.boundaries ?? [])].find(thing => thing.id === id)?.name ??
    null;
  return {
    elements: diagram?.elements.map(({ kind, name, boundary }) => [kind, name, of(boundary)]),
    boundaries: diagram?.boundaries.map(({ name, parent }) => [name, of(parent)]),
    flows: diagram?.flows.map(({ name, source, target }) => [
      name,
      'element' in source ? of(source.element) : null,
      'element' in target ? of(target.element) : null,
    ]),
  };
};

describe('published models of pytm', () => {
  it('reads what pytm takes: 3 elements, 4 flows, 2 boundaries', () => {
    const { model, skipped } = readText(textOf('input'));
    expect([model.title, model.scope, model.threats, skipped]).toEqual(['my test tm', 'aaa', [], []]);
    expect(names(model)).toEqual({
      elements: [
        ['external_entity', 'User', 'Internet'],
        ['process', 'Web Server', null],
        ['data_store', 'SQL Database', 'Server/DB'],
      ],
      boundaries: [
        ['Internet', null],
        ['Server/DB', null],
      ],
      flows: [
        ['Request', 'User', 'Web Server'],
        ['Insert', 'Web Server', 'SQL Database'],
        ['Select', 'SQL Database', 'Web Server'],
        ['Response', 'Web Server', 'User'],
      ],
    });
    expect(model.diagrams[0]?.flows[0]?.description).toBe('bbb\n\nCarries: Password');
    expect(model.foreign).toEqual({
      pytm: {
        isOrdered: true,
        onDuplicates: 'IGNORE',
        data: [{ name: 'Password', classification: 'SECRET', lifetime: 'LONG' }],
      },
    });
  });

  it('reads what pytm writes: 5 elements, 6 flows, 2 boundaries, each once', () => {
    const { model, skipped } = readText(textOf('output'));
    expect(skipped).toEqual([]);
    expect(model.threats).toEqual([]);
    expect(names(model)).toEqual({
      elements: [
        ['external_entity', 'User', 'Internet'],
        ['process', 'Web Server', null],
        ['process', 'Lambda func', null],
        ['process', 'Task queue worker', null],
        ['data_store', 'SQL Database', 'Server/DB'],
      ],
      boundaries: [
        ['Internet', null],
        ['Server/DB', null],
      ],
      flows: [
        ['User enters comments (*)', 'User', 'Web Server'],
        ['Insert query with comments', 'Web Server', 'SQL Database'],
        ['Call func', 'Web Server', 'Lambda func'],
        ['Retrieve comments', 'SQL Database', 'Web Server'],
        ['Show comments (*)', 'Web Server', 'User'],
        ['Query for tasks', 'Task queue worker', 'SQL Database'],
      ],
    });
  });

  it('keeps of what pytm writes only what is no default', () => {
    const [diagram] = readText(textOf('output')).model.diagrams;
    expect(diagram?.elements.map(({ attributes, foreign }) => [attributes, foreign?.pytm])).toEqual([
      [{}, { class: 'Actor' }],
      [{}, { class: 'Server' }],
      [{}, { class: 'Lambda', onAWS: true }],
      [{}, { class: 'Process', codeType: 'Unmanaged' }],
      [{}, { class: 'Datastore', isSQL: true }],
    ]);
  });
});

describe('a model of pytm', () => {
  it('takes the classes of every version', () => {
    const classes = [
      'Actor',
      'ExternalEntity',
      'Datastore',
      'Server',
      'SetOfProcesses',
      'Lambda',
      'LLM',
      'Robot',
      '',
    ];
    const { model, skipped } = read({
      elements: classes.map(name => ({ __class__: name, name: `a ${name}` })),
    });
    expect(model.diagrams[0]?.elements.map(({ kind }) => kind)).toEqual([
      'external_entity',
      'external_entity',
      'data_store',
      ...Array(6).fill('process'),
    ]);
    expect(model.diagrams[0]?.elements[6]?.attributes).toEqual({ role: 'ai_model' });
    expect(skipped.map(({ what, where }) => [what, where])).toEqual([
      ['class "Robot" of "a Robot"', 'elements[7]'],
    ]);
  });

  const flow = {
    ...{
      name: 'f',
      source: 'a',
      sink: 'a',
      protocol: 'HTTPS',
      data: ['key'],
      tlsVersion: 'TLSVersion.TLSv12',
    },
    controls: { providesIntegrity: false, authenticatesSource: true, authenticatesDestination: true },
  };
  const told = {
    elements: [
      { __class__: 'Server', name: 'a', OS: 'Linux', controls: { implementsAuthenticationScheme: true } },
      {
        __class__: 'Datastore',
        name: 'd',
        isEncryptedAtRest: false,
        storesLogData: true,
        type: 'DatastoreType.SQL',
      },
    ],
    flows: [flow],
    data: [{ name: 'key', isCredentials: true }],
  };

  it('answers attributes by controls and fields, those before the controls came, too', () => {
    const [diagram] = read(told).model.diagrams;
    expect(diagram?.elements.map(({ attributes }) => attributes)).toEqual([
      { technology: 'Linux', authenticates_users: 'yes' },
      { technology: 'SQL', encrypted: 'no', stores: ['logs'] },
    ]);
    expect(diagram?.flows[0]?.attributes).toEqual({
      protocol: 'https',
      payload: ['credentials'],
      encrypted: 'yes',
      integrity: 'no',
      authenticated: 'yes',
    });
  });

  it('takes no default for an answer where pytm wrote every field', () => {
    const [diagram] = read({ ...told, actors: [], assets: [] }).model.diagrams;
    expect(diagram?.elements[1]?.attributes).toEqual({ technology: 'SQL', stores: ['logs'] });
    expect(diagram?.flows[0]?.attributes).not.toHaveProperty('integrity');
  });

  it('takes findings as threats, with what was decided and their references', () => {
    const finding = (id: string, more: object) => ({
      ...{ id, threat_id: `T${id}`, target: 'f', description: `d${id}`, details: 'x', condition: 'a' },
      ...more,
    });
    const { model, skipped } = read({
      elements: [{ name: 'a', overrides: [{ threat_id: 'INP01', response: 'accepted: it is a demo' }] }],
      flows: [
        { name: 'f', source: 'a', sink: 'a' },
        { name: 'f', source: 'a', sink: 'a', findings: ['2'], inScope: false },
      ],
      findings: [
        finding('1', {
          severity: 'Very High',
          mitigations: 'm',
          references:
            'https://capec.mitre.org/data/definitions/10.html, CWE-120, http://cwe.mitre.org/data/definitions/119.html',
        }),
        finding('2', { severity: 'Severity.HIGH', response: 'Mitigated by TLS', likelihood: 'Low' }),
        finding('3', { response: 'avoided' }),
        finding('4', { response: 'we will see', target: 'gone' }),
        finding('5', { response: 'transferred', cvss: '9.8' }),
      ],
      excluded_findings: [finding('6', { assumption: { name: 'VPN', description: 'Always on' } })],
    });
    const flows = model.diagrams[0]?.flows.map(({ id }) => id) ?? [];
    expect(flows).toEqual(['a/f/a', 'a/f/a~2']);
    expect(
      model.threats.map(({ id, target, status, severity, justification }) => [
        id,
        target,
        status,
        severity,
        justification,
      ]),
    ).toEqual([
      ['T1@a/f/a', 'a/f/a', 'proposed', 'critical', ''],
      ['T2@a/f/a~2', 'a/f/a~2', 'mitigated', 'high', 'by TLS'],
      ['T3@a/f/a', 'a/f/a', 'eliminated', null, ''],
      ['T4@', '', 'open', null, 'we will see'],
      ['T5@a/f/a', 'a/f/a', 'transferred', null, ''],
      ['T6@a/f/a', 'a/f/a', 'rejected', null, 'VPN: Always on'],
      ['INP01@a', 'a', 'accepted', null, 'it is a demo'],
    ]);
    expect(model.threats[0]).toMatchObject({
      title: 'd1',
      description: 'x',
      mitigation: 'm',
      stride: [],
      category: '',
      foreign: {
        pytm: { threat_id: 'T1', condition: 'a', severity: 'very high', cwe: [120, 119], capec: [10] },
      },
    });
    expect(skipped.map(({ what, where }) => [what, where])).toEqual([
      ['target "gone" of a finding', 'findings[3]'],
    ]);
    expect(model.diagrams[0]?.flows[1]?.description).toBe('Out of scope.');
  });

  it('lets what somebody ruled on an element go before the finding', () => {
    const { threats } = read({
      elements: [{ name: 'a', overrides: [{ threat_id: 'INP01', response: 'accepted' }] }],
      findings: [{ threat_id: 'INP01', target: 'a', description: 'Overflow', severity: 'High' }],
    }).model;
    expect(threats).toMatchObject([{ title: 'Overflow', severity: 'high', status: 'accepted', target: 'a' }]);
  });

  it('says what hangs in the air, and frees boundaries that lie in themselves', () => {
    const { model, skipped } = read({
      boundaries: [
        { name: 'x', inBoundary: 'y' },
        { name: 'y', inBoundary: 'x' },
        { name: 'z', inBoundary: 'z' },
        { name: 'in', inBoundary: 'x' },
      ],
      elements: [{ name: 'a', inBoundary: 'gone' }, 7],
      flows: [{ name: 'f', source: 'a' }],
    });
    expect(names(model)).toEqual({
      elements: [['process', 'a', null]],
      boundaries: [
        ['x', 'y'],
        ['y', null],
        ['z', null],
        ['in', 'x'],
      ],
      flows: [['f', 'a', null]],
    });
    expect(skipped.map(({ what }) => what)).toEqual([
      'elements[1]',
      'boundary "gone" around "a"',
      'boundary around "y"',
      'boundary around "z"',
      'sink of the flow "f"',
    ]);
  });

  it('keeps ids of names in any script apart, whatever their order', () => {
    const ids = (...all: string[]) =>
      Object.fromEntries(
        read({ elements: all.map(name => ({ name })) }).model.diagrams[0]?.elements.map(({ id, name }) => [
          name,
          id,
        ]) ?? [],
      );
    expect(ids('患者', '医師')).toEqual(ids('医師', '患者'));
  });
});

describe('what is no sound model of pytm', () => {
  it.each([
    ['another JSON', '{"elements": [], "flows": []}'],
    ['a list', '[{"elements": [], "isOrdered": true}]'],
    ['flows that are no list', '{"elements": [], "flows": {}, "isOrdered": true}'],
  ])('is refused: %s', (_, text) => {
    const source = new Source(new TextEncoder().encode(text));
    expect(() => formatOf(source).read(source)).toThrow(FormatError);
  });

  it.each(['input', 'output'])('is refused wherever %s was cut off', name => {
    const whole = textOf(name).trimEnd();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), length => {
        expect(() => readText(whole.slice(0, length))).toThrow(FormatError);
      }),
      { numRuns: 200 },
    );
  });

  it('gives a sound model or a FormatError for any JSON in its place', () => {
    const name = fc.constantFrom('a', 'b', 'c', '', '__proto__', 'toString', '患', 'a\u0000b');
    const odd = fc.oneof(name, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(-1, 1e300, true, null));
    const fields = [
      ...[
        'name',
        '__class__',
        'inBoundary',
        'source',
        'sink',
        'data',
        'controls',
        'findings',
        'overrides',
        'id',
      ],
      ...[
        'target',
        'threat_id',
        'response',
        'severity',
        'references',
        'assumption',
        'inScope',
        'type',
        '__proto__',
      ],
    ];
    const thing = fc
      .array(fc.tuple(fc.constantFrom(...fields), fc.oneof(odd, fc.array(odd, { maxLength: 3 }))), {
        maxLength: 8,
      })
      .map(Object.fromEntries);
    const list = fc.oneof({ weight: 8, arbitrary: fc.array(fc.oneof(thing, odd), { maxLength: 5 }) }, odd);
    const lists = [
      'elements',
      'flows',
      'boundaries',
      'findings',
      'excluded_findings',
      'data',
      'assumptions',
      'actors',
    ];
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(lists.map(key => [key, list])), { requiredKeys: [] }),
        model => {
          let reading: Reading;
          try {
            reading = read({ elements: [], ...model });
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            return;
          }
          expectSound(reading.model);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
