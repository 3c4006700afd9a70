/** Lines of a drawing: how far a flow bends, what a curve passes through. */
import type { Box, Point } from '../threat-model.ts';
import { round } from './cells.ts';

/** Pieces that a curve is sampled in, between two of its points. */
const STEPS = 8;

export const centreOf = ([x, y, w, h]: Box): Point => [x + w / 2, y + h / 2];

export const between = ([ax, ay]: Point, [bx, by]: Point, part: number): Point => [
  ax + (bx - ax) * part,
  ay + (by - ay) * part,
];

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

/** The point that lies beside the middle of two others: to the left, seen from the first. */
export function beside(from: Point, to: Point, bend: number): Point {
  const length = distance(from, to);
  const [x, y] = between(from, to, 0.5);
  return [x + (bend * (to[1] - from[1])) / length, y - (bend * (to[0] - from[0])) / length];
}

/** Whether there is a straight line to bend from. */
export const hasLength = (from: Point, to: Point): boolean => distance(from, to) > 0.01;

/** How far the middle of a line through the points is off the straight one, to the left seen from the first. */
export function bendOf(points: readonly Point[]): number {
  const [from, to] = [points[0]!, points.at(-1)!];
  const [x, y] = halfway(points);
  const [mx, my] = between(from, to, 0.5);
  return round(((x - mx) * (to[1] - from[1]) - (y - my) * (to[0] - from[0])) / distance(from, to));
}

/** The point after half the length. */
function halfway(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, i) => distance(points[i]!, point));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    if (length > 0 && left <= length) return between(points[i]!, points[i + 1]!, left / length);
    left -= length;
  }
  return points.at(-1)!;
}

/** A curve as draw.io's `curved=1` draws it: its waypoints pull it, it passes between them. */
export function curve(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points];
  const curved: Point[] = [points[0]!];
  for (let i = 1; i < points.length - 1; i++) {
    const [from, pull] = [curved.at(-1)!, points[i]!];
    const to = i === points.length - 2 ? points[i + 1]! : between(pull, points[i + 1]!, 0.5);
    curved.push(...arc(from, pull, to));
  }
  return curved;
}

/** A quadratic curve without its first point. */
export const arc = (from: Point, pull: Point, to: Point): Point[] =>
  Array.from({ length: STEPS }, (_, n) => {
    const part = (n + 1) / STEPS;
    return between(between(from, pull, part), between(pull, to, part), part);
  });

/** Where the line from the centre of a box to a point leaves it. */
export function borderTowards(box: Box, towards: Point): Point {
  const [cx, cy] = centreOf(box);
  const [dx, dy] = [towards[0] - cx, towards[1] - cy];
  if (dx === 0 && dy === 0) return [cx, cy];
  const part = Math.min(box[2] / 2 / Math.abs(dx), box[3] / 2 / Math.abs(dy));
  return [cx + dx * part, cy + dy * part];
}

export const encloses = ([left, top, width, height]: Box, [x, y, w, h]: Box): boolean =>
  x >= left && y >= top && x + w <= left + width && y + h <= top + height && (w < width || h < height);

export const turned = ([x, y]: Point, [cx, cy]: Point, degrees: number): Point => {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos];
};

export const rounded = ([x, y]: Point): Point => [round(x), round(y)];
