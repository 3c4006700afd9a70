/** The cells of one Threat Dragon diagram as things of a threat model, each with what only its format can say of it. */

import type { Json } from '../../document/board.ts';
import type { Ids } from '../ids.ts';
import { isLoose, type Loose } from '../loose.ts';
import type { Box, End, FileBoundary, FileElement, FileFlow, FileNote, Point } from '../threat-model.ts';
import { bendOf, type Course, sampled } from './curve.ts';
import { difference, listOf, numberOf, objectOf, pruned, type Refuse, textOf, typed } from './json.ts';
import {
  DERIVED,
  EXAMPLE_CELL,
  kindOf,
  type Look,
  SIZES,
  STANDARD_LABEL,
  standardCell,
  strangePartsOf,
} from './shapes.ts';
import { attributesFrom, flagNames, protocolOf, usualProtocol } from './words.ts';

export interface Cell<T> {
  thing: T;
  /** What only this format can say of it. */
  rest: Record<string, Json>;
  /** Its place among the cells. */
  index: number;
  raw: Loose;
}

/** Vertices of one line; more has none that a person drew. */
const MAX_VERTICES = 400;

/** Of a cell's JSON, what the threat model holds itself. */
const HELD = ['id', 'position', 'size', 'source', 'target', 'vertices', 'labels', 'label', 'threats'];
const HELD_DATA = ['data.name', 'data.description', 'data.threats', 'data.isBidirectional', 'data.protocol'];
/** Newer shapes that are drawn in their own way, though we know them as one of the five symbols. */
const OWN_SHAPES = new Set<unknown>(['agent', 'agent-tool']);

type Skip = (what: string, why: string, index: number) => void;

export class Cells {
  readonly elements: Cell<FileElement>[] = [];
  readonly flows: Cell<FileFlow>[] = [];
  readonly boundaries: Cell<FileBoundary>[] = [];
  readonly notes: Cell<FileNote>[] = [];
  /** By the id in the file: where a flow that is fastened to it ends. */
  private readonly ends = new Map<string, { id: string; box: Box | null; element: boolean }>();

  constructor(
    private readonly ids: Ids,
    private readonly skip: Skip,
  ) {}

  read(list: readonly unknown[]): void {
    const flows: [Loose, number][] = [];
    for (const [index, raw] of list.entries()) {
      const kind = isLoose(raw) ? kindOf(raw.shape, objectOf(raw.data).type) : undefined;
      if (!isLoose(raw) || !kind) {
        const shape = textOf(objectOf(raw).shape).slice(0, 40);
        this.skip(
          shape ? `a cell of the shape "${shape}"` : 'a cell',
          'What it stands for is not known.',
          index,
        );
      } else if (kind === 'data_flow') flows.push([raw, index]);
      else if (kind === 'trust_boundary') this.boundary(raw, index);
      else if (kind === 'note') this.note(raw, index);
      else this.element(kind, raw, index);
    }
    for (const [raw, index] of flows) this.flow(raw, index);
    for (const { raw, index } of [...this.flows, ...this.boundaries]) {
      if (verticesOf(raw).length > MAX_VERTICES)
        this.skip('the rest of a line', `It has more than ${MAX_VERTICES} vertices.`, index);
    }
  }

  private refuse(index: number): Refuse {
    return (path, type) => this.skip(`${path} of a cell`, `It is no ${type}.`, index);
  }

  private take(raw: Loose, box: Box | null, element: boolean): string {
    const wanted = textOf(raw.id);
    const id = this.ids.take(wanted || `${textOf(raw.shape)}-${nameOf(raw)}`);
    if (!this.ends.has(wanted)) this.ends.set(wanted, { id, box, element });
    return id;
  }

