import { describe, expect, it } from 'vitest';
import type { ThreatModel } from '../threat-model.ts';
import { bytesOf, readText, SMALL } from './testing.ts';

const letters = ({ threats }: ThreatModel): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { stride } of threats) counts[stride.join('')] = (counts[stride.join('')] ?? 0) + 1;
  return counts;
};

/** A model of the given pieces of XML, names without prefixes. */
const model = (borders: string, lines = '', rest = ''): string =>
  `<ThreatModel><DrawingSurfaceList><DrawingSurfaceModel><Guid>page</Guid><Header>Page</Header>` +
  `<Borders>${borders}</Borders><Lines>${lines}</Lines></DrawingSurfaceModel></DrawingSurfaceList>${rest}</ThreatModel>`;
const drawn = (type: string, guid: string, inner = '', properties = ''): string =>
  `<Entry><Key>${guid}</Key><Value type="${type}"><Guid>${guid}</Guid>` +
  `<Properties><anyType type="b:StringDisplayAttribute"><DisplayName>Name</DisplayName><Value>${guid}</Value></anyType>${properties}</Properties>${inner}</Value></Entry>`;
const list = (name: string, values: string[], index: number, type = 'ListDisplayAttribute'): string =>
  `<anyType type="b:${type}"><DisplayName>${name}!</DisplayName><Name>${name}</Name><Value>${values
    .map(value => `<string>${value}</string>`)
    .join('')}</Value><SelectedIndex>${index}</SelectedIndex></anyType>`;
const at = (left: number | string, top: number | string, width: number | string, height: number | string) =>
  `<Left>${left}</Left><Top>${top}</Top><Width>${width}</Width><Height>${height}</Height>`;
const threat = (inner: string, properties: Record<string, string> = {}, key = ''): string =>
  `<ThreatInstances><Entry><Key>${key}</Key><Value><Properties>${Object.entries(properties)
    .map(([name, value]) => `<Pair><Key>${name}</Key><Value>${value}</Value></Pair>`)
    .join('')}</Properties>${inner}</Value></Entry></ThreatInstances>`;

