/** Plane geometry of the board: points in page units, y down, rotations in radians clockwise. */
import type { ShapeRecord } from '../document/board.ts';

export type Point = readonly [x: number, y: number];

/** Where a shape's own space lies on its page: turned, then moved. */
interface Placement {
  x: number;
  y: number;
  cos: number;
  sin: number;
  page: string;
}

export const MIDDLE: Point = [0.5, 0.5];

/**
 * Takes points from a shape's own space to the page, through every parent (boundaries and groups, each with its own
 * rotation). The placement of what holds others is worked out once and kept until it is forgotten.
 */
export class Places {
  private readonly known = new Map<string, Placement>();

  /**
   * @param parentOf the shape that holds another, undefined on the page; must be repaired: a parent cycle would not end
   * @param topPageOf the id of the page of a shape that none holds
   */
  constructor(
    private readonly parentOf: (shape: ShapeRecord) => ShapeRecord | undefined,
    private readonly topPageOf: (shape: ShapeRecord) => string,
  ) {}

  /** Call for a shape that changed, and for all that it holds. */
  forget(id: string): void {
    this.known.delete(id);
  }

  /** Id of the page that a shape lies on. */
  pageOf(shape: ShapeRecord): string {
    const holder = this.parentOf(shape);
    return holder ? this.placementOf(holder).page : this.topPageOf(shape);
  }

  /** A point of a shape's own space. */
  toPage(shape: ShapeRecord, point: Point): Point {
    return apply(this.placementOf(shape), point);
  }

  centre(shape: ShapeRecord): Point {
    return this.within(shape, MIDDLE);
  }

  /** A point of a box shape, given in shares of its width and height. */
  within(shape: ShapeRecord, [x, y]: Point): Point {
    const [w, h] = sizeOf(shape);
    return this.toPage(shape, [x * w, y * h]);
  }

  /** The four corners of a box shape, in order. */
  corners(shape: ShapeRecord): Point[] {
    const [w, h] = sizeOf(shape);
    const local: Point[] = [
      [0, 0],
      [w, 0],
      [w, h],
      [0, h],
    ];
    const placement = this.placementOf(shape);
    return local.map(corner => apply(placement, corner));
  }

  private placementOf(shape: ShapeRecord): Placement {
    // No recursion: how deep shapes are nested is for whoever draws them to say.
    const unknown: ShapeRecord[] = [];
    let top = shape;
    let placement: Placement | undefined;
    for (let holder = this.parentOf(shape); holder && !placement; holder = this.parentOf(holder)) {
      placement = this.known.get(holder.id);
      if (!placement) unknown.push(holder);
      top = holder;
    }
    placement ??= { x: 0, y: 0, cos: 1, sin: 0, page: this.topPageOf(top) };
    for (const each of unknown.reverse()) {
      placement = placeIn(placement, each);
      this.known.set(each.id, placement);
    }
    return placeIn(placement, shape);
  }
}

const apply = ({ x: left, y: top, cos, sin }: Placement, [x, y]: Point): Point => [
  left + x * cos - y * sin,
  top + x * sin + y * cos,
];

function placeIn(parent: Placement, { x, y, rotation }: ShapeRecord): Placement {
  const [cos, sin] = rotation === 0 ? [1, 0] : [Math.cos(rotation), Math.sin(rotation)];
  return {
    page: parent.page,
    x: parent.x + x * parent.cos - y * parent.sin,
    y: parent.y + x * parent.sin + y * parent.cos,
    cos: parent.cos * cos - parent.sin * sin,
    sin: parent.sin * cos + parent.cos * sin,
  };
}

/** Area in square page units; what is smaller and inside is nested. */
export function area(shape: ShapeRecord): number {
  const [w, h] = sizeOf(shape);
  return Math.abs(w * h) || 0;
}

/** Whether a convex polygon holds the point; its edge counts as inside. */
export function contains(polygon: readonly Point[], [px, py]: Point): boolean {
  let turn = 0;
  let [ax, ay] = polygon.at(-1)!;
  for (const [bx, by] of polygon) {
    const side = Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
    [ax, ay] = [bx, by];
    if (side === 0) continue;
    if (turn !== 0 && side !== turn) return false;
    turn = side;
  }
  return turn !== 0;
}

function sizeOf(shape: ShapeRecord): Point {
  const { w, h } = shape.props;
  return [typeof w === 'number' ? w : 0, typeof h === 'number' ? h : 0];
}