  private element(kind: FileElement['kind'], raw: Loose, index: number): void {
    const box = boxOf(raw, SIZES[kind]);
    const data = objectOf(raw.data);
    this.elements.push({
      thing: {
        id: this.take(raw, box, true),
        name: nameOf(raw),
        description: textOf(data.description),
        attributes: attributesFrom(kind, data),
        kind,
        box,
        boundary: null,
      },
      rest: restOf(kind, raw, this.refuse(index)),
      index,
      raw,
    });
  }

  private boundary(raw: Loose, index: number): void {
    const open = isLoose(raw.source) || isLoose(raw.target);
    const course = open ? courseIn(raw, pointOf(raw.source), pointOf(raw.target)) : null;
    const box = open ? null : boxOf(raw, SIZES.box);
    const name = nameOf(raw);
    if (open && !course) this.skip(`the place of trust boundary "${name}"`, 'Its ends have none.', index);
    this.boundaries.push({
      thing: {
        id: this.take(raw, box, false),
        name,
        description: textOf(objectOf(raw.data).description),
        attributes: {},
        box,
        line: course && sampled(course),
        parent: null,
      },
      rest: {
        ...restOf(course ? 'curve' : 'box', raw, this.refuse(index)),
        ...(course && courseRest(course)),
      },
      index,
      raw,
    });
  }

  private note(raw: Loose, index: number): void {
    const { x, y } = objectOf(raw.position);
    const text = nameOf(raw).trim();
    if (text === '') return;
    const size = objectOf(raw.size);
    const [w, h] = [numberOf(size.width), numberOf(size.height)];
    this.notes.push({
      thing: {
        id: this.take(raw, boxOf(raw, SIZES.note), false),
        text,
        at: [numberOf(x) ?? 0, numberOf(y) ?? 0],
      },
      rest: {
        ...restOf('note', raw, this.refuse(index)),
        ...(w && h && w >= 10 && h >= 10 ? { size: { width: w, height: h } } : {}),
      },
      index,
      raw,
    });
  }

  private flow(raw: Loose, index: number): void {
    const data = objectOf(raw.data);
    const name = nameOf(raw);
    const ends = (['source', 'target'] as const).map(end => this.end(raw[end], `${end} of "${name}"`, index));
    const [source, target] = ends as [Ended, Ended];
    const course = source.at && target.at ? courseIn(raw, source.at, target.at) : null;
    const marker = objectOf(objectOf(raw.attrs).line).sourceMarker;
    this.flows.push({
      thing: {
        id: this.take(raw, null, false),
        name,
        description: textOf(data.description),
        attributes: attributesFrom('data_flow', data),
        source: source.end,
        target: target.end,
        bidirectional:
          data.isBidirectional === true || (data.isBidirectional === undefined && isHead(marker)),
        bend: course ? bendOf(course) : 0,
      },
      rest: {
        ...restOf('data_flow', raw, this.refuse(index)),
        ...source.rest('source'),
        ...target.rest('target'),
        ...(course && course.vertices.length > 0 && courseRest(course)),
      },
      index,
      raw,
    });
  }

  private end(raw: unknown, what: string, index: number): Ended {
    const value = objectOf(raw);
    const wanted = textOf(value.cell ?? value.id);
    const point = pointOf(raw);
    const free = (at: Point | null): Ended => ({ end: { point: at }, at, rest: () => ({}) });
    if (wanted === '') return free(point);
    const cell = this.ends.get(wanted);
    if (!cell?.element) {
      this.skip(what, cell ? 'It ends at no element.' : 'It ends at a cell that is not there.', index);
      return free(point ?? (cell?.box ? centreOf(cell.box) : null));
    }
    const port = textOf(value.port);
    return {
      end: { element: cell.id },
      at: cell.box && centreOf(cell.box),
      rest: end => (port ? { [end]: { port } } : {}),
    };
  }
}

interface Ended {
  end: End;
  /** The middle of its element, or its point. */
  at: Point | null;
  rest: (end: string) => Record<string, Json>;
}

export const centreOf = ([x, y, w, h]: Box): Point => [x + w / 2, y + h / 2];

