/** Makes, changes and removes notes: sticky ones, and plain text on the board. */

import type { ShapeRecord } from '../../document/board.ts';
import { freshShape } from '../../document/build.ts';
import { plainText, richText } from '../../document/rich-text.ts';
import type { Point } from '../geometry.ts';
import type { Draft } from './draft.ts';
import { findHome, topIndex } from './holders.ts';
import { EditRefused } from './refusal.ts';
import { moveTo, round, toPage } from './space.ts';

export const NOTE_KINDS = ['note', 'text'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

export interface Note {
  id: string;
  page: string;
  kind: NoteKind;
  text: string;
  /** Its left top in page units. */
  position: Point;
}

export const isNote = ({ type }: ShapeRecord): boolean => type === 'note' || type === 'text';

export function readNotes(draft: Draft): Note[] {
  return draft
    .shapes()
    .filter(isNote)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(shape => {
      const [x, y] = toPage(draft, shape.id, [0, 0]);
      return {
        id: shape.id,
        page: draft.pageOf(shape),
        kind: shape.type as NoteKind,
        text: plainText(shape.props.richText),
        position: [round(x), round(y)] as const,
      };
    });
}

/** @throws {EditRefused} */
export function addNote(
  draft: Draft,
  id: string,
  {
    kind,
    page,
    text,
    position,
  }: { kind: NoteKind; page?: string | undefined; text: string; position: Point },
): void {
  const parentId = page ?? draft.pages()[0]!.id;
  if (!draft.pages().some(each => each.id === parentId))
    throw new EditRefused(`There is no page ${parentId}.`);
  const place = { parentId, index: topIndex(draft, parentId) };
  // As wide as tldraw makes one; the text itself decides then.
  draft.put(freshShape(id, kind, place, { richText: richText(text), ...(kind === 'text' && { w: 8 }) }));
  changeNote(draft, id, { position });
}

export function changeNote(
  draft: Draft,
  id: string,
  { text, position }: { text?: string | undefined; position?: Point | undefined },
): void {
  const shape = draft.shape(id)!;
  if (text !== undefined) draft.put({ ...shape, props: { ...shape.props, richText: richText(text) } });
  if (!position) return;
  moveTo(draft, draft.shape(id)!, position);
  findHome(draft, id);
}
