/** Lines as Threat Dragon draws them: its `smooth` connector lays a cubic spline through source, vertices and target. */
import type { Point } from '../threat-model.ts';
import { hundredths } from './json.ts';

/** Straight pieces for each span of a curve, and at most for all of them. */
const PIECES = 16;
const MAX_PIECES = 480;

/** A line of so few points is written point by point; a finer one is a curve, and gets few vertices. */
const FEW_POINTS = 12;
/** How far, in page units, a curve may be off the points that it stands for. */
const TOLERANCE = 1;

/** Where a line goes: what Threat Dragon keeps of it. */
export interface Course {
  from: Point;
  to: Point;
  vertices: Point[];
  smooth: boolean;
}

/** The points of the line, a curve sampled finely; ends included. */
export function sampled({ from, to, vertices, smooth }: Course): Point[] {
  const points = [from, ...vertices, to];
  if (!smooth) return points;
  const spans = vertices.length === 0 ? [sBend(from, to)] : splineThrough(points);
  const pieces = Math.max(1, Math.min(PIECES, Math.floor(MAX_PIECES / spans.length)));
  return [
    from,
    ...spans.flatMap(span => Array.from({ length: pieces }, (_, i) => at(span, (i + 1) / pieces))),
  ];
}

type Span = readonly [Point, Point, Point, Point];

/** Without vertices the curve leaves and arrives along the longer side of the box between its ends. */
function sBend(from: Point, to: Point): Span {
  const [mx, my] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const flat = Math.abs(from[0] - to[0]) >= Math.abs(from[1] - to[1]);
  return flat ? [from, [mx, from[1]], [mx, to[1]], to] : [from, [from[0], my], [to[0], my], to];
}

/** The cubic Bezier spline through the points that is smooth to the second derivative and straight at its ends. */
function splineThrough(points: readonly Point[]): Span[] {
  const [xs, ys] = ([0, 1] as const).map(axis => controls(points.map(point => point[axis]))) as [
    Controls,
    Controls,
  ];
  return points
    .slice(1)
    .map((point, i) => [points[i]!, [xs.first[i]!, ys.first[i]!], [xs.second[i]!, ys.second[i]!], point]);
}

interface Controls {
  first: number[];
  second: number[];
}

/** Control points on one axis: a tridiagonal system, solved forward and back. */
function controls(knots: readonly number[]): Controls {
  const n = knots.length - 1;
  const knot = (i: number) => knots[i]!;
  const right = Array.from({ length: n }, (_, i) => {
    if (i === 0) return knot(0) + 2 * knot(1);
    return i === n - 1 ? (8 * knot(i) + knot(n)) / 2 : 4 * knot(i) + 2 * knot(i + 1);
  });
  const first: number[] = [right[0]! / 2];
  const above: number[] = [0];
  let pivot = 2;
  for (let i = 1; i < n; i++) {
    above[i] = 1 / pivot;
    pivot = (i < n - 1 ? 4 : 3.5) - above[i]!;
    first[i] = (right[i]! - first[i - 1]!) / pivot;
  }
  for (let i = n - 2; i >= 0; i--) first[i] = first[i]! - above[i + 1]! * first[i + 1]!;
  const second = first.map((_, i) =>
    i < n - 1 ? 2 * knot(i + 1) - first[i + 1]! : (knot(n) + first[n - 1]!) / 2,
  );
  return { first, second };
}

function at([a, b, c, d]: Span, t: number): Point {
  const s = 1 - t;
  const axis = (i: 0 | 1) =>
    hundredths(s * s * s * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t * t * t * d[i]);
  return [axis(0), axis(1)];
}

/** How far the middle of the line is off the straight one between its ends, as `FileFlow.bend` has it, to the tenth. */
export function bendOf(course: Course): number {
  if (course.vertices.length === 0) return 0;
  const { from, to } = course;
  const [x, y] = middleOf(sampled(course));
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < 1) return 0;
  const left = ((x - from[0]) * dy - (y - from[1]) * dx) / length;
  return Math.round(left * 10) / 10 || 0;
}

/** The one vertex that bends a straight line so. */
export function vertexOf(from: Point, to: Point, bend: number): Point {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const off = bend / (Math.hypot(dx, dy) || 1);
  return [hundredths((from[0] + to[0]) / 2 + dy * off), hundredths((from[1] + to[1]) / 2 - dx * off)];
}

function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i]![0], y - points[i]![1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
      return [x0 + ((x1 - x0) * left) / length, y0 + ((y1 - y0) * left) / length];
    }
    left -= length;
  }
  return points[0]!;
}

/**
 * A course for a line of which only the points are known.
 * @param points at least two
 */
export function courseOf(points: readonly Point[]): Course {
  const [from, to] = [points[0]!, points.at(-1)!];
  if (points.length <= FEW_POINTS) return { from, to, vertices: points.slice(1, -1), smooth: false };
  return { from, to, vertices: corners(points).slice(1, -1), smooth: true };
}

/** The points that matter (Douglas and Peucker), ends included. */
function corners(points: readonly Point[]): Point[] {
  const kept = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [start, end] = span;
    let [farthest, distance] = [-1, TOLERANCE];
    for (let i = start + 1; i < end; i++) {
      const off = distanceTo(points[start]!, points[end]!, points[i]!);
      if (off > distance) [farthest, distance] = [i, off];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    open.push([start, farthest], [farthest, end]);
  }
  return points.filter((_, i) => kept.has(i));
}

/** Of a point from the straight piece between two others. */
function distanceTo([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** The course moved by as much as its start has to move to lie at `from`. */
export function movedTo(course: Course, from: Point): Course {
  const move = ([x, y]: Point): Point => [
    hundredths(x + from[0] - course.from[0]),
    hundredths(y + from[1] - course.from[1]),
  ];
  return { ...course, from, to: move(course.to), vertices: course.vertices.map(move) };
}

/** What rounding to hundredths and adding may make of two points that are the same. */
export const near = (a: Point, b: Point): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.1;
