/** The points of an open boundary line, as its register holds them. */
import type { Json } from './board.ts';

/** Most points of one line: every flow of its page is held against each of them. */
export const MAX_LINE_POINTS = 500;

/**
 * The points in the line's own space, at least two.
 * @returns null for what is none: people may write anything
 */
export function readLinePoints(value: Json | undefined): [x: number, y: number][] | null {
  if (!Array.isArray(value) || value.length < 2 || value.length > MAX_LINE_POINTS) return null;
  return value.every(isPoint) ? value : null;
}

const isPoint = (value: Json): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

/** The same line with no more points than are allowed: its ends, and of the others every so manyth. */
export function thinned<T>(points: readonly T[]): T[] {
  if (points.length <= MAX_LINE_POINTS) return [...points];
  const step = (points.length - 1) / (MAX_LINE_POINTS - 1);
  return Array.from({ length: MAX_LINE_POINTS }, (_, i) => points[Math.round(i * step)]!);
}
