/** A Threat Dragon file of release 2 as a threat model. */

import type { Json } from '../../document/board.ts';
import { Ids } from '../ids.ts';
import { isLoose, type Loose } from '../loose.ts';
import {
  type Diagram,
  type FileBoundary,
  type FileElement,
  FormatError,
  type Reading,
  type Skipped,
  type Thing,
} from '../threat-model.ts';
import { type Cell, Cells } from './cells.ts';
import {
  difference,
  isNatural,
  listOf,
  objectOf,
  pruned,
  type Refuse,
  textOf,
  typed,
  without,
} from './json.ts';
import { FORMAT, STANDARD_DIAGRAM, STANDARD_FILE } from './names.ts';
import { numberOfThreat, readThreat, threatIdOf } from './threats.ts';

/** Where things stand in the file: releases 1 and 2 differ in it. */
export interface Paths {
  cells: string;
  threats: string;
}

/**
 * @param data the file, as release 2 has it
 * @throws {FormatError} when its diagrams are no list
 */
export function readFile(data: Loose, paths: Paths): Reading {
  return new Reader(paths).read(data);
}

/** The longest text that {@link Reader} keeps of what only this format can say of one thing. */
const MAX_KEPT = 20_000;

class Reader {
  private readonly ids = new Ids();
  private readonly diagramIds = new Ids();
  private readonly threatIds = new Ids();
  private readonly threats: Reading['model']['threats'] = [];
  private readonly notes: Json[] = [];
  private readonly skipped: Skipped[] = [];
  private diagramTop = 0;
  private threatTop = 0;

  constructor(private readonly paths: Paths) {}

  read(data: Loose): Reading {
    const summary = objectOf(data.summary);
    const detail = objectOf(data.detail);
    const listed = detail.diagrams ?? [];
    if (!Array.isArray(listed)) throw new FormatError('Its diagrams are no list.', 'detail.diagrams');
    const diagrams: Diagram[] = [];
    const details: Json[] = [];
    for (const [n, raw] of listed.entries()) {
      const where = `detail.diagrams[${n}]`;
      if (!isLoose(raw)) {
        this.skip(`diagram ${n + 1}`, 'It is no diagram.', where);
        continue;
      }
      const diagram = this.diagram(raw, where);
      diagrams.push(diagram);
      const own = typed(without(raw, ['id', 'title', 'cells']), STANDARD_DIAGRAM, this.refuse(where));
      const rest = difference(own, STANDARD_DIAGRAM);
      details.push({ id: diagram.id, ...this.kept(rest, `diagram "${diagram.title}"`, where) });
    }
    const rest = pruned(data, ['summary.title', 'summary.description', 'detail.diagrams']);
    const foreign = this.kept(
      difference(typed(this.tidied(rest), STANDARD_FILE, this.refuse('')), STANDARD_FILE),
      'the file',
      '',
    );
    return {
      model: {
        title: textOf(summary.title),
        scope: textOf(summary.description),
        diagrams,
        threats: this.threats,
        foreign: { [FORMAT]: { ...foreign, diagrams: details, notes: this.notes } },
      },
      skipped: this.skipped,
    };
  }

  /** Contributors with a name; and how many diagrams and threats there have been, which is news only where some were deleted. */
  private tidied(data: Loose): Loose {
    const detail = objectOf(data.detail);
    const { contributors } = detail;
    const { id, ...summary } = objectOf(data.summary);
    const named = typeof id === 'string' && id.length > 1;
    if (id !== undefined && !named && !isNatural(id))
      this.skip('the id of the model', 'It is neither a text nor a whole number.', 'summary.id');
    for (const [n, each] of listOf(contributors).entries()) {
      if (!isNamed(each)) this.skip('a contributor', 'It has no name.', `detail.contributors[${n}]`);
    }
    const top = (key: string, here: number) =>
      Number.isSafeInteger(detail[key]) && (detail[key] as number) > here ? { [key]: detail[key] } : {};
    return {
      ...data,
      summary: { ...summary, ...(id !== 0 && (named || isNatural(id)) && { id }) },
      detail: {
        ...without(detail, ['diagramTop', 'threatTop']),
        ...(Array.isArray(contributors) && { contributors: contributors.filter(isNamed) }),
        ...top('diagramTop', this.diagramTop),
        ...top('threatTop', this.threatTop),
      },
    };
  }

