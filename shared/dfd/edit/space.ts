/** Where things of a draft lie on their page, and how to put them elsewhere. */
import type { ShapeRecord } from '../../document/board.ts';
import { readLinePoints } from '../../document/line-points.ts';
import { extentOf } from '../extent.ts';
import type { Point } from '../geometry.ts';
import type { Draft } from './draft.ts';

/** Left, top, width, height in page units. */
export type Box = readonly [x: number, y: number, w: number, h: number];

/** A space as it lies on its page: turned, in radians, then moved. */
interface Space {
  x: number;
  y: number;
  turn: number;
}

function spaceOf(draft: Draft, id: string): Space {
  // No recursion: how deep shapes are nested is for whoever draws them to say.
  const holders: ShapeRecord[] = [];
  for (let at = draft.shape(id); at; at = draft.shape(at.parentId)) holders.push(at);
  let space: Space = { x: 0, y: 0, turn: 0 };
  for (const shape of holders.reverse()) {
    const [x, y] = outOf(space, [shape.x, shape.y]);
    space = { x, y, turn: space.turn + shape.rotation };
  }
  return space;
}

function outOf({ x, y, turn }: Space, [px, py]: Point): Point {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [x + px * cos - py * sin, y + px * sin + py * cos];
}

function into({ x, y, turn }: Space, [px, py]: Point): Point {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [dx, dy] = [px - x, py - y];
  return [dx * cos + dy * sin, dy * cos - dx * sin];
}

/** A point of a shape's (or page's) own space on the page, and back. */
export const toPage = (draft: Draft, id: string, point: Point): Point => outOf(spaceOf(draft, id), point);
export const toSpace = (draft: Draft, id: string, point: Point): Point => into(spaceOf(draft, id), point);

/** In the shape's own space: the points of an open boundary, of anything else the corners of its box. */
function outlineOf(shape: ShapeRecord): readonly Point[] {
  const line = shape.type === 'boundary_line' && readLinePoints(shape.props.points);
  if (line) return line;
  const [w, h] = sizeOf(shape);
  return [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
  ];
}

function outlineOnPage(draft: Draft, shape: ShapeRecord): Point[] {
  const space = spaceOf(draft, shape.id);
  return outlineOf(shape).map(point => outOf(space, point));
}

/** Around a box shape or an open boundary on its page. */
export function boxOf(draft: Draft, shape: ShapeRecord): Box {
  const [left, top, right, bottom] = extentOf(outlineOnPage(draft, shape));
  return [left, top, right - left, bottom - top].map(round) as unknown as Box;
}

/** The points of an open boundary on its page. */
export const lineOf = (draft: Draft, shape: ShapeRecord): Point[] =>
  outlineOnPage(draft, shape).map(([x, y]) => [round(x), round(y)]);

export function centreOf(draft: Draft, shape: ShapeRecord): Point {
  const [left, top, right, bottom] = extentOf(outlineOf(shape));
  return toPage(draft, shape.id, [(left + right) / 2, (top + bottom) / 2]);
}

/** Whether a shape's own rectangle holds a point of the page; its edge counts as inside. */
export function holdsPoint(draft: Draft, shape: ShapeRecord, point: Point): boolean {
  const [w, h] = sizeOf(shape);
  const [x, y] = toSpace(draft, shape.id, point);
  return x >= 0 && y >= 0 && x <= w && y <= h;
}

/** Moves the left top of a shape's box to a point of the page; what it holds moves along. */
export function moveTo(draft: Draft, shape: ShapeRecord, [left, top]: Point): void {
  const [x, y] = boxOf(draft, shape);
  const space = spaceOf(draft, shape.parentId);
  const from = into(space, [x, y]);
  const to = into(space, [left, top]);
  draft.put({
    ...shape,
    x: round(shape.x + to[0] - from[0]),
    y: round(shape.y + to[1] - from[1]),
  });
}

/** Draws an open boundary through points of the page, the first of which is where it is from now on. */
export function drawThrough(draft: Draft, shape: ShapeRecord, line: readonly Point[]): void {
  const [x, y] = toSpace(draft, shape.parentId, line[0]!);
  draft.put({ ...shape, x: round(x), y: round(y) });
  const space = spaceOf(draft, shape.id);
  const points = line.map(point => into(space, point).map(round));
  draft.put({ ...draft.shape(shape.id)!, props: { ...shape.props, points } });
}

/** Gives a shape another holder, on top of what that holds; it stays where it is on the page. */
export function reparent(draft: Draft, shape: ShapeRecord, parentId: string, index: string): void {
  const [before, after] = [spaceOf(draft, shape.id), spaceOf(draft, parentId)];
  const [x, y] = into(after, [before.x, before.y]);
  const turn = before.turn - after.turn;
  draft.put({
    ...shape,
    parentId,
    index,
    x: round(x),
    y: round(y),
    rotation: Math.abs(turn) < 1e-9 ? 0 : turn,
  });
}

export function sizeOf({ props }: ShapeRecord): Point {
  const { w, h } = props;
  return [typeof w === 'number' ? w : 0, typeof h === 'number' ? h : 0];
}

/** Hundredths of a unit: what computing adds is no news to anybody. */
export const round = (value: number): number => Math.round(value * 100) / 100 || 0;
