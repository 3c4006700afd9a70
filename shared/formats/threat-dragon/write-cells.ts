/** The cells of one diagram, as Threat Dragon would have drawn them. */

import type { Kind } from '../../dfd/kinds.ts';
import { isLoose, type Loose } from '../loose.ts';
import type {
  Box,
  Diagram,
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  FileNote,
  Point,
  Skipped,
  Thing,
} from '../threat-model.ts';
import { centreOf } from './cells.ts';
import { bendOf, type Course, courseOf, movedTo, near, sampled, vertexOf } from './curve.ts';
import { hundredths, listOf, merged, numberOf, objectOf, without } from './json.ts';
import { FORMAT } from './names.ts';
import { attrsFor, type Look, labelFor, SIZES, type State, standardCell } from './shapes.ts';
import { dataFrom } from './words.ts';

export interface CellThreats {
  open: boolean;
  threats: Loose[];
}

type ThreatsOn = (target: string) => CellThreats;

/** The least width and height that its schema takes. */
const LEAST = 10;

export class CellWriter {
  /** Of the diagram at hand: the boxes of its elements, and the ports that a flow may be fastened to. */
  private boxes = new Map<string, Box>();
  private ports = new Map<string, Set<unknown>>();

  /**
   * @param ids of the cells by those of the things
   * @param notes what only this format can say of texts, each with its id
   */
  constructor(
    private readonly ids: ReadonlyMap<string, string>,
    private readonly notes: readonly Loose[],
    private readonly skipped: Skipped[],
  ) {}

  /** @param diagram every box known */
  diagram(diagram: Diagram, threatsOn: ThreatsOn): Loose[] {
    const { elements, flows, boundaries, notes } = diagram;
    this.boxes = new Map(elements.flatMap(({ id, box }) => (box ? [[id, box]] : [])));
    this.ports = new Map();
    const boxes = elements.map(element => this.element(element, threatsOn(element.id)));
    for (const [n, cell] of boxes.entries()) {
      const items = listOf(objectOf(cell.ports).items).map(item => objectOf(item).id);
      this.ports.set(elements[n]!.id, new Set(items));
    }
    return [
      ...boundaries.map(boundary => this.boundary(boundary, threatsOn(boundary.id))),
      ...boxes,
      ...flows.map(flow => this.flow(flow, threatsOn(flow.id))),
      ...notes.map(note => this.note(note)),
    ];
  }

  private element(element: FileElement, threats: CellThreats): Loose {
    const { id, kind } = element;
    const box = element.box ?? [0, 0, ...SIZES[kind]];
    const width = kind === 'process' ? Math.min(box[2], box[3]) : box[2];
    return {
      id: this.ids.get(id),
      ...placeOf(box),
      ...this.cell(kind, kind, element, threats, width),
    };
  }

  private boundary(boundary: FileBoundary, threats: CellThreats): Loose {
    const { id, name, line } = boundary;
    if (threats.threats.length > 0)
      this.skip(
        `the threats on trust boundary "${name}"`,
        'They are in the file, but Threat Dragon shows none there.',
      );
    if (!line || line.length < 2) {
      const box = boundary.box ?? [0, 0, ...SIZES.box];
      const cell = this.cell('box', 'trust_boundary', boundary, threats, box[2]);
      return { id: this.ids.get(id), ...placeOf(box), ...cell };
    }
    const cell = this.cell('curve', 'trust_boundary', boundary, threats, 0);
    const known = courseIn(boundary, line[0]!);
    const points = known && sampled(known);
    const same = points?.length === line.length && points.every((point, n) => near(point, line[n]!));
    const course = known && same ? known : courseOf(line);
    return {
      id: this.ids.get(id),
      ...cell,
      ...(course !== known && { connector: course.smooth ? 'smooth' : 'normal' }),
      source: wholePoint(course.from),
      target: wholePoint(course.to),
      vertices: course.vertices.map(vertex),
    };
  }

  private flow(flow: FileFlow, threats: CellThreats): Loose {
    const { id, source, target } = flow;
    const cell = this.cell('data_flow', 'data_flow', flow, threats, 0, flow.bidirectional);
    const [from, to] = this.ends(source, target);
    const rest = restOf(flow);
    return {
      id: this.ids.get(id),
      ...cell,
      source: this.end(source, from, rest.source),
      target: this.end(target, to, rest.target),
      vertices: this.vertices(flow, from, to).map(vertex),
    };
  }

  /** Where a flow ends, in page units; an end that is nowhere is put beside the other. */
  private ends(source: End, target: End): [Point, Point] {
    const at = (end: End): Point | null => {
      if (!('element' in end)) return end.point;
      const box = this.boxes.get(end.element);
      return box ? centreOf(box) : null;
    };
    const [from, to] = [at(source), at(target)];
    const start = from ?? (to ? [to[0] - ASIDE, to[1]] : [0, 0]);
    return [start, to ?? [start[0] + ASIDE, start[1]]];
  }

