/** Which boundary holds what: belonging to one makes a shape move along with it. As `client/board/contents.ts` does it for gestures. */
import type { ShapeRecord } from '../../document/board.ts';
import { indexAbove, indexBelow } from '../../document/indices.ts';
import type { Point } from '../geometry.ts';
import type { Draft } from './draft.ts';
import { type Box, boxOf, centreOf, holdsPoint, moveTo, reparent, sizeOf } from './space.ts';

const isBoundary = ({ type }: ShapeRecord): boolean => type === 'trust_boundary';
const areaOf = (shape: ShapeRecord): number => {
  const [w, h] = sizeOf(shape);
  return Math.abs(w * h);
};

export const topIndex = (draft: Draft, parentId: string): string =>
  indexAbove(draft.indices(parentId).at(-1));

/** Puts a shape into the innermost boundary around its centre, or else on the page; what is in a group stays there. */
export function findHome(draft: Draft, id: string): void {
  const shape = draft.shape(id)!;
  if (draft.shape(shape.parentId)?.type === 'group') return;
  const home =
    innermost(draft, draft.pageOf(shape), centreOf(draft, shape), shape)?.id ?? draft.pageOf(shape);
  if (home !== shape.parentId) reparent(draft, shape, home, topIndex(draft, home));
}

function innermost(draft: Draft, page: string, point: Point, held: ShapeRecord): ShapeRecord | undefined {
  const [home] = draft
    .shapes()
    .filter(other => isBoundary(other) && draft.pageOf(other) === page)
    .filter(other => mayHold(draft, other, held) && holdsPoint(draft, other, point))
    .sort((a, b) => areaOf(a) - areaOf(b));
  return home;
}

/** Not itself, not what it holds, and no boundary as large as the holder. */
function mayHold(draft: Draft, boundary: ShapeRecord, shape: ShapeRecord): boolean {
  for (let at: ShapeRecord | undefined = boundary; at; at = draft.shape(at.parentId)) {
    if (at.id === shape.id) return false;
  }
  return !isBoundary(shape) || areaOf(shape) < areaOf(boundary);
}

/** After a boundary was made, moved or resized: it finds its place, takes in what lies in it, lets go of the rest, and lies below. */
export function settleBoundary(draft: Draft, id: string): void {
  findHome(draft, id);
  const { parentId } = draft.shape(id)!;
  const held = (shape: ShapeRecord) => holdsPoint(draft, draft.shape(id)!, centreOf(draft, shape));
  for (const child of draft.children(id)) {
    if (child.type !== 'arrow' && !held(child)) reparent(draft, child, parentId, topIndex(draft, parentId));
  }
  // Not only what lies beside it: it may reach out of what holds it.
  const page = draft.pageOf(draft.shape(id)!);
  for (const shape of draft.shapes()) {
    if (shape.type === 'arrow' || shape.isLocked || draft.pageOf(shape) !== page || !held(shape)) continue;
    if (mayHold(draft, draft.shape(id)!, shape)) findHome(draft, shape.id);
  }
  const boundary = draft.shape(id)!;
  const covers = draft.children(parentId).some(shape => !isBoundary(shape) && shape.index < boundary.index);
  if (covers) draft.put({ ...boundary, index: indexBelow(draft.indices(parentId)[0]) });
}

/** Takes what a shape holds one level up, where it stays in its place. */
export function releaseContents(draft: Draft, { id, parentId }: ShapeRecord): void {
  for (const child of draft.children(id)) reparent(draft, child, parentId, topIndex(draft, parentId));
}

const GAP = 40;
/** Room for the name of a boundary at its top. */
const HEAD = 50;

/**
 * Puts a box where nothing is yet: within a boundary, in rows from its left top, or right of everything on its page.
 * @returns false when the boundary has no room for it
 */
export function placeFreely(draft: Draft, id: string, boundary: ShapeRecord | null): boolean {
  const shape = draft.shape(id)!;
  const page = draft.pageOf(shape);
  const [, , w, h] = boxOf(draft, shape);
  const others = draft
    .shapes()
    .filter(other => other.id !== id && other.type !== 'arrow' && draft.pageOf(other) === page)
    .map(other => ({ other, box: boxOf(draft, other) }))
    .filter(({ box: [, , width, height] }) => width > 0 || height > 0);
  if (!boundary) {
    const right = Math.max(0, ...others.map(({ box: [x, , width] }) => x + width + GAP));
    const top = others.length > 0 ? Math.min(...others.map(({ box: [, y] }) => y)) : 0;
    moveTo(draft, shape, [right, top]);
    return true;
  }
  const [left, top, width, height] = boxOf(draft, boundary);
  const inTheWay = others.filter(({ other }) => mayHold(draft, boundary, other) && other.id !== boundary.id);
  for (let y = top + HEAD; y + h <= top + height; y += GAP) {
    for (let x = left + GAP / 2; x + w <= left + width; x += GAP) {
      const spot: Box = [x, y, w, h];
      if (inTheWay.some(({ box }) => overlap(box, spot))) continue;
      moveTo(draft, shape, [x, y]);
      return true;
    }
  }
  return false;
}

const overlap = ([x, y, w, h]: Box, [x2, y2, w2, h2]: Box): boolean =>
  x < x2 + w2 && x2 < x + w && y < y2 + h2 && y2 < y + h;
