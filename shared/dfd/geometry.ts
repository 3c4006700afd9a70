/** Plane geometry of the board: points in page units, y down, rotations in radians clockwise. */
import type { BoardRecord, ShapeRecord } from '../document/board.ts';
import { isShape } from '../document/board.ts';

export type Point = readonly [x: number, y: number];

/**
 * Takes a point from a shape's own space to the page, through every parent (boundaries and groups, each with its own
 * rotation). Records must be repaired: a parent cycle would not end.
 */
export function toPage(shape: ShapeRecord, point: Point, records: ReadonlyMap<string, BoardRecord>): Point {
  let [x, y] = point;
  let at: BoardRecord | undefined = shape;
  while (at && isShape(at)) {
    const cos = Math.cos(at.rotation);
    const sin = Math.sin(at.rotation);
    [x, y] = [at.x + x * cos - y * sin, at.y + x * sin + y * cos];
    at = records.get(at.parentId);
  }
  return [x, y];
}

/** The four corners of a box shape on the page, in order. */
export function corners(shape: ShapeRecord, records: ReadonlyMap<string, BoardRecord>): Point[] {
  const [w, h] = sizeOf(shape);
  const local: Point[] = [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
  ];
  return local.map(corner => toPage(shape, corner, records));
}

export function centre(shape: ShapeRecord, records: ReadonlyMap<string, BoardRecord>): Point {
  const [w, h] = sizeOf(shape);
  return toPage(shape, [w / 2, h / 2], records);
}

/** Area in square page units; what is smaller and inside is nested. */
export function area(shape: ShapeRecord): number {
  const [w, h] = sizeOf(shape);
  return Math.abs(w * h);
}

/** Whether a convex polygon holds the point; its edge counts as inside. */
export function contains(polygon: readonly Point[], [px, py]: Point): boolean {
  let turn = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [ax, ay] = polygon[i]!;
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    const side = Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
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
