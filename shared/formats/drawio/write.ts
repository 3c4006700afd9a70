import { KINDS, type Kind } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
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
  ThreatModel,
  Written,
} from '../threat-model.ts';
import { round } from './cells.ts';
import { bendOf, beside, centreOf, curve, hasLength } from './geometry.ts';
import { textToHtml } from './labels.ts';
import { BOUNDARY_LINE, LOOKS, NOTE } from './looks.ts';
import type { Style } from './style.ts';
import { dataOf, type Extra, MARK, REST, styleOf } from './things.ts';
import { xml } from './xml.ts';

/** Where things without a place are put: side by side, in rows. */
const GRID = { columns: 5, width: 240, height: 180 };
/** About the width and the height of a letter, for the size of a note. */
const [LETTER, LINE] = [7, 18];

const NO_DIAGRAM: Diagram = { id: 'page-1', title: '', elements: [], flows: [], boundaries: [], notes: [] };

export function writeDrawio(model: ThreatModel): Written {
  const skipped: Skipped[] = model.threats.map(({ title }) => ({
    what: `threat "${title}"`,
    why: 'A drawing holds no threats.',
    where: '',
  }));
  const rest = model.foreign && { foreign: model.foreign as Json };
  const facts = {
    ...(model.title && { title: model.title }),
    ...(model.scope && { scope: model.scope }),
    ...(rest && { [REST]: JSON.stringify(rest) }),
  };
  // draw.io opens no file without a page.
  const diagrams = model.diagrams.length > 0 ? model.diagrams : [NO_DIAGRAM];
  const pages = diagrams.map((diagram, n) => new PageWriter(diagram, skipped).write(n === 0 ? facts : {}));
  return { content: `${xml('mxfile', { pages: pages.length }, ...pages)}\n`, skipped };
}

class PageWriter {
  private readonly boxes = new Map<string, Box>();
  private readonly unplaced = new Set<string>();
  private readonly closed: Map<string, FileBoundary>;
  private readonly elements: Map<string, FileElement>;
  private readonly root: string;
  private readonly layer: string;

  constructor(
    private readonly diagram: Diagram,
    private readonly skipped: Skipped[],
  ) {
    this.closed = new Map(diagram.boundaries.filter(({ line }) => !line).map(each => [each.id, each]));
    this.elements = new Map(diagram.elements.map(each => [each.id, each]));
    const taken = new Set(
      [...diagram.boundaries, ...diagram.elements, ...diagram.flows, ...diagram.notes].map(({ id }) => id),
    );
    const free = (id: string): string => (taken.has(id) ? free(`${id}.`) : id);
    [this.root, this.layer] = [free('0'), free('1')];
    for (const boundary of this.closed.values()) this.place(boundary, 'trust_boundary');
    for (const element of diagram.elements) this.place(element, element.kind);
  }

  /** @param facts of the whole model, on the page's root: draw.io shows them as the data of the page */
  write(facts: Record<string, string>): string {
    const { id, title, boundaries, elements, flows, notes } = this.diagram;
    const root = Object.keys(facts).length > 0;
    const cells = [
      root
        ? xml('object', { label: '', ...facts, id: this.root }, xml('mxCell', {}))
        : xml('mxCell', { id: this.root }),
      xml('mxCell', { id: this.layer, parent: this.root }),
      ...boundaries.map(boundary =>
        boundary.line ? this.line(boundary, boundary.line) : this.boundary(boundary),
      ),
      ...elements.map(element => this.element(element)),
      ...flows.map(flow => this.flow(flow)),
      ...notes.map(note => this.note(note)),
    ];
    const model = {
      grid: 1,
      gridSize: 10,
      guides: 1,
      tooltips: 1,
      connect: 1,
      arrows: 1,
      fold: 1,
      page: 0,
      math: 0,
    };
    return xml('diagram', { id, name: title }, xml('mxGraphModel', model, xml('root', {}, ...cells)));
  }

  private place({ id, box }: { id: string; box: Box | null }, kind: Kind): void {
    const n = this.unplaced.size;
    if (!box) this.unplaced.add(id);
    const [column, row] = [n % GRID.columns, Math.floor(n / GRID.columns)];
    this.boxes.set(id, box ?? [column * GRID.width, row * GRID.height, ...KINDS[kind].size]);
  }

  /** The closed boundary that a thing lies in by its id; a chain that leads back to it holds nothing. */
  private holder(id: string, around: string | null): string | null {
    if (around === null || !this.closed.has(around)) return null;
    const seen = new Set<string>();
    for (
      let at: string | null = around;
      at !== null && !seen.has(at);
      at = this.closed.get(at)?.parent ?? null
    ) {
      if (at === id) return null;
      seen.add(at);
    }
    return around;
  }

