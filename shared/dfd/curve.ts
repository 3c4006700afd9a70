/** The line of a data flow on its page, as the board draws it, and where it meets other lines. */
import type { Point } from './geometry.ts';

/** A flow bulging less than this, in page units, is drawn straight (tldraw's MIN_ARROW_BEND). */
const MIN_BEND = 8;
/** Chords of a bent flow: off the arc by at most a thousandth of its radius. */
const CHORDS = 64;

/**
 * From one end to the other: straight, or an arc through a middle that lies aside by `bend`, to the right seen from the start.
 * @returns two points, or {@link CHORDS} + 1
 */
export function flowPath(start: Point, end: Point, bend: number): Point[] {
  const [[ax, ay], [bx, by]] = [start, end];
  const chord = Math.hypot(bx - ax, by - ay);
  if (chord === 0 || !(Math.abs(bend) >= MIN_BEND)) return [start, end];
  const [ux, uy] = [(bx - ax) / chord, (by - ay) / chord];
  const sagitta = Math.abs(bend);
  const side = Math.sign(bend);
  const radius = ((chord / 2) ** 2 + sagitta ** 2) / (2 * sagitta);
  const aside = bend - side * radius;
  const [cx, cy] = [(ax + bx) / 2 - uy * aside, (ay + by) / 2 + ux * aside];
  const from = Math.atan2(ay - cy, ax - cx);
  const sweep = -side * 4 * Math.atan((2 * sagitta) / chord);
  const path: Point[] = [start];
  for (let i = 1; i < CHORDS; i++) {
    const angle = from + (sweep * i) / CHORDS;
    path.push([cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]);
  }
  path.push(end);
  return path;
}

/**
 * Where a path first meets another, both open.
 * @param counts whether a point where they meet counts
 * @returns how far along: the number of the segment, and the share of it before the point; undefined when they do not meet
 */
export function firstMeeting(
  path: readonly Point[],
  other: readonly Point[],
  counts: (point: Point) => boolean,
): number | undefined {
  for (let i = 1; i < path.length; i++) {
    let first: number | undefined;
    for (let j = 1; j < other.length; j++) {
      const along = meeting(path[i - 1]!, path[i]!, other[j - 1]!, other[j]!);
      if (along === undefined || (first !== undefined && along >= first)) continue;
      if (counts(between(path[i - 1]!, path[i]!, along))) first = along;
    }
    if (first !== undefined) return i - 1 + first;
  }
  return undefined;
}

const between = ([ax, ay]: Point, [bx, by]: Point, share: number): Point => [
  ax + share * (bx - ax),
  ay + share * (by - ay),
];

/** How far along a to b it meets c to d, from 0 to 1. */
function meeting([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point, [dx, dy]: Point): number | undefined {
  const [abx, aby, cdx, cdy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const cross = abx * cdy - aby * cdx;
  const along = ((cx - ax) * cdy - (cy - ay) * cdx) / cross;
  const across = ((cx - ax) * aby - (cy - ay) * abx) / cross;
  return along >= 0 && along <= 1 && across >= 0 && across <= 1 ? along : undefined;
}
