/** The pages of a board: who may draw adds, renames and deletes them. Which one somebody looks at is nobody else's business. */
import { nanoid } from 'nanoid';
import { Places } from '#shared/dfd/geometry.ts';
import { type BoardRecord, isBinding, isShape, putRecord, readRecords } from '#shared/document/board.ts';
import { isLocked, isProtected, root } from '#shared/document/document.ts';
import { indexAbove } from '#shared/document/indices.ts';
import { pagesOf, repair } from '#shared/document/repair.ts';
import { can } from '#shared/document/rights.ts';
import { LOCAL_EDIT } from '../board/origin.ts';
import type { Desk } from './commands.ts';

/** @returns the new page's id, null where nothing may be drawn */
export function addPage(desk: Desk): string | null {
  const id = `page:${nanoid()}`;
  const added = edit(desk, records => {
    const pages = pagesOf(records.values());
    const names = new Set(pages.map(({ name }) => name));
    let n = pages.length + 1;
    while (names.has(`Diagram ${n}`)) n++;
    const index = indexAbove(String(pages.at(-1)!.index));
    putRecord(root(desk.doc, 'board'), { id, typeName: 'page', name: `Diagram ${n}`, index, meta: {} });
  });
  return added ? id : null;
}

export function renamePage(desk: Desk, id: string, name: string): void {
  edit(desk, () => void root(desk.doc, 'board').get(id)?.set('name', name));
}

/** Deletes a page and all that lies on it, as one step of undo; not the last page, and not what only moderators change. */
export function deletePage(desk: Desk, id: string): void {
  edit(desk, records => {
    if (pagesOf(records.values()).length < 2 || keepsPage(desk, id)) return;
    const board = root(desk.doc, 'board');
    for (const doomed of [id, ...contentsOf(records, id)]) board.delete(doomed);
  });
}

/** Whether something lies on a page that a moderator locked, so that it is not this person's to delete. */
export const keepsPage = ({ doc, me }: Desk, page: string): boolean =>
  !can.lock(me.role) &&
  contentsOf(repair(readRecords(root(doc, 'board'))), page).some(id => isProtected(doc, id));

/** How many things lie on a page. */
export const countOn = ({ doc }: Desk, page: string): number =>
  contentsOf(repair(readRecords(root(doc, 'board'))), page).filter(id => id.startsWith('shape:')).length;

/** Ids of the shapes on a page, and of the bindings of its arrows. */
function contentsOf(records: ReadonlyMap<string, BoardRecord>, page: string): string[] {
  const places = new Places(
    ({ parentId }) => {
      const holder = records.get(parentId);
      return holder && isShape(holder) ? holder : undefined;
    },
    ({ parentId }) => parentId,
  );
  const shapes = new Set<string>();
  for (const record of records.values()) {
    if (isShape(record) && places.pageOf(record) === page) shapes.add(record.id);
  }
  const bindings = [...records.values()].filter(isBinding).filter(({ fromId }) => shapes.has(fromId));
  return [...shapes, ...bindings.map(({ id }) => id)];
}

/** @param change given the board as everybody sees it @returns whether the person has the right */
function edit({ doc, me }: Desk, change: (records: Map<string, BoardRecord>) => void): boolean {
  if (!can.draw(me.role, isLocked(doc))) return false;
  const board = root(doc, 'board');
  doc.transact(() => {
    const records = repair(readRecords(board));
    // The page that stands in for all that were deleted is no page of the document until somebody works with it.
    for (const page of pagesOf(records.values())) if (!board.has(page.id)) putRecord(board, page);
    change(records);
  }, LOCAL_EDIT);
  return true;
}
