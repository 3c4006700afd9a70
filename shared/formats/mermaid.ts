/**
 * A flowchart of Mermaid, to be seen in a README or a wiki. One file holds one chart: several pages become its outermost subgraphs.
 * Trust boundaries are subgraphs; what has no name says so, as Mermaid knows no empty label.
 */
import type { ElementKind } from '../dfd/kinds.ts';
import type { Format } from './format.ts';
import { counted } from './text.ts';
import type {
  Diagram,
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  Skipped,
  ThreatModel,
} from './threat-model.ts';

export const mermaid: Format = {
  name: 'mermaid',
  label: 'Mermaid',
  extension: '.mmd',
  mediaType: 'text/vnd.mermaid',
  write: model => ({ content: chartOf(model), skipped: skippedOf(model) }),
};

/** Rectangle, stadium and drum, as `["label"]` in between. */
const SHAPES: Record<ElementKind, readonly [open: string, close: string]> = {
  external_entity: ['[', ']'],
  process: ['([', '])'],
  data_store: ['[(', ')]'],
};

const CLASSES = [
  'classDef boundary fill:none,stroke:#ff3333,stroke-width:2px,stroke-dasharray:6',
  'classDef page fill:none,stroke:#999999',
  'classDef note fill:#fff2cc,stroke:#d6b656',
];

function chartOf(model: ThreatModel): string {
  const chart = new Chart();
  const several = model.diagrams.length > 1;
  for (const [n, diagram] of model.diagrams.entries()) {
    if (several)
      chart.group(`p${n + 1}`, diagram.title || `Page ${n + 1}`, 'page', () => chart.page(diagram));
    else chart.page(diagram);
  }
  const title = [model.title, several ? '' : model.diagrams[0]?.title].filter(Boolean).join(': ');
  const head = title ? ['---', `title: ${yamlString(title)}`, '---'] : [];
  return `${[...head, 'flowchart LR', ...chart.lines, ...CLASSES.map(line => `  ${line}`), ...chart.classes].join('\n')}\n`;
}

class Chart {
  readonly lines: string[] = [];
  readonly classes: string[] = [];
  private readonly names = new Map<string, string>();
  private depth = 1;
  private free = 0;

  page({ elements, boundaries, flows, notes }: Diagram): void {
    const ids = new Set(boundaries.map(({ id }) => id));
    const inner = groupBy(elements, ({ boundary }) =>
      boundary !== null && ids.has(boundary) ? boundary : null,
    );
    const closed = boundaries.filter(({ line }) => !line);
    const holders = new Map(closed.map(boundary => [boundary.id, holderOf(boundary, closed)]));
    const nested = groupBy(closed, ({ id }) => holders.get(id) ?? null);
    const fill = (holder: string | null): void => {
      for (const element of inner.get(holder) ?? []) this.element(element);
      for (const { id, name } of nested.get(holder) ?? [])
        this.group(this.nameFor('b', id), name || 'unnamed boundary', 'boundary', () => fill(id));
    };
    fill(null);
    for (const { id, text } of notes) {
      const name = this.nameFor('t', id);
      this.put(`${name}>"${labelOf(text)}"]`);
      this.classes.push(`  class ${name} note`);
    }
    for (const flow of flows) this.flow(flow);
  }

  group(name: string, label: string, looks: string, fill: () => void): void {
    this.put(`subgraph ${name}["${labelOf(label)}"]`);
    this.depth++;
    fill();
    this.depth--;
    this.put('end');
    this.classes.push(`  class ${name} ${looks}`);
  }

  private element({ id, kind, name }: FileElement): void {
    const [open, close] = SHAPES[kind];
    this.put(
      `${this.nameFor('n', id)}${open}"${labelOf(name || `unnamed ${kind.replace('_', ' ')}`)}"${close}`,
    );
  }

  private flow({ name, source, target, bidirectional }: FileFlow): void {
    const ends = [this.end(source), this.end(target)];
    const label = name.trim() === '' ? '' : `|"${labelOf(name)}"|`;
    this.put(ends.join(` ${bidirectional ? '<-->' : '-->'}${label} `));
  }

  /** A free end is an empty circle. */
  private end(end: End): string {
    const known = 'element' in end ? this.names.get(`n ${end.element}`) : undefined;
    return known ?? `f${++this.free}((" "))`;
  }

  /** Names of their own: ids may hold anything, even words of Mermaid like `end`. */
  private nameFor(letter: string, id: string): string {
    const name = `${letter}${this.names.size + 1}`;
    this.names.set(`${letter} ${id}`, name);
    return name;
  }

  private put(line: string): void {
    this.lines.push('  '.repeat(this.depth) + line);
  }
}

/** The boundary around another; none where boundaries lie in each other. */
function holderOf({ id, parent }: FileBoundary, all: readonly FileBoundary[]): string | null {
  const byId = new Map(all.map(boundary => [boundary.id, boundary]));
  if (parent === null || !byId.has(parent)) return null;
  const seen = new Set<string>();
  for (let at: string | null = parent; at !== null && !seen.has(at); at = byId.get(at)?.parent ?? null) {
    if (at === id) return null;
    seen.add(at);
  }
  return parent;
}

function groupBy<T>(things: readonly T[], key: (thing: T) => string | null): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing]);
  return groups;
}

/**
 * A text between double quotes, where Mermaid knows characters by number (`#35;`): every sign that is one of Mermaid, of Markdown or
 * of HTML, and what begins a list of Markdown.
 */
export function labelOf(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .split('\n')
    .map(line =>
      line
        .replace(/["#$%&*;<>@[\\\]^_`{|}~]/g, code)
        .replace(/^(\s*)([+-])/, (_, blank, sign) => blank + code(sign))
        .replace(/^(\s*\d+)([.)])/, (_, number, sign) => number + code(sign)),
    );
  return lines.join('<br>') || ' ';
}

const code = (sign: string): string => `#${sign.codePointAt(0)};`;

/** JSON's strings are YAML's, on one line. */
const yamlString = (text: string): string => JSON.stringify(text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' '));

function skippedOf({ diagrams, threats }: ThreatModel): Skipped[] {
  const lost = (what: string, why: string): Skipped => ({ what, why, where: '' });
  const things = diagrams.flatMap(({ elements, flows, boundaries }) => [
    ...elements,
    ...flows,
    ...boundaries,
  ]);
  const said = things.filter(
    ({ description, attributes }) => description !== '' || Object.keys(attributes).length > 0,
  );
  return [
    ...threats.map(({ title }) => lost(`threat "${title}"`, 'A chart holds no threats.')),
    ...diagrams.flatMap(({ boundaries }) =>
      boundaries
        .filter(({ line }) => line)
        .map(({ id, name }) =>
          lost(`open trust boundary "${name || id}"`, 'Mermaid knows closed ones only.'),
        ),
    ),
    ...(said.length > 0
      ? [lost(`descriptions and attributes of ${counted(said.length, 'thing')}`, 'Mermaid shows names only.')]
      : []),
    ...(things.length > 0 ? [lost('the places of everything', 'Mermaid lays charts out itself.')] : []),
  ];
}
