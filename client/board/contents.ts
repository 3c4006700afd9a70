/** Which boundary holds what. Belonging to a boundary makes a shape move along with it; the model reads positions, not this. */
import { type Editor, sortByIndex, type TLShape, type TLShapeId } from 'tldraw';
import { holdsLocked } from './locks.ts';
import type { BoundaryShape } from './schema.ts';

export const isBoundary = (shape: TLShape | undefined): shape is TLShape & BoundaryShape =>
  shape?.type === 'trust_boundary';

/** After a boundary was drawn, resized or moved: it finds its place, takes in what lies in it and lets go of the rest. */
export function settleBoundary(editor: Editor, id: TLShapeId): void {
  const settled = () => editor.getShape(id) as BoundaryShape | undefined;
  if (!settled()) return;
  editor.run(() => {
    const home = homeOf(editor, settled()!);
    if (home !== settled()!.parentId) editor.reparentShapes([id], home);

    const boundary = settled()!;
    const outside = childrenOf(editor, id).filter(
      child => !child.isLocked && !isBound(editor, child) && !holds(editor, boundary, child),
    );
    if (outside.length > 0) editor.reparentShapes(outside, boundary.parentId);

    const inside = childrenOf(editor, boundary.parentId).filter(
      shape =>
        !isBound(editor, shape) && adoptable(editor, boundary, shape) && holds(editor, boundary, shape),
    );
    if (inside.length > 0) editor.reparentShapes(inside, id);

    keepBehind(editor, settled()!);
  });
}

/** Whether a boundary may take a shape in: not itself, not what holds it, no boundary as large as itself. */
export function adoptable(editor: Editor, boundary: BoundaryShape, shape: TLShape): boolean {
  if (shape.id === boundary.id || shape.isLocked || editor.hasAncestor(boundary, shape.id)) return false;
  return !isBoundary(shape) || areaOf(shape) < areaOf(boundary);
}

/** Deletes shapes, but not what is in a deleted boundary: that stays where it is, one level up. What holds something locked stays too. */
export function deleteKeepingContents(editor: Editor, shapes: TLShapeId[]): void {
  const ids = shapes.filter(id => !holdsLocked(editor, id));
  const doomed = new Set(ids);
  editor.run(() => {
    for (const id of ids) {
      const boundary = editor.getShape(id);
      if (!isBoundary(boundary)) continue;
      const survivors = childrenOf(editor, id).filter(
        child => !doomed.has(child.id) && !isBound(editor, child),
      );
      if (survivors.length > 0) editor.reparentShapes(survivors, survivingParent(editor, boundary, doomed));
    }
    editor.deleteShapes(ids);
  });
}

function survivingParent(editor: Editor, shape: TLShape, doomed: Set<TLShapeId>): TLShape['parentId'] {
  let at: TLShape | undefined = shape;
  while (at && doomed.has(at.id)) {
    const parent: TLShape | undefined = editor.getShapeParent(at);
    if (!parent) return editor.getCurrentPageId();
    at = parent;
  }
  return at?.id ?? editor.getCurrentPageId();
}

/** The smallest larger boundary around the centre, or else the page; a group keeps what is in it. */
function homeOf(editor: Editor, boundary: BoundaryShape): TLShape['parentId'] {
  if (editor.getShapeParent(boundary)?.type === 'group') return boundary.parentId;
  const [home] = editor
    .getCurrentPageShapes()
    .filter(isBoundary)
    .filter(other => adoptable(editor, other, boundary) && holds(editor, other, boundary))
    .sort((a, b) => areaOf(a) - areaOf(b));
  return home?.id ?? editor.getCurrentPageId();
}

function holds(editor: Editor, boundary: BoundaryShape, shape: TLShape): boolean {
  const bounds = editor.getShapePageBounds(shape);
  return (
    bounds !== undefined && editor.isPointInShape(boundary, bounds.center, { hitInside: true, margin: 0 })
  );
}

/** The lowest of its siblings, but for other boundaries. */
function keepBehind(editor: Editor, boundary: BoundaryShape): void {
  const covered = childrenOf(editor, boundary.parentId).some(
    shape => !isBoundary(shape) && shape.index < boundary.index,
  );
  if (covered) editor.sendToBack([boundary.id]);
}

const childrenOf = (editor: Editor, parent: TLShape['parentId']): TLShape[] =>
  editor
    .getSortedChildIdsForParent(parent)
    .map(id => editor.getShape(id)!)
    .sort(sortByIndex);

/** tldraw itself keeps a bound arrow with the common parent of its ends. */
const isBound = (editor: Editor, shape: TLShape): boolean =>
  shape.type === 'arrow' && editor.getBindingsFromShape(shape.id, 'arrow').length > 0;

const areaOf = ({ props: { w, h } }: BoundaryShape): number => w * h;