  private end(end: End, at: Point, rest: unknown): Loose {
    if (!('element' in end) || !this.boxes.has(end.element)) return wholePoint(at);
    const { port } = objectOf(rest);
    const known = this.ports.get(end.element)?.has(port);
    return { cell: this.ids.get(end.element), ...(known && { port }) };
  }

  private vertices(flow: FileFlow, from: Point, to: Point): Point[] {
    const known = courseIn(flow, from);
    if (known && near(known.to, to) && Math.abs(bendOf(known) - flow.bend) < SAME_BEND) return known.vertices;
    const { source, target } = flow;
    const box = 'element' in source && 'element' in target && source.element === target.element;
    if (box) return loopAt(this.boxes.get(source.element));
    return Math.abs(flow.bend) < SAME_BEND ? [] : [vertexOf(from, to, flow.bend)];
  }

  private note({ id, text, at }: FileNote): Loose {
    const rest = objectOf(this.notes.find(note => note.id === id));
    const lines = text.split('\n');
    const width = Math.max(SIZES.note[0], ...lines.map(line => line.length * 8));
    const { size, ...own } = without(rest, ['id']);
    const box: Box = [...at, width, Math.max(SIZES.note[1], lines.length * 18)];
    const cell = merged(standardCell('note'), own);
    const state = { name: text, open: false, outOfScope: false, bidirectional: false, width };
    return {
      ...cell,
      id: this.ids.get(id),
      ...placeOf(box),
      ...(isLoose(size) && { size }),
      attrs: merged(objectOf(cell.attrs), attrsFor('note', state)),
      data: { ...objectOf(cell.data), name: text, hasOpenThreats: false },
    };
  }

  /** What all cells have but their place. */
  private cell(
    look: Look,
    kind: Kind,
    thing: Thing,
    { open, threats }: CellThreats,
    width: number,
    bidirectional = false,
  ): Loose {
    const { name, description, attributes } = thing;
    const rest = without(restOf(thing), ['course', 'source', 'target', 'labels']);
    const { protocol, ...own } = objectOf(rest.data);
    const { data: answers, lost } = dataFrom(kind, attributes, protocol);
    if (lost.length > 0) this.skip(`"${name}": ${lost.join('; ')}`, 'Threat Dragon does not ask this.');
    const cell = merged(standardCell(look), { ...rest, data: own });
    const data = { ...objectOf(cell.data), ...answers };
    const state: State = { name, open, outOfScope: data.outOfScope === true, bidirectional, width };
    const line = look === 'data_flow' || look === 'curve';
    return {
      ...cell,
      attrs: merged(objectOf(cell.attrs), attrsFor(look, state)),
      ...(line && { labels: labelsFor(name, listOf(restOf(thing).labels)) }),
      data: {
        ...data,
        name,
        description,
        ...(look === 'data_flow' && { isBidirectional: bidirectional }),
        ...((kind !== 'trust_boundary' || threats.length > 0) && { threats }),
        hasOpenThreats: open,
      },
    };
  }

  private skip(what: string, why: string): void {
    this.skipped.push({ what, why, where: '' });
  }
}

/** How far a flow's end that is nowhere is put from the other, in page units. */
const ASIDE = 200;
/** Bends closer than this, in page units, are the same. */
const SAME_BEND = 0.06;

const restOf = ({ foreign }: Thing): Loose => objectOf(foreign?.[FORMAT]);

function labelsFor(name: string, rest: readonly unknown[]): unknown[] {
  const [first, ...more] = rest;
  const label = labelFor(name);
  const own = merged(label, objectOf(first));
  return [{ ...own, attrs: merged(objectOf(own.attrs), objectOf(label.attrs)) }, ...more];
}

/** The exact course that the file had, moved to where the line starts now. */
function courseIn(thing: Thing, start: Point): Course | null {
  const rest = restOf(thing);
  const { from, to, vertices } = objectOf(rest.course);
  const [first, last] = [pointIn(from), pointIn(to)];
  if (!first || !last) return null;
  const points = listOf(vertices).map(pointIn);
  const connector = rest.connector ?? 'smooth';
  const course: Course = {
    from: first,
    to: last,
    vertices: points.filter(point => point !== null),
    smooth: connector === 'smooth',
  };
  return movedTo(course, start);
}

function pointIn(value: unknown): Point | null {
  const [x, y] = listOf(value).map(numberOf);
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}

function placeOf([x, y, w, h]: Box): Loose {
  const [width, height] = [Math.max(LEAST, hundredths(w)), Math.max(LEAST, hundredths(h))];
  return { position: { x: hundredths(x), y: hundredths(y) }, size: { width, height } };
}

const vertex = ([x, y]: Point): Loose => ({ x: hundredths(x), y: hundredths(y) });

/** Its schema wants whole numbers for the free ends of lines. */
const wholePoint = ([x, y]: Point): Loose => ({ x: Math.round(x) || 0, y: Math.round(y) || 0 });

/** Out of the right side of an element and back into it. */
function loopAt(box: Box | undefined): Point[] {
  if (!box) return [];
  const [x, y, w, h] = box;
  return [0.1, 0.9].map(part => [x + w + 50, y + h * part]);
}
