import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf, mermaid } from './mermaid.ts';
import { anyModel } from './testing/models.ts';
import type { Diagram, End, ThreatModel } from './threat-model.ts';

/** No sign that Mermaid, Markdown or HTML reads: those by their numbers. */
const LABEL = /^(?:[^"#$%&*;<>@[\\\]^_`{|}~\p{Cc}\p{Cs}]|#\d+;|<br>)+$/u;
const STRING = '"([^"\\n]+)"';
const SYNTAX = {
  subgraph: new RegExp(`^subgraph ([bp]\\d+)\\[${STRING}\\]$`),
  end: /^end$/,
  entity: new RegExp(`^(n\\d+)\\[${STRING}\\]$`),
  process: new RegExp(`^(n\\d+)\\(\\[${STRING}\\]\\)$`),
  store: new RegExp(`^(n\\d+)\\[\\(${STRING}\\)\\]$`),
  note: new RegExp(`^(t\\d+)>${STRING}\\]$`),
  flow: new RegExp(`^(n\\d+|f\\d+\\(\\(" "\\)\\)) (<?-->)(?:\\|${STRING}\\|)? (n\\d+|f\\d+\\(\\(" "\\)\\))$`),
  classDef: /^classDef \w+ [\w:#,.-]+$/,
  class: /^class \w+ \w+$/,
};

interface Read {
  nodes: { name: string; is: string; label: string; in: string[] }[];
  groups: { label: string; in: string[] }[];
  flows: string[][];
}

/** Every line is one of the above, subgraphs are closed, every label is safe; anything else throws. */
function parse(content: string): Read {
  const body = content.replace(/^---\ntitle: ".*"\n---\n/, '').split('\n');
  expect(body.shift()).toBe('flowchart LR');
  expect(body.pop()).toBe('');
  const read: Read = { nodes: [], groups: [], flows: [] };
  const open: string[] = [];
  const text = (label: string) => {
    if (!LABEL.test(label)) throw new Error(`unsafe label: ${label}`);
    return label
      .replaceAll('<br>', '\n')
      .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
  };
  for (const line of body) {
    const [is, match] =
      Object.entries(SYNTAX)
        .map(([name, pattern]) => [name, pattern.exec(line.trim())] as const)
        .find(([, found]) => found) ?? [];
    if (!is || !match) throw new Error(`no Mermaid: ${line}`);
    if (is === 'end') {
      if (open.pop() === undefined) throw new Error('nothing to end');
    } else if (is === 'subgraph') {
      read.groups.push({ label: text(match[2]!), in: [...open] });
      open.push(text(match[2]!));
    } else if (is === 'flow') {
      read.flows.push([match[1]!, match[2]!, match[3] === undefined ? '' : text(match[3]), match[4]!]);
    } else if (!is.startsWith('class')) {
      read.nodes.push({ name: match[1]!, is, label: text(match[2]!), in: [...open] });
    }
  }
  if (open.length > 0) throw new Error('a subgraph without an end');
  return read;
}

const write = (model: ThreatModel) =>
  mermaid.write!(model) as { content: string; skipped: { what: string }[] };
/** Control characters are shown as blanks. */
const shown = (text: string) => text.replace(/[^\P{Cc}\n]/gu, ' ').trim();

describe('Mermaid', () => {
  it('has every element, boundary and flow of any model, and is sound whatever their names', () => {
    fc.assert(
      fc.property(anyModel, model => {
        const { nodes, groups, flows } = parse(write(model).content);
        const of = <T>(list: (diagram: Diagram) => T[]) => model.diagrams.flatMap(list);
        const elements = nodes.filter(({ is }) => is !== 'note');
        const names = new Map(elements.map(({ name, label }) => [name, label]));
        const label = (name: string, kind: string) => shown(name) || `unnamed ${kind.replace('_', ' ')}`;
        const byId = new Map(
          of(diagram => diagram.elements).map(each => [each.id, label(each.name, each.kind)]),
        );
        expect(elements.map(each => each.label).sort()).toEqual([...byId.values()].sort());
        expect(new Set(names.keys()).size).toBe(elements.length);
        expect(nodes.filter(({ is }) => is === 'note').map(each => each.label)).toEqual(
          of(({ notes }) => notes.map(({ text }) => shown(text))),
        );
        const closed = of(({ boundaries }) => boundaries.filter(({ line }) => !line));
        const pages = model.diagrams.length > 1 ? model.diagrams.length : 0;
        expect(groups.length).toBe(closed.length + pages);
        const end = (end: End) => ('element' in end ? byId.get(end.element) : 'free');
        expect(
          flows.map(([from, arrow, name, to]) => [
            names.get(from!) ?? 'free',
            arrow,
            name,
            names.get(to!) ?? 'free',
          ]),
        ).toEqual(
          of(diagram =>
            diagram.flows.map(({ source, target, bidirectional, name }) => [
              ...[end(source), bidirectional ? '<-->' : '-->', shown(name), end(target)],
            ]),
          ),
        );
      }),
      { numRuns: 200 },
    );
  });

  const thing = (id: string, name: string) => ({ id, name, description: '', attributes: {} });
  const diagram: Diagram = {
    id: 'd',
    title: 'Context',
    elements: [
      { ...thing('end', 'end'), kind: 'process', box: null, boundary: 'in' },
      { ...thing('x', '1. "A" <b>`c`</b> #1; %% [d]'), kind: 'data_store', box: null, boundary: null },
    ],
    boundaries: [
      { ...thing('in', 'Inner'), box: null, line: null, parent: 'out' },
      { ...thing('out', 'Outer'), box: null, line: null, parent: null },
      {
        ...thing('wall', 'Wall'),
        ...{ box: null, parent: null },
        line: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    flows: [],
    notes: [],
  };
  const model: ThreatModel = { title: 'Pump', scope: '', diagrams: [diagram], threats: [] };

  it('nests boundaries as they lie in each other', () => {
    const { nodes, groups } = parse(write(model).content);
    expect(nodes.map(({ label, in: around }) => [label, around])).toEqual([
      ['1. "A" <b>`c`</b> #1; %% [d]', []],
      ['end', ['Outer', 'Inner']],
    ]);
    expect(groups.map(({ label, in: around }) => [label, around])).toEqual([
      ['Outer', []],
      ['Inner', ['Outer']],
    ]);
  });

  it('makes a subgraph of each page where there are several', () => {
    const second = { ...diagram, id: 'e', title: 'Detail', elements: [], boundaries: [] };
    const { groups } = parse(write({ ...model, diagrams: [diagram, second] }).content);
    expect(groups.filter(({ in: around }) => around.length === 0).map(({ label }) => label)).toEqual([
      'Context',
      'Detail',
    ]);
  });

  it('says what a chart does not hold', () => {
    expect(write(model).skipped.map(({ what }) => what)).toEqual([
      'open trust boundary "Wall"',
      'the places of everything',
    ]);
  });

  it('ends no boundary that lies in itself', () => {
    const loop = diagram.boundaries
      .slice(0, 2)
      .map(each => ({ ...each, parent: each.id === 'in' ? 'out' : 'in' }));
    const { groups } = parse(write({ ...model, diagrams: [{ ...diagram, boundaries: loop }] }).content);
    expect(groups.map(({ in: around }) => around)).toEqual([[], []]);
  });

  it.each([
    ['a\nb', 'a<br>b'],
    ['- list', '#45; list'],
    ['2) list', '2#41; list'],
    ['re-play', 're-play'],
    ['\u0000\ud800', ' '],
    ['`code` *bold*', '#96;code#96; #42;bold#42;'],
  ])('writes %j as a label that is read as letters', (text, label) => {
    expect(labelOf(text)).toBe(label);
  });
});
