import type { ShapeRecord } from '../document/board.ts';
import { readLinePoints } from '../document/line-points.ts';
import { firstMeeting } from './curve.ts';
import { type Extent, extentOf } from './extent.ts';
import { contains, type Places, type Point } from './geometry.ts';

/** An open trust boundary as it lies on its page. */
export interface Line {
  id: string;
  page: string;
  points: Point[];
  extent: Extent;
}

const NONE: ReadonlyMap<string, Line> = new Map();

/** The open trust boundaries of a board, page by page. They hold nothing, but flows cross them. */
export class Lines {
  private readonly pages = new Map<string, Map<string, Line>>();
  private readonly byId = new Map<string, Line>();
  /** Pages whose lines changed. */
  private changed = new Set<string>();

  constructor(private readonly places: Places) {}

  /** Takes in what a shape is now: a line, something else, or nothing. Call {@link settle} after all of them. */
  read(id: string, shape: ShapeRecord | undefined): void {
    const before = this.byId.get(id);
    const own = shape?.type === 'boundary_line' ? readLinePoints(shape.props.points) : null;
    if (!own && !before) return;
    const line = own && shape ? this.lineOf(shape, own) : undefined;
    if (line && before && isSame(line, before)) return;
    if (before) this.remove(before);
    if (line) this.add(line);
  }

  /** @returns the pages on which any line came, went or moved since the last call */
  settle(): ReadonlySet<string> {
    const { changed } = this;
    this.changed = new Set();
    return changed;
  }

  get isEmpty(): boolean {
    return this.byId.size === 0;
  }

  /** By id. */
  on(page: string): ReadonlyMap<string, Line> {
    return this.pages.get(page) ?? NONE;
  }

  /** Of all pages, by id. */
  all(): Line[] {
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * Ids of the lines that a path meets, in the order in which it does.
   * @param covered shapes under which nothing of the path is seen, each by its corners
   */
  met(page: string, path: readonly Point[], covered: readonly (readonly Point[])[]): string[] {
    const [left, top, right, bottom] = extentOf(path);
    const met: [along: number, id: string][] = [];
    for (const { id, points, extent } of this.on(page).values()) {
      if (right < extent[0] || bottom < extent[1] || left > extent[2] || top > extent[3]) continue;
      const along = firstMeeting(path, points, point => !covered.some(shape => contains(shape, point)));
      if (along !== undefined) met.push([along, id]);
    }
    return met.sort(([a, id], [b, other]) => a - b || (id < other ? -1 : 1)).map(([, id]) => id);
  }

  private lineOf(shape: ShapeRecord, own: readonly Point[]): Line {
    const points = own.map(point => this.places.toPage(shape, point));
    return { id: shape.id, page: this.places.pageOf(shape), points, extent: extentOf(points) };
  }

  private add(line: Line): void {
    this.byId.set(line.id, line);
    this.changed.add(line.page);
    const lines = this.pages.get(line.page);
    if (lines) lines.set(line.id, line);
    else this.pages.set(line.page, new Map([[line.id, line]]));
  }

  private remove({ id, page }: Line): void {
    this.byId.delete(id);
    this.changed.add(page);
    const lines = this.pages.get(page);
    lines?.delete(id);
    if (lines?.size === 0) this.pages.delete(page);
  }
}

const isSame = (a: Line, b: Line): boolean =>
  a.page === b.page &&
  a.points.length === b.points.length &&
  a.points.every(([x, y], i) => Object.is(x, b.points[i]![0]) && Object.is(y, b.points[i]![1]));
