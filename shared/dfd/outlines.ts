import type { ShapeRecord } from '../document/board.ts';
import { area, contains, type Places, type Point } from './geometry.ts';

/** A trust boundary as it lies on the page. */
export interface Outline {
  id: string;
  polygon: Point[];
  area: number;
}

/** The outlines of a board's trust boundaries. */
export class Outlines {
  /** Largest first: of two around a point, the outer comes first. */
  all: Outline[] = [];
  /** Of each, the left, top, right and bottom: most points are far from most boundaries, and that is to be seen fast. */
  private extents = new Float64Array();
  private readonly byId = new Map<string, Outline>();
  private changed = false;

  constructor(private readonly places: Places) {}

  /** Takes in what a shape is now: a boundary, something else, or nothing. Call {@link settle} after all of them. */
  read(id: string, shape: ShapeRecord | undefined): void {
    if (shape?.type !== 'trust_boundary') {
      if (this.byId.delete(id)) this.changed = true;
      return;
    }
    const outline = { id, polygon: this.places.corners(shape), area: area(shape) };
    if (isSame(outline, this.byId.get(id))) return;
    this.byId.set(id, outline);
    this.changed = true;
  }

  /** @returns whether any outline came, went, moved or changed its size since the last call */
  settle(): boolean {
    const { changed } = this;
    if (changed) {
      this.all = [...this.byId.values()].sort((a, b) => b.area - a.area || (a.id < b.id ? -1 : 1));
      this.extents = Float64Array.from(this.all.flatMap(({ polygon }) => extentOf(polygon)));
    }
    this.changed = false;
    return changed;
  }

  /**
   * Ids of the boundaries that hold a point, outermost first.
   * @param count how many of them to try, from the largest
   */
  around(point: Point, count = this.all.length): string[] {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) if (this.holds(i, point)) ids.push(this.all[i]!.id);
    return ids;
  }

  /** Whether some boundary holds some of these points and not the others. */
  split(points: readonly Point[]): boolean {
    const { extents } = this;
    const [left, top, right, bottom] = extentOf(points);
    for (let i = 0; i < this.all.length; i++) {
      if (right < extents[4 * i]! || bottom < extents[4 * i + 1]!) continue;
      if (left > extents[4 * i + 2]! || top > extents[4 * i + 3]!) continue;
      let inside = 0;
      for (const point of points) if (this.holds(i, point)) inside++;
      if (inside > 0 && inside < points.length) return true;
    }
    return false;
  }

  /** Whether a boundary, by its place in `all`, holds a point. */
  private holds(i: number, point: Point): boolean {
    const { extents } = this;
    const [x, y] = point;
    return (
      x >= extents[4 * i]! &&
      y >= extents[4 * i + 1]! &&
      x <= extents[4 * i + 2]! &&
      y <= extents[4 * i + 3]! &&
      contains(this.all[i]!.polygon, point)
    );
  }
}

type Extent = [left: number, top: number, right: number, bottom: number];

function extentOf(points: readonly Point[]): Extent {
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < extent[0]) extent[0] = x;
    if (y < extent[1]) extent[1] = y;
    if (x > extent[2]) extent[2] = x;
    if (y > extent[3]) extent[3] = y;
  }
  return extent;
}

const isSame = (a: Outline, b: Outline | undefined): boolean =>
  b !== undefined &&
  Object.is(a.area, b.area) &&
  a.polygon.every(([x, y], i) => Object.is(x, b.polygon[i]![0]) && Object.is(y, b.polygon[i]![1]));
