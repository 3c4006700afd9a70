/** Makes, changes and removes elements and trust boundaries, the closed and the open ones. */

import type { ShapeRecord } from '../../document/board.ts';
import { freshShape } from '../../document/build.ts';
import type { Point } from '../geometry.ts';
import { type ElementKind, isElementKind, KINDS } from '../kinds.ts';
import type { Draft } from './draft.ts';
import { freeEnds } from './flows.ts';
import { findHome, placeFreely, releaseContents, settleBoundary, topIndex } from './holders.ts';
import { EditRefused } from './refusal.ts';
import { type Box, centreOf, drawThrough, holdsPoint, lineOf, moveTo } from './space.ts';
import { type Words, withWords } from './words.ts';

type BoxKind = ElementKind | 'trust_boundary';

export interface Place {
  /** Where its left top is to be, in page units. */
  position?: Point | undefined;
  /** Left top and size at once. */
  box?: Box | undefined;
  /** The points of an open boundary, in page units: at least two, instead of a box. */
  line?: readonly Point[] | undefined;
  /** Id of the boundary to put it in, null for none; where in it, is found when nothing else says so. */
  boundary?: string | null | undefined;
}

export interface NewBox extends Words, Place {
  kind: BoxKind;
  /** Id of its page; the first one, or that of the boundary, without. */
  page?: string | undefined;
}

/** Until it is drawn. */
const NO_LINE = [
  [0, 0],
  [0, 0],
];

/** @throws {EditRefused} */
export function addBox(draft: Draft, id: string, { kind, page, ...given }: NewBox): void {
  const holder = given.boundary ? boundaryOf(draft, given.boundary) : null;
  const pageId = page ?? (holder ? draft.pageOf(holder) : draft.pages()[0]!.id);
  if (!draft.pages().some(each => each.id === pageId)) throw new EditRefused(`There is no page ${pageId}.`);
  const [w, h] = KINDS[kind].size;
  const place = { parentId: pageId, index: topIndex(draft, pageId) };
  const fresh = given.line
    ? freshShape(id, 'boundary_line', place, { points: NO_LINE })
    : freshShape(id, kind, place, { w, h, name: '' });
  draft.put(withWords(fresh, kind, given));
  putInPlace(draft, id, { ...given, boundary: given.boundary ?? null });
}

/** @throws {EditRefused} */
export function changeBox(draft: Draft, id: string, change: Words & Place): void {
  const shape = draft.shape(id)!;
  draft.put(withWords(shape, isElementKind(shape.type) ? shape.type : 'trust_boundary', change));
  const { position, box, line, boundary } = change;
  if (position || box || line || boundary !== undefined) putInPlace(draft, id, change);
}

function putInPlace(draft: Draft, id: string, { position, box, line, boundary }: Place): void {
  const holder = boundary ? boundaryOf(draft, boundary) : null;
  const shape = () => draft.shape(id)!;
  const { type } = shape();
  if (holder && draft.pageOf(holder) !== draft.pageOf(shape())) {
    throw new EditRefused('The boundary is on another page.');
  }
  if (line && (box || position)) {
    throw new EditRefused('A line says where it lies: there can be no box and no position beside it.');
  }
  if (line && type !== 'boundary_line')
    throw new EditRefused('This boundary is closed: it has a box, no line.');
  if (box && type === 'boundary_line') throw new EditRefused('This boundary is open: it has a line, no box.');
  const redrawn = line && JSON.stringify(line) !== JSON.stringify(lineOf(draft, shape()));
  if (redrawn) drawThrough(draft, shape(), line);
  if (box) draft.put({ ...shape(), props: { ...shape().props, w: box[2], h: box[3] } });
  const at = box ? ([box[0], box[1]] as const) : position;
  if (at) moveTo(draft, shape(), at);
  else if (!line && boundary !== undefined && !placeFreely(draft, id, holder)) {
    throw new EditRefused('The boundary has no room left for it: make it larger, or say a position.');
  }
  if (holder && !holdsPoint(draft, holder, centreOf(draft, shape()))) {
    throw new EditRefused('The position puts its centre outside of the boundary.');
  }
  if (type === 'trust_boundary') settleBoundary(draft, id);
  else findHome(draft, id);
}

function boundaryOf(draft: Draft, id: string): ShapeRecord {
  const shape = draft.shape(id);
  if (shape?.type === 'boundary_line')
    throw new EditRefused(`The boundary ${id} is open: nothing lies in it.`);
  if (shape?.type !== 'trust_boundary') throw new EditRefused(`There is no boundary ${id}.`);
  return shape;
}

/** Removes an element or boundary. Flows that ended at it keep that end, free; what a boundary held stays where it is. */
export function removeBox(draft: Draft, id: string): void {
  const shape = draft.shape(id)!;
  if (isElementKind(shape.type)) freeEnds(draft, shape);
  releaseContents(draft, shape);
  draft.delete(id);
}
