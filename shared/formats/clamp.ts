/** Places and sizes of a file, within what a board can show. */
import type { Box, Point } from './threat-model.ts';

/** Farthest from the origin, in page units: beyond it drawing loses precision. */
const MAX_COORDINATE = 1_000_000;
const MIN_SIZE = 10;
const MAX_SIZE = 100_000;
export const MAX_BEND = 10_000;
/** Most points of an open boundary. */
const MAX_POINTS = 1_000;

/** @returns null for what is no number */
export const clampNumber = (value: unknown, most: number, least = -most): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : null;

export function clampPoint(point: Point | null): Point | null {
  const x = clampNumber(point?.[0], MAX_COORDINATE);
  const y = clampNumber(point?.[1], MAX_COORDINATE);
  return x === null || y === null ? null : [x, y];
}

export function clampBox(box: Box | null): Box | null {
  const at = box && clampPoint([box[0], box[1]]);
  const w = clampNumber(box?.[2], MAX_SIZE, MIN_SIZE);
  const h = clampNumber(box?.[3], MAX_SIZE, MIN_SIZE);
  return at && w !== null && h !== null ? [at[0], at[1], w, h] : null;
}

/** @returns null for what has fewer than two points */
export function clampLine(line: readonly Point[]): Point[] | null {
  const points = line.map(clampPoint).filter(point => point !== null);
  if (points.length < 2) return null;
  if (points.length <= MAX_POINTS) return points;
  return Array.from(
    { length: MAX_POINTS },
    (_, i) => points[Math.round((i * (points.length - 1)) / (MAX_POINTS - 1))]!,
  );
}
