import type { Point } from './geometry.ts';

export type Extent = [left: number, top: number, right: number, bottom: number];

export function extentOf(points: readonly Point[]): Extent {
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < extent[0]) extent[0] = x;
    if (y < extent[1]) extent[1] = y;
    if (x > extent[2]) extent[2] = x;
    if (y > extent[3]) extent[3] = y;
  }
  return extent;
}
