/** Finds room for what a file says no place of, in a diagram whose other things keep theirs. */
import { KINDS } from '../../dfd/kinds.ts';
import type { Box, Diagram, FileBoundary, FileElement } from '../threat-model.ts';
import { LEAST, PADDING } from './tree.ts';

/** Between two neighbours, in page units. */
const GAP = 40;
/** Places that are tried along one side of a boundary. */
const MOST_STEPS = 40;

/** Boundaries without a place are drawn around those of their elements and boundaries that have one. */
export function wrapBoundaries(diagram: Diagram): Diagram {
  const boxes = new Map<string, Box>();
  for (const { id, box } of diagram.boundaries) if (box) boxes.set(id, box);
  const members = new Map<string, (() => Box | null)[]>();
  const join = (holder: string | null, box: () => Box | null) => {
    if (holder !== null) members.set(holder, [...(members.get(holder) ?? []), box]);
  };
  const underway = new Set<string>();
  const boxOf = ({ id, line }: FileBoundary): Box | null => {
    const known = boxes.get(id);
    if (known || line || underway.has(id)) return known ?? null;
    underway.add(id);
    const inside = (members.get(id) ?? []).map(box => box()).filter(box => box !== null);
    underway.delete(id);
    const box = inside.length > 0 ? around(inside) : null;
    if (box) boxes.set(id, box);
    return box;
  };
  for (const { boundary, box } of diagram.elements) join(boundary, () => box);
  for (const boundary of diagram.boundaries) join(boundary.parent, () => boxOf(boundary));
  return { ...diagram, boundaries: diagram.boundaries.map(each => ({ ...each, box: boxOf(each) })) };
}

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(([x]) => x)) - PADDING.side;
  const top = Math.min(...boxes.map(([, y]) => y)) - PADDING.top;
  const right = Math.max(...boxes.map(([x, , w]) => x + w)) + PADDING.side;
  const bottom = Math.max(...boxes.map(([, y, , h]) => y + h)) + PADDING.side;
  return [left, top, right - left, bottom - top];
}

/**
 * Places elements and boundaries that have no box: in the boundary around them, which grows downwards when it is full, else to the
 * right of everything.
 */
export function fitIn(diagram: Diagram): Diagram {
  const boundaries = new Map(diagram.boundaries.map(each => [each.id, each]));
  const boxes = new Map<string, Box>();
  for (const { id, box } of [...diagram.elements, ...diagram.boundaries]) if (box) boxes.set(id, box);
  const holderOf = new Map<string, string | null>([
    ...diagram.elements.map(({ id, boundary }): [string, string | null] => [id, boundary]),
    ...diagram.boundaries.map(({ id, parent }): [string, string | null] => [id, parent]),
  ]);

  const grow = (id: string, { bottom, right }: { bottom: number; right: number }) => {
    const seen = new Set<string>();
    let [down, across] = [bottom, right];
    for (let at: string | null = id; at !== null && !seen.has(at); at = holderOf.get(at) ?? null) {
      seen.add(at);
      const box = boxes.get(at);
      if (!box) return;
      const [x, y, w, h] = box;
      [down, across] = [Math.max(y + h, down + PADDING.side), Math.max(x + w, across + PADDING.side)];
      boxes.set(at, [x, y, across - x, down - y]);
    }
  };
  const place = (id: string, [w, h]: readonly [number, number]) => {
    const holder = holderOf.get(id) ?? null;
    const outer = holder === null ? undefined : boxes.get(holder);
    if (holder === null || !outer) {
      const all = [...boxes.values()];
      const right = all.length > 0 ? Math.max(...all.map(([x, , width]) => x + width)) + 2 * GAP : 0;
      const top = all.length > 0 ? Math.min(...all.map(([, y]) => y)) : 0;
      const box: Box = [right, top, w, h];
      // One column of what is new, not a row without end.
      const column = lastColumn;
      if (column && column.bottom + GAP + h < column.limit) {
        boxes.set(id, [column.x, column.bottom + GAP, w, h]);
        column.bottom += GAP + h;
      } else {
        const height = all.length > 0 ? Math.max(...all.map(([, y, , each]) => y + each)) - top : 0;
        lastColumn = { x: box[0], bottom: box[1] + h, limit: top + Math.max(height, 600) };
        boxes.set(id, box);
      }
      return;
    }
    // What lies in it by the file's word or by its place; it and what is around it are in nobody's way.
    const others = [...boxes]
      .filter(([other]) => other !== holder && !isAround(other, holder, holderOf))
      .map(([, box]) => box);
    const free = freeSpot(outer, [w, h], others);
    const spot = free ?? [outer[0] + PADDING.side, lowest(outer, others) + GAP];
    boxes.set(id, [spot[0], spot[1], w, h]);
    grow(holder, { bottom: spot[1] + h, right: spot[0] + w });
  };
  let lastColumn: { x: number; bottom: number; limit: number } | null = null;

  for (const id of outermostFirst(diagram.boundaries)) {
    if (!boxes.has(id) && !boundaries.get(id)!.line) place(id, [LEAST.w, LEAST.h]);
  }
  for (const { id, kind } of diagram.elements) if (!boxes.has(id)) place(id, KINDS[kind].size);
  const boxed = <T extends FileElement | FileBoundary>(thing: T): T => ({
    ...thing,
    box: boxes.get(thing.id) ?? null,
  });
  return { ...diagram, elements: diagram.elements.map(boxed), boundaries: diagram.boundaries.map(boxed) };
}

function outermostFirst(boundaries: readonly FileBoundary[]): string[] {
  const parents = new Map(boundaries.map(({ id, parent }) => [id, parent]));
  const depth = (id: string) => {
    let levels = 0;
    for (let at = parents.get(id); at && levels < boundaries.length; at = parents.get(at)) levels++;
    return levels;
  };
  return boundaries.map(({ id }) => id).toSorted((a, b) => depth(a) - depth(b));
}

function isAround(outer: string, id: string, holderOf: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = holderOf.get(id); at && !seen.has(at); at = holderOf.get(at)) {
    if (at === outer) return true;
    seen.add(at);
  }
  return false;
}

/** The first free place of a grid inside a box, row by row. */
function freeSpot(
  [left, top, width, height]: Box,
  [w, h]: readonly [number, number],
  others: readonly Box[],
): [number, number] | null {
  const near = others.filter(other => overlaps([left, top, width, height], other));
  const [stepX, stepY] = [Math.max(GAP, width / MOST_STEPS), Math.max(GAP, height / MOST_STEPS)];
  for (let y = top + PADDING.top; y + h <= top + height - GAP / 2; y += stepY) {
    for (let x = left + PADDING.side; x + w <= left + width - GAP / 2; x += stepX) {
      if (!near.some(other => overlaps([x - GAP / 2, y - GAP / 2, w + GAP, h + GAP], other))) return [x, y];
    }
  }
  return null;
}

/** Where the lowest thing inside a box ends. */
const lowest = (outer: Box, others: readonly Box[]): number =>
  Math.max(
    outer[1] + PADDING.top - GAP,
    ...others.filter(other => overlaps(outer, other)).map(([, y, , h]) => y + h),
  );

const overlaps = ([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): boolean =>
  ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