const isHead = (marker: unknown): boolean => textOf(isLoose(marker) ? marker.name : marker) !== '';

/** In its data, or as it is drawn. */
function nameOf({ data, attrs, label, labels }: Loose): string {
  const [first] = listOf(labels);
  const drawn = objectOf(attrs);
  const onLine = objectOf(objectOf(first).attrs);
  const found = [
    objectOf(data).name,
    ...[drawn.text, drawn.label, onLine.labelText, onLine.label, onLine.text].flatMap(part =>
      isLoose(part) ? [part.text] : [part],
    ),
    label,
    first,
  ].find(text => typeof text === 'string' && text.trim() !== '');
  return textOf(found);
}

/** null without a place; a size that is none is that of a new cell. */
function boxOf(raw: Loose, [width, height]: readonly [number, number]): Box | null {
  const position = isLoose(raw.position) ? raw.position : raw;
  const size = isLoose(raw.size) ? raw.size : raw;
  const [x, y] = [numberOf(position.x), numberOf(position.y)];
  if (x === null || y === null) return null;
  const length = (value: unknown, usual: number) => {
    const number = numberOf(value);
    return number !== null && number > 0 ? number : usual;
  };
  return [x, y, length(size.width, width), length(size.height, height)];
}

function pointOf(value: unknown): Point | null {
  const [x, y] = [numberOf(objectOf(value).x), numberOf(objectOf(value).y)];
  return x === null || y === null ? null : [x, y];
}

function courseIn(raw: Loose, from: Point | null, to: Point | null): Course | null {
  if (!from || !to) return null;
  const vertices = verticesOf(raw).slice(0, MAX_VERTICES).map(pointOf);
  const connector = textOf(isLoose(raw.connector) ? raw.connector.name : raw.connector) || 'smooth';
  return { from, to, vertices: vertices.filter(point => point !== null), smooth: connector === 'smooth' };
}

const verticesOf = (raw: Loose): unknown[] => listOf(raw.vertices);

/** Its exact course, which a bend or a line of points does not tell. */
function courseRest({ from, to, vertices }: Course): Record<string, Json> {
  const list = (points: readonly Point[]): Json => points.map(point => [...point]);
  return { course: { from: [...from], to: [...to], vertices: list(vertices) } };
}

function restOf(look: Look, raw: Loose, refuse: Refuse): Record<string, Json> {
  const kind = look === 'box' || look === 'curve' ? 'trust_boundary' : look === 'note' ? null : look;
  const standard = standardCell(look);
  const flags = kind ? flagNames(kind).map(flag => `data.${flag}`) : [];
  const own = OWN_SHAPES.has(raw.shape) ? [] : ['shape', 'data.type'];
  const open = pruned(raw, [...HELD, ...HELD_DATA, ...flags, ...own, ...DERIVED, ...strangePartsOf(look)]);
  const rest = difference(typed(open, EXAMPLE_CELL, refuse), standard);
  const protocol = objectOf(raw.data).protocol;
  if (look === 'data_flow' && typeof protocol === 'string' && protocol !== '' && !isUsual(protocol)) {
    rest.data = { ...objectOf(rest.data), protocol } as Json;
  }
  const labels = look === 'data_flow' || look === 'curve' ? labelsRest(listOf(raw.labels)) : [];
  return labels.length > 0 ? { ...rest, labels } : rest;
}

const isUsual = (protocol: string): boolean => usualProtocol(protocolOf(protocol)) === protocol;

/** What the labels of a line are besides their text; empty when they are as always. */
function labelsRest(labels: readonly unknown[]): Json[] {
  const [first, ...more] = labels;
  const texts = ['attrs.labelText.text', 'attrs.label.text', 'attrs.text.text'];
  const change = difference(pruned(objectOf(first), texts), STANDARD_LABEL);
  if (more.length === 0 && Object.keys(change).length === 0) return [];
  return [change, ...(more as Json[])];
}
