/** The cells of a page: vertices and edges, where they lie and what they hold. */
import { type Box, FormatError, type Point } from '../threat-model.ts';
import { child, type XmlElement } from '../xml.ts';
import { Style } from './style.ts';

/** Most cells of a page: what is read is compared with what lies around it. */
const MAX_CELLS = 20_000;
/** Deepest nesting of cells; real drawings stay under ten. */
const MAX_NESTING = 100;
/** Farthest from the page's origin, in its units: larger is no place on a drawing. */
const FAR = 1_000_000;

export interface Geometry {
  x: number;
  y: number;
  /** null when the file has no sound one. */
  w: number | null;
  h: number | null;
  /** `x` and `y` are parts of its parent's size; then `offset` is in units of the page. */
  relative: boolean;
  offset: Point;
  source: Point | null;
  target: Point | null;
  waypoints: Point[];
}

export interface Cell {
  /** As in the file; several may have the same. */
  id: string;
  /** Its text as the file has it: HTML where the style says so. */
  label: string;
  /** The custom attributes of the `object` or `UserObject` around it. */
  data: Map<string, string>;
  style: Style;
  kind: 'vertex' | 'edge' | 'layer';
  hidden: boolean;
  parent: string;
  source: string;
  target: string;
  geometry: Geometry | null;
}

/** A page's cells by id, and how they are nested. */
export class Sheet {
  readonly cells: readonly Cell[];
  private readonly byId = new Map<string, Cell>();
  private readonly children = new Map<Cell, Cell[]>();
  private readonly chains = new Map<Cell, Cell[]>();
  private readonly origins = new Map<Cell, Point>();

  /** @throws {FormatError} for more cells, or deeper ones, than any drawing has */
  constructor(root: XmlElement, where: string) {
    this.cells = root.children.map(cellOf).filter(cell => cell !== null);
    if (this.cells.length > MAX_CELLS)
      throw new FormatError(`A page has more than ${MAX_CELLS} cells.`, where);
    for (const cell of this.cells) if (!this.byId.has(cell.id)) this.byId.set(cell.id, cell);
    for (const cell of this.cells) {
      const chain: Cell[] = [];
      for (let holder = this.parentOf(cell); holder; holder = this.parentOf(holder)) {
        // What leads back to itself lies on the page.
        if (holder === cell) chain.length = 0;
        if (holder === cell || chain.includes(holder)) break;
        chain.push(holder);
        if (chain.length > MAX_NESTING)
          throw new FormatError(`A page nests its cells more than ${MAX_NESTING} levels deep.`, where);
      }
      this.chains.set(cell, chain);
      const [holder] = chain;
      const siblings = holder && this.children.get(holder);
      if (siblings) siblings.push(cell);
      else if (holder) this.children.set(holder, [cell]);
    }
  }

  cell(id: string): Cell | undefined {
    return this.byId.get(id);
  }

  /** Everything around it, innermost first. */
  ancestorsOf(cell: Cell): readonly Cell[] {
    return this.chains.get(cell) ?? [];
  }

  childrenOf(cell: Cell): readonly Cell[] {
    return this.children.get(cell) ?? [];
  }

  private parentOf({ parent }: Cell): Cell | undefined {
    return this.byId.get(parent);
  }

  /** Where a vertex lies on the page; null when the file does not say. */
  boxOf(cell: Cell): Box | null {
    const { geometry } = cell;
    if (cell.kind !== 'vertex' || !geometry) return null;
    if (geometry.w === null || geometry.h === null) return null;
    const [x, y] = this.originOf(cell);
    const [w, h] = [geometry.w, geometry.h];
    // A quarter turn changes the sides around its centre.
    const turned = cell.style.rotation % 180 === 90;
    return turned
      ? [round(x + w / 2 - h / 2), round(y + h / 2 - w / 2), round(h), round(w)]
      : [round(x), round(y), round(w), round(h)];
  }

