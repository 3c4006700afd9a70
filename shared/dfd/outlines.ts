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
      this.extents = Float64Array.from(this.all.flatMap(extentOf));
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

  /** Whether a boundary, by its place in `all`, holds a point. */
  holds(i: number, point: Point): boolean {
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

function extentOf({ polygon }: Outline): number[] {
  const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const isSame = (a: Outline, b: Outline | undefined): boolean =>
  b !== undefined &&
  Object.is(a.area, b.area) &&
  a.polygon.every(([x, y], i) => Object.is(x, b.polygon[i]![0]) && Object.is(y, b.polygon[i]![1]));
