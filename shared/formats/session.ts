/** Between a session's document and the threat model that files exchange. */
import type * as Y from 'yjs';
import { attributesOf, UNKNOWN } from '../dfd/attributes.ts';
import { Places } from '../dfd/geometry.ts';
import type { Kind } from '../dfd/kinds.ts';
import type { Element, Flow, Model } from '../dfd/model.ts';
import { readModel } from '../dfd/read-model.ts';
import { type BoardRecord, isShape, type Json, readRecords, type ShapeRecord } from '../document/board.ts';
import { binding, freshShape } from '../document/build.ts';
import { readSession, readThreats, root } from '../document/document.ts';
import { indexAt } from '../document/indices.ts';
import { thinned } from '../document/line-points.ts';
import { FIRST_PAGE, pagesOf, repair } from '../document/repair.ts';
import { plainText, richText } from '../document/rich-text.ts';
import type { Threat } from '../document/threats.ts';
import type {
  Box,
  Diagram,
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  FileNote,
  FileThreat,
  Point,
  Thing,
  ThreatModel,
} from './threat-model.ts';

/** Shape id of a file's thing, and back. */
export const shapeId = (id: string): string => `shape:${id}`;
const fileId = (id: string): string => id.slice(id.indexOf(':') + 1);

/**
 * The board of a threat model: a page for each diagram, every boundary around what lies in it.
 * @param model every box known: lay out first what has none
 */
export function toRecords(model: ThreatModel): BoardRecord[] {
  const root: BoardRecord = {
    id: 'document:document',
    typeName: 'document',
    name: '',
    gridSize: 10,
    meta: {},
  };
  if (model.foreign) root.meta = { foreign: model.foreign };
  return [...(model.foreign ? [root] : []), ...model.diagrams.flatMap(pageOf)];
}

function pageOf(diagram: Diagram, n: number): BoardRecord[] {
  const pageId = n === 0 ? FIRST_PAGE : `page:${diagram.id}`;
  const page = {
    id: pageId,
    typeName: 'page',
    name: diagram.title || `Diagram ${n + 1}`,
    index: indexAt(n + 1),
    meta: {},
  };
  const boundaries = diagram.boundaries.toSorted((a, b) => areaOf(b.box) - areaOf(a.box));
  const closed = boundaries.flatMap(({ id, box }) => (box ? [{ id, box }] : []));
  let index = 0;

  const shape = (
    type: string,
    thing: Pick<Thing, 'id'> & Partial<Thing>,
    at: Point,
    parentId: string,
    props: Record<string, Json>,
  ): ShapeRecord => ({
    ...freshShape(shapeId(thing.id), type, { parentId, index: indexAt(++index) }, props),
    x: at[0],
    y: at[1],
    meta: metaOf(thing),
  });
  /** A box, held by the innermost of the given boundaries around its centre. */
  const boxed = (type: string, thing: Thing, box: Box, around: typeof closed): ShapeRecord => {
    const holder = around.findLast(outer => holds(outer.box, box));
    const [left, top] = holder?.box ?? [0, 0];
    const at: Point = [box[0] - left, box[1] - top];
    return shape(type, thing, at, holder ? shapeId(holder.id) : pageId, {
      w: box[2],
      h: box[3],
      name: thing.name,
    });
  };

  const records: BoardRecord[] = [page];
  for (const boundary of boundaries) {
    const { box, line } = boundary;
    const outer = closed.slice(
      0,
      closed.findIndex(({ id }) => id === boundary.id),
    );
    if (box) records.push(boxed('trust_boundary', boundary, box, outer));
    else if (line) {
      const [x, y] = line[0]!;
      const points = thinned(line).map(point => [point[0] - x, point[1] - y]);
      records.push(shape('boundary_line', boundary, [x, y], pageId, { points, name: boundary.name }));
    }
  }
  for (const element of diagram.elements) {
    if (element.box) records.push(boxed(element.kind, element, element.box, closed));
  }
  for (const flow of diagram.flows) {
    const point = (end: End): Json => {
      const [x, y] = ('point' in end && end.point) || [0, 0];
      return { x, y };
    };
    const arrow = shape('arrow', flow, [0, 0], pageId, {
      text: flow.name,
      bend: flow.bend && -flow.bend,
      arrowheadStart: flow.bidirectional ? 'arrow' : 'none',
      start: point(flow.source),
      end: point(flow.target),
    });
    records.push(arrow);
    for (const [terminal, end] of [
      ['start', flow.source],
      ['end', flow.target],
    ] as const) {
      if ('element' in end) records.push(binding(arrow.id, terminal, shapeId(end.element)));
    }
  }
  for (const { id, text, at } of diagram.notes) {
    records.push(shape('text', { id }, at, pageId, { richText: richText(text), w: 8 }));
  }
  return records;
}

