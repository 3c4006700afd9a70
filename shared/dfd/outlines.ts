import type { ShapeRecord } from '../document/board.ts';
import { extentOf } from './extent.ts';
import { area, contains, type Places, type Point } from './geometry.ts';

/** A trust boundary as it lies on its page. */
export interface Outline {
  id: string;
  page: string;
  polygon: Point[];
  area: number;
}

/** The outlines of one page, none of which holds anything of another page. */
export class Plane {
  /** Of each, the left, top, right and bottom: most points are far from most boundaries, and that is to be seen fast. */
  private readonly extents: Float64Array;

  /** @param all largest first: of two around a point, the outer comes first */
  constructor(readonly all: readonly Outline[]) {
    this.extents = new Float64Array(4 * all.length);
    for (let i = 0; i < all.length; i++) this.extents.set(extentOf(all[i]!.polygon), 4 * i);
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
    return (
      point[0] >= extents[4 * i]! &&
      point[1] >= extents[4 * i + 1]! &&
      point[0] <= extents[4 * i + 2]! &&
      point[1] <= extents[4 * i + 3]! &&
      contains(this.all[i]!.polygon, point)
    );
  }
}

const EMPTY = new Plane([]);

/** The outlines of a board's trust boundaries, page by page. */
export class Outlines {
  /** Of the pages that have any. */
  readonly planes = new Map<string, Plane>();
  private readonly byId = new Map<string, Outline>();
  /** Pages whose outlines changed. */
  private changed = new Set<string>();

  constructor(private readonly places: Places) {}

  /** Takes in what a shape is now: a boundary, something else, or nothing. Call {@link settle} after all of them. */
  read(id: string, shape: ShapeRecord | undefined): void {
    const before = this.byId.get(id);
    if (shape?.type !== 'trust_boundary') {
      if (!before) return;
      this.byId.delete(id);
      this.changed.add(before.page);
      return;
    }
    const page = this.places.pageOf(shape);
    const outline = { id, page, polygon: this.places.corners(shape), area: area(shape) };
    if (isSame(outline, before)) return;
    this.byId.set(id, outline);
    this.changed.add(page);
    if (before) this.changed.add(before.page);
  }

  /** @returns the pages on which any outline came, went, moved or changed its size since the last call */
  settle(): ReadonlySet<string> {
    const { changed } = this;
    this.changed = new Set();
    if (changed.size === 0) return changed;
    const groups = new Map<string, Outline[]>([...changed].map(page => [page, []]));
    for (const outline of this.byId.values()) groups.get(outline.page)?.push(outline);
    for (const [page, outlines] of groups) {
      if (outlines.length > 0) this.planes.set(page, new Plane(outlines.sort(bySize)));
      else this.planes.delete(page);
    }
    return changed;
  }

  on(page: string): Plane {
    return this.planes.get(page) ?? EMPTY;
  }

  /** Of all pages, largest first. */
  all(): Outline[] {
    return [...this.byId.values()].sort(bySize);
  }
}

const bySize = (a: Outline, b: Outline): number => b.area - a.area || (a.id < b.id ? -1 : 1);

const isSame = (a: Outline, b: Outline | undefined): boolean =>
  b !== undefined &&
  a.page === b.page &&
  Object.is(a.area, b.area) &&
  a.polygon.every(([x, y], i) => Object.is(x, b.polygon[i]![0]) && Object.is(y, b.polygon[i]![1]));