  /** A box within its holder, as a cell lies in its parent. */
  private within(box: Box, holder: string | null): Record<string, number> {
    const [left, top] = this.boxes.get(holder ?? '') ?? [0, 0];
    return { x: round(box[0] - left), y: round(box[1] - top), width: box[2], height: box[3] };
  }

  private boundary(boundary: FileBoundary): string {
    return this.vertex('trust_boundary', boundary, boundary.parent);
  }

  private element(element: FileElement): string {
    return this.vertex(element.kind, element, element.boundary);
  }

  private vertex(kind: Kind, thing: Thing, around: string | null): string {
    const holder = this.holder(thing.id, around);
    const box = this.boxes.get(thing.id)!;
    const extra: Extra = {
      ...(this.unplaced.has(thing.id) && { unplaced: [...box] }),
      ...(around !== holder && around !== null && { boundary: around }),
    };
    const geometry = xml('mxGeometry', { ...this.within(box, holder), as: 'geometry' });
    const style = styleOf(kind, thing) ?? LOOKS[kind];
    return this.object(kind, thing, extra, style, { vertex: 1, parent: holder ?? this.layer }, geometry);
  }

  private line(boundary: FileBoundary, line: Point[]): string {
    const holder = this.holder(boundary.id, boundary.parent);
    const extra = {
      ...(boundary.parent !== holder && boundary.parent !== null && { boundary: boundary.parent }),
    };
    const [left, top] = this.boxes.get(holder ?? '') ?? [0, 0];
    const points = line.map(([x, y]): Point => [round(x - left), round(y - top)]);
    const geometry = edgeGeometry(points[0]!, points.at(-1)!, points.slice(1, -1));
    const cell = { edge: 1, parent: holder ?? this.layer };
    return this.object('trust_boundary', boundary, extra, BOUNDARY_LINE, cell, geometry);
  }

  private flow(flow: FileFlow): string {
    const [source, target] = [this.end(flow, flow.source), this.end(flow, flow.target)];
    const waypoints: Point[] = [];
    const extra: Extra = {};
    if (source.at && target.at && hasLength(source.at, target.at)) {
      // The curve passes halfway between the straight line and its waypoint.
      if (flow.bend !== 0) waypoints.push(beside(source.at, target.at, 2 * flow.bend));
      const drawn = waypoints.length > 0 ? bendOf(curve([source.at, ...waypoints, target.at])) : 0;
      if (drawn !== flow.bend) waypoints.length = 0;
    }
    if (flow.bend !== 0 && waypoints.length === 0) extra.bend = flow.bend;
    const style = (styleOf('data_flow', flow) ?? LOOKS.data_flow).with({
      startArrow: flow.bidirectional ? 'classic' : 'none',
      endArrow: 'classic',
      ...(waypoints.length > 0 && { curved: '1' }),
    });
    const cell = { edge: 1, parent: this.layer, source: source.id, target: target.id };
    const point = (end: typeof source) => (end.id === undefined ? end.at : null);
    const geometry = edgeGeometry(point(source), point(target), waypoints);
    return this.object('data_flow', flow, extra, style, cell, geometry);
  }

  private end(flow: FileFlow, end: End): { id?: string; at: Point | null } {
    if ('point' in end) return { at: end.point };
    const element = this.elements.get(end.element);
    if (element) return { id: element.id, at: centreOf(this.boxes.get(element.id)!) };
    const why = 'It is connected to something that is not on its page: drawn with a free end.';
    this.skipped.push({ what: `an end of flow "${flow.name}"`, why, where: '' });
    return { at: null };
  }

  private note({ id, text, at }: FileNote): string {
    const lines = text.split('\n');
    const width = Math.max(40, ...lines.map(({ length }) => length * LETTER));
    const geometry = { x: at[0], y: at[1], width, height: lines.length * LINE + 8, as: 'geometry' };
    return xml(
      'object',
      { label: textToHtml(text), [MARK]: 'note', id },
      xml('mxCell', { style: NOTE.text, vertex: 1, parent: this.layer }, xml('mxGeometry', geometry)),
    );
  }

  private object(
    kind: Kind,
    thing: Thing,
    extra: Extra,
    style: Style,
    cell: Record<string, string | number | undefined>,
    geometry: string,
  ): string {
    const label = style.is('html') ? textToHtml(thing.name) : thing.name;
    const data = dataOf(kind, thing, extra);
    return xml(
      'object',
      { label, ...data, id: thing.id },
      xml('mxCell', { style: style.text, ...cell }, geometry),
    );
  }
}

function edgeGeometry(source: Point | null, target: Point | null, waypoints: Point[]): string {
  const point = ([x, y]: Point, as?: string) => xml('mxPoint', { x, y, as });
  return xml(
    'mxGeometry',
    { relative: 1, as: 'geometry' },
    source ? point(source, 'sourcePoint') : '',
    target ? point(target, 'targetPoint') : '',
    waypoints.length > 0 ? xml('Array', { as: 'points' }, ...waypoints.map(each => point(each))) : '',
  );
}