function metaOf({ description, attributes, foreign }: Partial<Thing>): Record<string, Json> {
  return { ...attributes, ...(description && { description }), ...(foreign && { foreign }) };
}

const areaOf = (box: Box | null): number => (box ? box[2] * box[3] : 0);

const holds = ([left, top, width, height]: Box, [x, y, w, h]: Box): boolean => {
  const [cx, cy] = [x + w / 2, y + h / 2];
  return cx >= left && cx <= left + width && cy >= top && cy <= top + height && w * h < width * height;
};

/** Registers of a threat of a file. */
export function toThreat(
  threat: FileThreat,
): Omit<Threat, 'id' | 'number' | 'by' | 'at' | 'suggestion' | 'tags' | 'owner' | 'into'> &
  Partial<Pick<Threat, 'tags' | 'owner' | 'into'>> {
  const { id, number: _, target, foreign = {}, ...same } = threat;
  return { ...same, foreign, target: target && shapeId(target) };
}

/** A session's document as files exchange it. */
export function fromDocument(doc: Y.Doc): ThreatModel {
  const { title, scope } = readSession(doc);
  const records = repair(readRecords(root(doc, 'board')));
  const pages = pagesOf(records.values());
  const model = readModel(records);
  const reader = new Reader(records, model);
  const foreign = foreignOf({ meta: records.get('document:document')?.meta });
  return {
    title,
    scope,
    diagrams: pages.map(page => reader.diagram(page)),
    threats: readThreats(doc).map(fromThreat),
    ...(foreign && { foreign }),
  };
}

function fromThreat({
  id,
  number,
  by: _by,
  at: _at,
  suggestion: _from,
  tags,
  owner,
  into,
  foreign,
  ...threat
}: Threat): FileThreat {
  return {
    ...threat,
    id,
    target: threat.target && fileId(threat.target),
    ...(tags.length > 0 && { tags }),
    ...(owner && { owner }),
    ...(into && { into }),
    ...(number !== null && { number }),
    ...(Object.keys(foreign).length > 0 && { foreign }),
  };
}

class Reader {
  private readonly elements: Map<string, Element>;
  private readonly flows: Map<string, Flow>;
  private readonly places: Places;

  constructor(
    private readonly records: Map<string, BoardRecord>,
    private readonly model: Model,
  ) {
    this.elements = new Map(model.elements.map(element => [element.id, element]));
    this.flows = new Map(model.flows.map(flow => [flow.id, flow]));
    this.places = new Places(
      shape => this.holderOf(shape),
      ({ parentId }) => parentId,
    );
  }

  diagram(page: BoardRecord): Diagram {
    const shapes = [...this.records.values()]
      .filter(isShape)
      .filter(shape => this.places.pageOf(shape) === page.id);
    const of = <T>(read: (shape: ShapeRecord) => T | null): T[] =>
      shapes.map(read).filter(thing => thing !== null);
    return {
      id: fileId(page.id),
      title: String(page.name ?? ''),
      elements: of(shape => this.element(shape)),
      flows: of(shape => this.flow(shape)),
      boundaries: of(shape => this.boundary(shape)),
      notes: of(shape => this.note(shape)),
    };
  }