  /** A point of a cell's parent's space on the page. */
  toPage(cell: Cell, [x, y]: Point): Point {
    const [left, top] = this.originAround(cell);
    return [round(left + x), round(top + y)];
  }

  private originAround(cell: Cell): Point {
    const [holder] = this.ancestorsOf(cell);
    return holder?.kind === 'vertex' ? this.originOf(holder) : [0, 0];
  }

  private originOf(cell: Cell): Point {
    const known = this.origins.get(cell);
    if (known) return known;
    this.origins.set(cell, [0, 0]);
    const [left, top] = this.originAround(cell);
    const { x = 0, y = 0, relative = false, offset = [0, 0] } = cell.geometry ?? {};
    const around = relative ? this.ancestorsOf(cell)[0]?.geometry : undefined;
    const [w, h] = around ? [around.w ?? 0, around.h ?? 0] : [1, 1];
    const origin: Point = [left + x * w + offset[0], top + y * h + offset[1]];
    this.origins.set(cell, origin);
    return origin;
  }
}

/** Hundredths of a unit, as everywhere on the board. */
export const round = (value: number): number => Math.round(value * 100) / 100 || 0;

function cellOf(element: XmlElement): Cell | null {
  const wrapped = element.name === 'object' || element.name === 'UserObject';
  const cell = wrapped ? child(element, 'mxCell') : element;
  if (cell?.name !== 'mxCell') return null;
  // Older files keep the object inside the cell, as its value.
  const value = wrapped ? element : cell.children.find(({ attributes }) => attributes.get('as') === 'value');
  const text = (name: string) => cell.attributes.get(name) ?? '';
  const data = new Map(value?.attributes);
  const label = value ? (data.get('label') ?? '') : text('value');
  const id = (wrapped ? data.get('id') : undefined) ?? text('id');
  for (const name of ['label', 'id', 'as']) data.delete(name);
  return {
    id,
    label: data.get('placeholders') === '1' ? filled(label, data) : label,
    data,
    style: new Style(text('style')),
    kind: isOn(text('edge')) ? 'edge' : isOn(text('vertex')) ? 'vertex' : 'layer',
    hidden: text('visible') === '0' || text('visible') === 'false',
    parent: text('parent'),
    source: text('source'),
    target: text('target'),
    geometry: geometryOf(child(cell, 'mxGeometry')),
  };
}

const isOn = (value: string): boolean => value === '1' || value === 'true';

/** A label with `%name%` for custom attributes. */
const filled = (label: string, data: ReadonlyMap<string, string>): string =>
  label.replace(/%([\w.:-]{1,60})%/g, (whole, name) => data.get(name) ?? whole);

function geometryOf(element: XmlElement | undefined): Geometry | null {
  if (!element) return null;
  const named = (name: string) => element.children.find(({ attributes }) => attributes.get('as') === name);
  const { attributes } = element;
  const points = named('points')?.children.map(pointOf) ?? [];
  return {
    x: numberOf(attributes.get('x')) ?? 0,
    y: numberOf(attributes.get('y')) ?? 0,
    w: sizeOf(attributes.get('width')),
    h: sizeOf(attributes.get('height')),
    relative: isOn(attributes.get('relative') ?? ''),
    offset: pointOf(named('offset')) ?? [0, 0],
    source: pointOf(named('sourcePoint')),
    target: pointOf(named('targetPoint')),
    waypoints: points.filter(point => point !== null),
  };
}

/** A coordinate left out is 0. */
function pointOf(element: XmlElement | undefined): Point | null {
  if (!element) return null;
  const [x, y] = ['x', 'y'].map(name => numberOf(element.attributes.get(name) ?? '0'));
  return x == null || y == null ? null : [x, y];
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isFinite(value) && Math.abs(value) <= FAR ? value : null;
}

function sizeOf(text: string | undefined): number | null {
  const value = numberOf(text);
  return value !== null && value > 0 ? value : null;
}
