/** A place for everything of a diagram of which the file that it came from says none: rows, boundaries around what they hold. */
import type { Box, Diagram, Point } from '../threat-model.ts';
import { SIZES } from './shapes.ts';

/** Between things, with room for the name of a flow; and above the first in a boundary, for its name. */
const GAP = 120;
const HEADER = 60;

/** @returns the diagram itself when every place is known */
export function placed(diagram: Diagram): Diagram {
  const known =
    diagram.elements.every(({ box }) => box) && diagram.boundaries.every(({ box, line }) => box ?? line);
  if (known) return diagram;
  const boxes = new Map<string, Box>();
  fill(diagram, null, [0, 0], boxes, new Set());
  const boxOf = (id: string): Box => boxes.get(id) ?? [0, 0, ...SIZES.process];
  return {
    ...diagram,
    elements: diagram.elements.map(element => ({ ...element, box: boxOf(element.id) })),
    boundaries: diagram.boundaries.map(boundary =>
      boundary.line ? boundary : { ...boundary, box: boxOf(boundary.id) },
    ),
  };
}

/** @returns width and height of what the holder (null: the page) holds */
function fill(
  { elements, boundaries }: Diagram,
  holder: string | null,
  [left, top]: Point,
  boxes: Map<string, Box>,
  around: ReadonlySet<string>,
): Point {
  const known = new Set(boundaries.filter(({ line }) => !line).map(({ id }) => id));
  const inside = ({ id, within }: { id: string; within: string | null }) =>
    !around.has(id) && (within !== null && known.has(within) ? within : null) === holder;
  const held = [
    ...elements.filter(({ id, boundary }) => inside({ id, within: boundary })),
    ...boundaries.filter(({ id, line, parent }) => !line && inside({ id, within: parent })),
  ];
  const columns = Math.ceil(Math.sqrt(held.length));
  let [x, y, width, rowHeight] = [left, top, 0, 0];
  for (const [n, thing] of held.entries()) {
    if (n > 0 && n % columns === 0) [x, y, rowHeight] = [left, y + rowHeight + GAP, 0];
    let size: Point;
    if ('kind' in thing) size = SIZES[thing.kind];
    else {
      const from: Point = [x + GAP / 2, y + HEADER];
      const [w, h] = fill(
        { elements, boundaries } as Diagram,
        thing.id,
        from,
        boxes,
        new Set([...around, thing.id]),
      );
      size = [Math.max(w + GAP, 240), Math.max(h + HEADER * 2, 160)];
    }
    boxes.set(thing.id, [x, y, ...size]);
    x += size[0] + GAP;
    width = Math.max(width, x - GAP - left);
    rowHeight = Math.max(rowHeight, size[1]);
  }
  return [width, y + rowHeight - top];
}