  private holderOf({ parentId }: ShapeRecord): ShapeRecord | undefined {
    const holder = this.records.get(parentId);
    return holder && isShape(holder) ? holder : undefined;
  }

  private element(shape: ShapeRecord): FileElement | null {
    const element = this.elements.get(shape.id);
    if (!element) return null;
    const boundary = element.boundaries.at(-1);
    return {
      ...thingOf(shape, element.kind, element),
      kind: element.kind,
      box: this.box(shape),
      boundary: boundary ? fileId(boundary) : null,
    };
  }

  private boundary(shape: ShapeRecord): FileBoundary | null {
    const boundary = this.model.boundaries.find(({ id }) => id === shape.id);
    if (!boundary) return null;
    const thing = thingOf(shape, 'trust_boundary', boundary);
    const parent = boundary.parent && fileId(boundary.parent);
    if (shape.type === 'trust_boundary') return { ...thing, box: this.box(shape), line: null, parent };
    const points = shape.props.points as unknown as Point[];
    return {
      ...thing,
      box: null,
      line: points.map(point => round(this.places.toPage(shape, point))),
      parent,
    };
  }

  private flow(shape: ShapeRecord): FileFlow | null {
    const flow = this.flows.get(shape.id);
    if (!flow) return null;
    const { start, end, bend } = shape.props as {
      start: { x: number; y: number };
      end: { x: number; y: number };
      bend: number;
    };
    const point = ({ x, y }: { x: number; y: number }): End => ({
      point: round(this.places.toPage(shape, [x, y])),
    });
    const backwards = shape.props.arrowheadStart === 'arrow' && shape.props.arrowheadEnd !== 'arrow';
    const [from, to] = backwards ? [end, start] : [start, end];
    return {
      ...thingOf(shape, 'data_flow', flow),
      source: flow.source ? { element: fileId(flow.source) } : point(from),
      target: flow.target ? { element: fileId(flow.target) } : point(to),
      bidirectional: flow.bidirectional,
      // tldraw measures to the right, seen along the arrow with y down.
      bend: typeof bend === 'number' && bend !== 0 ? (backwards ? bend : -bend) : 0,
    };
  }

  private note(shape: ShapeRecord): FileNote | null {
    if (shape.type !== 'text' && shape.type !== 'note') return null;
    const text = plainText(shape.props.richText);
    return text === '' ? null : { id: fileId(shape.id), text, at: round(this.places.toPage(shape, [0, 0])) };
  }

  /** Around its corners: files know no rotation. */
  private box(shape: ShapeRecord): Box {
    const corners = this.places.corners(shape);
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    const [left, top] = round([Math.min(...xs), Math.min(...ys)]);
    const [right, bottom] = round([Math.max(...xs), Math.max(...ys)]);
    return [left, top, right - left, bottom - top];
  }
}

function thingOf(
  shape: ShapeRecord,
  kind: Kind,
  { name, description, attributes }: Omit<Thing, 'id' | 'foreign'>,
): Thing {
  const answered = attributesOf(kind).flatMap(({ key }) => {
    const answer = attributes[key];
    return answer === undefined || answer === UNKNOWN ? [] : [[key, answer] as const];
  });
  const foreign = foreignOf(shape);
  return {
    id: fileId(shape.id),
    name,
    description,
    attributes: Object.fromEntries(answered),
    ...(foreign && { foreign }),
  };
}

function foreignOf({ meta }: { meta?: Json | undefined }): Record<string, Json> | undefined {
  const foreign = (meta as Record<string, Json> | undefined)?.foreign;
  return typeof foreign === 'object' && foreign !== null && !Array.isArray(foreign)
    ? (foreign as Record<string, Json>)
    : undefined;
}

/** Hundredths of a unit: what computing adds is no news to a file. */
const round = ([x, y]: Point): Point => [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
