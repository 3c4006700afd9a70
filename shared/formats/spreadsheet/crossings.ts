/** Where the flows of a diagram cross its trust boundaries, by the file's word and by place. */
import type { Box, Diagram, End, FileBoundary, FileFlow, Point } from '../threat-model.ts';

/** @returns the boundaries that hold exactly one end of a flow, and the open ones that its straight line meets */
export function crossingsIn(diagram: Diagram): (flow: FileFlow) => FileBoundary[] {
  const elements = new Map(diagram.elements.map(element => [element.id, element]));
  const boundaries = new Map(diagram.boundaries.map(boundary => [boundary.id, boundary]));

  const chain = (innermost: string | null): Set<string> => {
    const around = new Set<string>();
    let at = innermost;
    while (at !== null && !around.has(at) && boundaries.has(at)) {
      around.add(at);
      at = boundaries.get(at)!.parent;
    }
    return around;
  };
  const placeOf = (end: End): Point | null => {
    if ('point' in end) return end.point;
    const box = elements.get(end.element)?.box;
    return box ? [box[0] + box[2] / 2, box[1] + box[3] / 2] : null;
  };
  const around = (end: End): Set<string> => {
    if ('element' in end) return chain(elements.get(end.element)?.boundary ?? null);
    const { point } = end;
    const holding = diagram.boundaries.filter(({ box }) => point && box && holds(box, point));
    return new Set(holding.flatMap(({ id }) => [...chain(id)]));
  };
  return flow => {
    const [from, to] = [around(flow.source), around(flow.target)];
    const [start, end] = [placeOf(flow.source), placeOf(flow.target)];
    return diagram.boundaries.filter(({ id, line }) =>
      line ? start && end && meets([start, end], line) : from.has(id) !== to.has(id),
    );
  };
}

const holds = ([left, top, w, h]: Box, [x, y]: Point): boolean =>
  x >= left && x <= left + w && y >= top && y <= top + h;

/** Whether a straight line crosses a broken one: an even number of times leads back. */
const meets = (straight: readonly [Point, Point], line: readonly Point[]): boolean =>
  line.slice(1).filter((point, i) => cross(straight, [line[i]!, point])).length % 2 === 1;

function cross([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

const side = ([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): boolean =>
  (bx - ax) * (py - ay) - (by - ay) * (px - ax) >= 0;