describe('published models of the Microsoft Threat Modeling Tool', () => {
  it.each([
    ['MTMT_example', [4, 6, 2, 0], { E: 13, T: 8, I: 12, R: 4, S: 6 }],
    ['MTMT_nested_tz', [4, 3, 3, 0], { S: 3, R: 2, D: 5, E: 4, T: 1, I: 1 }],
    ['MTMT_simple_line_boundary', [4, 6, 1, 0], { E: 11, T: 8, I: 12, R: 4, S: 4 }],
    // Counted as 25 elements where a text, drawn as a rectangle, is counted as one.
    ['SDL_all_components', [24, 0, 2, 1], {}],
    ['missing_coordinates', [4, 6, 2, 0], { E: 13, T: 8, I: 12, R: 4, S: 6 }],
    [SMALL, [6, 3, 2, 0], { T: 1, E: 1, I: 1, S: 1 }],
  ])('%s has every element, flow, boundary, note and threat', (name, counts, expected) => {
    const { model, skipped } = readText(bytesOf(name));
    const [diagram, ...others] = model.diagrams;
    expect(others).toEqual([]);
    expect([
      diagram?.elements.length,
      diagram?.flows.length,
      diagram?.boundaries.length,
      diagram?.notes.length,
    ]).toEqual(counts);
    expect(letters(model)).toEqual(expected);
    expect(skipped.map(({ where }) => where)).toEqual(name === SMALL ? [] : ['KnowledgeBase']);
    const known = new Set(diagram?.flows.map(({ id }) => id));
    for (const { target, title, description } of model.threats) {
      expect(known).toContain(target);
      expect(title + description).not.toMatch(/\{(source|target|flow)\./i);
    }
  });

  it('tells elements, places, bends and what the type and properties say', () => {
    const [diagram] = readText(bytesOf('MTMT_example')).model.diagrams;
    expect(diagram?.title).toBe('Diagram 1');
    expect(diagram?.elements.map(({ kind, name, attributes }) => [kind, name, attributes])).toEqual([
      ['data_store', 'Accounting PostgreSQL', { technology: 'Azure Database for PostgreSQL' }],
      ['external_entity', 'Mobile Client', { role: 'mobile_app' }],
      ['process', 'Public API v2', { technology: 'Web API' }],
      ['data_store', 'Azure File Storage', { role: 'cloud_storage' }],
    ]);
    expect(diagram?.elements[1]?.box).toEqual([433, 240, 100, 100]);
    expect(diagram?.elements[1]?.foreign).toEqual({
      tm7: {
        type: 'SE.EI.TMCore.Mobile',
        typeName: 'Mobile Client',
        properties: [{ name: 'Mobile Client Technologies', value: 'Android' }],
      },
    });
    expect(diagram?.boundaries.map(({ name, box }) => [name, box])).toEqual([
      ['Internet', [386, 151, 202, 281]],
      ['Public Cloud', [744, 142, 371, 308]],
    ]);
    // From (846, 261) to (980, 232) over (892, 210): 40 above, which is the left of a line to the right.
    expect(diagram?.flows[0]).toMatchObject({
      name: 'PSQL Request',
      source: { element: diagram?.elements[2]?.id },
      target: { element: diagram?.elements[0]?.id },
      bend: 40.12,
      bidirectional: false,
    });
  });

  it('tells a threat as the tool shows it, with links as text', () => {
    const { threats } = readText(bytesOf('MTMT_example')).model;
    expect(threats[0]).toEqual({
      id: 'TH1535d15323e-3729-4694-87b1-181c90af5045eb072144-af37-4b75-b46b-b78111850d3e53245f54-0656-4ede-a393-357aeaa2e20f',
      title:
        'An adversary can gain unauthorized access to Azure Postgres DB instances due to weak network security configuration',
      description:
        'An adversary can gain unauthorized access to  Accounting PostgreSQL instances due to weak network security configuration.',
      stride: ['E'],
      category: '',
      target: 'eb072144-af37-4b75-b46b-b78111850d3e',
      status: 'proposed',
      severity: 'high',
      justification: '',
      mitigation:
        'Restrict access to Azure Postgres DB instances by configuring server-level firewall rules to only permit connections from selected IP addresses where possible. Refer: https://aka.ms/tmt-th153',
      foreign: {
        tm7: {
          type: 'TH153',
          state: 'AutoGenerated',
          number: '55',
          shortDescription: expect.stringContaining('gains increased capability'),
          properties: [{ name: 'SDL Phase', value: 'Implementation' }],
        },
      },
    });
    expect(threats.filter(({ severity }) => severity === 'high')).toHaveLength(38);
    expect(threats.filter(({ severity }) => severity === 'medium')).toHaveLength(5);
    expect(new Set(threats.map(({ id }) => id)).size).toBe(43);
  });

  it('takes a line as a boundary from end to end over its handle, and a free end as one', () => {
    const [diagram] = readText(bytesOf('MTMT_nested_tz')).model.diagrams;
    const [outer, inner, line] = diagram?.boundaries ?? [];
    expect([outer?.line, inner?.line, line?.box]).toEqual([null, null, null]);
    expect(line?.line).toHaveLength(25);
    expect([line?.line?.[0], line?.line?.[12], line?.line?.[24]]).toEqual([
      [723, 125],
      [661, 318],
      [731, 487],
    ]);
    expect(diagram?.flows[0]?.attributes).toEqual({ protocol: 'https', encrypted: 'yes', integrity: 'yes' });
    expect(diagram?.flows[2]?.source).toEqual({ point: [389, 335] });
  });

  it('takes a text as a note', () => {
    const [diagram] = readText(bytesOf('SDL_all_components')).model.diagrams;
    expect(diagram?.notes).toEqual([
      {
        id: '58b3bd9b-ea2a-4cb2-a42b-6f0acb1a5e7f',
        text: 'Free Text Annotation - Mapped ones',
        at: [1156, 366],
      },
    ]);
  });

  it('says who is in which boundary where a place is missing', () => {
    const [diagram] = readText(bytesOf('missing_coordinates')).model.diagrams;
    const [internet, cloud] = diagram?.boundaries ?? [];
    expect([internet?.box, cloud?.box]).toEqual([null, [744, 142, 371, 308]]);
    expect(diagram?.elements.map(({ boundary }) => boundary)).toEqual([
      cloud?.id,
      null,
      cloud?.id,
      cloud?.id,
    ]);
  });

  it('reads a model without a template, its people, its scope and what was decided', () => {
    const { model } = readText(bytesOf(SMALL));
    expect(model.title).toBe('Payments & Billing Platform');
    expect(model.scope).toBe(
      'Checkout for the "Payments & Billing" platform.\nCardholder data never leaves the <Corporate Network> boundary.\n' +
        "Batch reconciliation is the finance team's responsibility.",
    );
    expect(model.foreign).toEqual({
      tm7: { version: '4.3', owner: 'Ada Lovelace', contributors: 'Grace Hopper', reviewer: 'Grace Hopper' },
    });
    expect(model.diagrams[0]?.title).toBe('Level 0 & 1 DFD');
    expect(model.diagrams[0]?.elements.map(({ kind, name }) => [kind, name])).toEqual([
      ['external_entity', 'Customer'],
      ['process', 'Payments & Billing API'],
      ['data_store', 'Billing Database'],
      ['process', 'Reporting Job'],
      ['process', ''],
      ['process', 'Legacy Batch Job'],
    ]);
    expect(model.diagrams[0]?.elements[5]?.description).toBe('Out of scope.');
    expect(model.diagrams[0]?.flows[0]?.attributes).toEqual({ protocol: 'https' });
    expect(
      model.threats.map(({ title, stride, status, severity, justification }) => [
        title.slice(0, 20),
        stride.join(),
        status,
        severity,
        justification.slice(0, 13),
      ]),
    ).toEqual([
      ['SQL Injection agains', 'T', 'mitigated', 'high', 'Parameterized'],
      ['Checkout session tok', 'E', 'open', 'low', ''],
      ['Nightly export write', 'I', 'rejected', 'critical', 'Accepted; the'],
      ['Spoofing', 'S', 'proposed', 'medium', ''],
    ]);
  });
});

describe('a model of the Microsoft Threat Modeling Tool', () => {
  it('takes the generic type for a stencil only, and lets spaces around it be', () => {
    const generic = (id: string) => `<GenericTypeId> ${id}\n</GenericTypeId>`;
    const { model: read } = readText(
      model(
        drawn('StencilRectangle', 'a', generic('GE.P')) +
          drawn('x:StencilEllipse', 'b', generic('b7e00c0e-9a91-4c66-a122-d40509745d71')) +
          drawn('', 'c', generic('GE.DS')) +
          drawn('BorderBoundary', 'd', generic('GE.EI')) +
          drawn('StencilRectangle', 'e', generic('own')),
        '',
        '<KnowledgeBase><GenericElements><ElementType><Id>own</Id><Representation>Annotation</Representation></ElementType></GenericElements></KnowledgeBase>',
      ),
    );
    const [diagram] = read.diagrams;
    expect(diagram?.elements.map(({ id, kind }) => [id, kind])).toEqual([
      ['a', 'process'],
      ['b', 'process'],
      ['c', 'data_store'],
    ]);
    expect(diagram?.boundaries.map(({ id }) => id)).toEqual(['d']);
    expect(diagram?.notes.map(({ id }) => id)).toEqual(['e']);
  });

  it('answers attributes only by what somebody chose or the type says', () => {
    const yes = ['No', 'Yes'];
    const properties =
      list('storesCredentials', yes, 1) + list('storesLogData', yes, 0) + list('Encrypted', yes, 0);
    const flow =
      list('channel', ['Not Selected', 'Wire', 'Wi-Fi'], 2) +
      list('authenticatesSource', ['Not Selected', 'No', 'Yes'], 1) +
      list('providesConfidentiality', ['No'], 0, 'StaticListDisplayAttribute') +
      list('providesIntegrity', yes, 99);
    const { diagrams } = readText(
      model(drawn('StencilParallelLines', 'store', '', properties), drawn('Connector', 'flow', '', flow)),
    ).model;
    expect(diagrams[0]?.elements[0]?.attributes).toEqual({ stores: ['credentials'] });
    expect(diagrams[0]?.elements[0]?.foreign?.tm7).toMatchObject({
      properties: [{ name: 'storesCredentials!', value: 'Yes' }],
    });
    expect(diagrams[0]?.flows[0]?.attributes).toEqual({
      protocol: 'wifi',
      authenticated: 'no',
      encrypted: 'no',
    });
  });

  it('takes the texts of a threat from its type and fills in names and properties, once', () => {
    const knowledge =
      '<KnowledgeBase><ThreatCategories><ThreatCategory><Id>7a</Id><Name>Patient Safety</Name></ThreatCategory></ThreatCategories>' +
      '<ThreatTypes><ThreatType><Id>x</Id><Category>7a</Category><ShortTitle>{target.Name} harms {source.name} over {flow.Name}</ShortTitle>' +
      '<Description>{target.level} and {target.level!}, {target.nothing}, {other.Name} &lt;script&gt;</Description></ThreatType></ThreatTypes></KnowledgeBase>';
    const ends = '<SourceGuid>A</SourceGuid><TargetGuid>{flow.name}</TargetGuid>';
    const { model: read, skipped } = readText(
      model(
        drawn('StencilEllipse', 'a') + drawn('StencilEllipse', '{flow.name}', '', list('level', ['High'], 0)),
        drawn('Connector', 'f', ends),
        knowledge +
          threat(
            `<TypeId>x</TypeId>${ends}<FlowGuid>F</FlowGuid><State>Custom</State><Priority>Dire</Priority>`,
            {
              PossibleMitigations:
                'See &lt;a target="_blank" href="https://x.test"&gt;this&lt;/a&gt;&lt;br/&gt;and that',
            },
          ),
      ),
    );
    expect(read.threats).toEqual([
      {
        id: 'xAF-flow.name-',
        title: '{flow.name} harms a over f',
        description: 'High and High, {target.nothing}, {other.Name} <script>',
        stride: [],
        category: 'Patient Safety',
        target: 'f',
        status: 'open',
        severity: null,
        justification: '',
        mitigation: 'See this (https://x.test)\nand that',
        foreign: { tm7: { type: 'x', state: 'Custom', priority: 'Dire' } },
      },
    ]);
    expect(skipped.map(({ where }) => where)).toEqual(['KnowledgeBase']);
  });

  it('says what hangs in the air: ends, threats, shapes and places', () => {
    const { model: read, skipped } = readText(
      model(
        drawn('StencilEllipse', 'a', at('NaN', 1, 10, 10)) +
          drawn('StencilEllipse', 'b', at(1, 1, -10, 10)) +
          drawn('StencilEllipse', 'b', at(1e300, 1, 10, 10)) +
          drawn('Blob', 'c') +
          '<Entry/>',
        drawn(
          'Connector',
          'f',
          '<SourceGuid>gone</SourceGuid><TargetGuid>f</TargetGuid><TargetX>3</TargetX><TargetY>4</TargetY>',
        ) + drawn('LineBoundary', 'l', '<SourceX>3</SourceX>'),
        threat('<FlowGuid>gone</FlowGuid><TargetGuid>a</TargetGuid>', { Title: 'T' }, 'k'),
      ),
    );
    const [diagram] = read.diagrams;
    expect(diagram?.elements.map(({ id, box }) => [id, box])).toEqual([
      ['a', null],
      ['b', null],
      ['b~2', null],
    ]);
    expect(diagram?.flows[0]).toMatchObject({ source: { point: null }, target: { point: [3, 4] } });
    expect(diagram?.boundaries[0]).toMatchObject({ box: null, line: null });
    expect(read.threats).toMatchObject([{ id: 'k', title: 'T', target: 'a', stride: [], status: 'open' }]);
    expect(skipped.map(({ what, where }) => [what, where])).toEqual([
      ['shape "c"', 'DrawingSurfaceList/DrawingSurfaceModel[1]/Borders/*[4]'],
      ['shape ""', 'DrawingSurfaceList/DrawingSurfaceModel[1]/Borders/*[5]'],
      ['line of the boundary "l"', 'DrawingSurfaceList/DrawingSurfaceModel[1]/Lines/*[2]'],
      ['source of the flow "f"', 'DrawingSurfaceList/DrawingSurfaceModel[1]/Lines/*[1]'],
      ['target of the flow "f"', 'DrawingSurfaceList/DrawingSurfaceModel[1]/Lines/*[1]'],
      ['flow of the threat "T"', 'ThreatInstances/*[1]'],
    ]);
  });

  it('finds the interaction on its own page when pages were copied with their ids', () => {
    const page = (guid: string) =>
      `<DrawingSurfaceModel><Guid>${guid}</Guid><Lines>${drawn('Connector', 'f')}</Lines></DrawingSurfaceModel>`;
    const { threats, diagrams } = readText(
      `<ThreatModel><DrawingSurfaceList>${page('p')}${page('q')}</DrawingSurfaceList>` +
        `${threat('<DrawingSurfaceGuid>q</DrawingSurfaceGuid><FlowGuid>f</FlowGuid>')}</ThreatModel>`,
    ).model;
    expect(diagrams.map(({ id, flows }) => [id, flows[0]?.id])).toEqual([
      ['p', 'f'],
      ['q', 'f~2'],
    ]);
    expect(threats[0]?.target).toBe('f~2');
  });
});