  private diagram(raw: Loose, where: string): Diagram {
    if (Number.isSafeInteger(raw.id)) this.diagramTop = Math.max(this.diagramTop, (raw.id as number) + 1);
    const path = `${where}.${this.paths.cells}`;
    const cells = new Cells(this.ids, (what, why, n) => this.skip(what, why, `${path}[${n}]`));
    if (raw.cells !== undefined && !Array.isArray(raw.cells))
      this.skip('the cells of a diagram', 'They are no list.', path);
    cells.read(Array.isArray(raw.cells) ? raw.cells : []);
    const elements = cells.elements.map(cell => this.thing(cell, path));
    const flows = cells.flows.map(cell => this.thing(cell, path));
    const boundaries = cells.boundaries.map(cell => this.thing(cell, path));
    for (const { thing, rest, index, raw: cell } of cells.notes) {
      this.notes.push({ id: thing.id, ...this.kept(rest, 'a text', `${path}[${index}]`) });
      this.readThreats(cell, '', `${path}[${index}]`, thing.id);
    }
    place(elements, boundaries);
    return {
      id: this.diagramIds.take(textOf(raw.id)),
      title: textOf(raw.title),
      elements,
      flows,
      boundaries,
      notes: cells.notes.map(({ thing }) => thing),
    };
  }

  private thing<T extends Thing>({ thing, rest, index, raw }: Cell<T>, path: string): T {
    const where = `${path}[${index}]`;
    this.readThreats(raw, thing.id, where, thing.id);
    return { ...thing, foreign: { [FORMAT]: this.kept(rest, `"${thing.name}"`, where) } };
  }

  private readThreats(cell: Loose, target: string, where: string, cellId: string): void {
    const lists = [
      [objectOf(cell.data).threats, `${where}.${this.paths.threats}`],
      [cell.threats, `${where}.threats`],
    ] as const;
    for (const [list, path] of lists) {
      if (!Array.isArray(list)) continue;
      for (const [n, raw] of list.entries()) {
        if (!isLoose(raw)) {
          this.skip(`threat ${n + 1}`, 'It is no threat.', `${path}[${n}]`);
          continue;
        }
        this.threatTop = Math.max(this.threatTop, numberOfThreat(raw) ?? 0);
        const id = this.threatIds.take(threatIdOf(raw, cellId));
        const threat = readThreat(raw, id, target, this.refuse(`${path}[${n}]`));
        const rest = objectOf(threat.foreign?.[FORMAT]) as Record<string, Json>;
        this.threats.push({
          ...threat,
          foreign: { [FORMAT]: this.kept(rest, `threat "${threat.title}"`, `${path}[${n}]`) },
        });
      }
    }
  }

  /** What is small enough to be kept, as plain JSON. */
  private kept(rest: Record<string, Json>, what: string, where: string): Record<string, Json> {
    const entries = Object.entries(rest).flatMap(([key, value]): [string, Json][] => {
      const text = JSON.stringify(value);
      if (text.length <= MAX_KEPT) return [[key, JSON.parse(text, withoutPrototype)]];
      this.skip(`${key} of ${what}`, 'It is too large to be kept.', where ? `${where}.${key}` : key);
      return [];
    });
    return Object.fromEntries(entries);
  }

  private refuse(where: string): Refuse {
    return (path, type) => this.skip(path, `It is no ${type}.`, where ? `${where}.${path}` : path);
  }

  private skip(what: string, why: string, where: string): void {
    this.skipped.push({ what, why, where });
  }
}

const isNamed = (contributor: unknown): boolean =>
  isLoose(contributor) && typeof contributor.name === 'string';

const withoutPrototype = (key: string, value: Json): Json | undefined =>
  key === '__proto__' ? undefined : value;

/** Threat Dragon's boundaries hold what lies in them: each thing gets the innermost one around its centre. */
function place(elements: FileElement[], boundaries: FileBoundary[]): void {
  const closed = boundaries
    .flatMap(({ id, box }) => (box ? [{ id, box, area: box[2] * box[3] }] : []))
    .sort((a, b) => a.area - b.area);
  const holder = (box: FileElement['box']): string | null => {
    if (!box) return null;
    const [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
    const found = closed.find(
      ({ box: [left, top, w, h], area }) =>
        x >= left && x <= left + w && y >= top && y <= top + h && box[2] * box[3] < area,
    );
    return found?.id ?? null;
  };
  for (const element of elements) element.boundary = holder(element.box);
  for (const boundary of boundaries) boundary.parent = holder(boundary.box);
}
