/** Bends flows so that none hides another and each passes where room was kept for its name. */
import type { Diagram, FileFlow, Point } from '../threat-model.ts';

/** Between two flows that connect the same two elements, in page units: a name fits. */
const APART = 56;
/** A flow is not bent for less than this, nor further than for the other part of its length. */
const BEND = { least: 24, most: 0.5 } as const;
/** A flow from an element to itself: how far it leaves it. */
const LOOP = 110;

/**
 * @param diagram every element placed
 * @param middles a point that a flow should pass, where one is known
 */
export function spreadFlows({ elements, flows }: Diagram, middles: ReadonlyMap<string, Point>): FileFlow[] {
  const centres = new Map(
    elements.map(({ id, box }): [string, Point] => [id, [box![0] + box![2] / 2, box![1] + box![3] / 2]]),
  );
  const between = new Map<string, FileFlow[]>();
  for (const flow of flows) {
    const key = pairOf(flow);
    if (key) between.set(key, [...(between.get(key) ?? []), flow]);
  }
  const bends = new Map<string, number>();
  for (const [pair, together] of between) {
    const [low] = pair.split(' ');
    for (const [i, { id, source, target }] of together.entries()) {
      const [from, to] = [(source as { element: string }).element, (target as { element: string }).element];
      if (from === to) bends.set(id, LOOP + i * APART);
      else if (together.length > 1) {
        // To one side of the pair, whichever way the flow goes.
        const offset = (i - (together.length - 1) / 2) * APART;
        bends.set(id, from === low ? offset : -offset);
      } else {
        const [a, b, middle] = [centres.get(from), centres.get(to), middles.get(id)];
        if (a && b && middle) bends.set(id, bendThrough(a, b, middle));
      }
    }
  }
  return flows.map(flow => ({ ...flow, bend: Math.round(bends.get(flow.id) ?? 0) || 0 }));
}

function pairOf({ source, target }: FileFlow): string | null {
  if (!('element' in source && 'element' in target)) return null;
  return [source.element, target.element].sort().join(' ');
}

/** How far a point is off the straight line from `a` to `b`, to the left seen from `a`. */
function bendThrough(a: Point, b: Point, point: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return 0;
  const off = ((point[0] - a[0]) * dy - (point[1] - a[1]) * dx) / length;
  if (Math.abs(off) < BEND.least) return 0;
  return Math.sign(off) * Math.min(Math.abs(off), length * BEND.most);
}
