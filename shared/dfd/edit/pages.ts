/** Makes, changes and removes pages. */
import type { BoardRecord } from '../../document/board.ts';
import { indexAt } from '../../document/indices.ts';
import type { Draft } from './draft.ts';
import { EditRefused } from './refusal.ts';

export interface PageChange {
  name?: string | undefined;
  /** Its place among the pages, from 0. */
  place?: number | undefined;
}

export function addPage(draft: Draft, id: string, { name, place }: PageChange & { name: string }): void {
  const pages = draft.pages();
  draft.put({ id, typeName: 'page', name, index: indexAt(pages.length + 1), meta: {} });
  putAt(draft, id, place ?? pages.length);
}

export function changePage(draft: Draft, id: string, { name, place }: PageChange): void {
  if (name !== undefined) draft.put({ ...draft.get(id)!, name });
  if (place !== undefined) putAt(draft, id, place);
}

function putAt(draft: Draft, id: string, place: number): void {
  const pages = draft.pages();
  const page = pages.find(each => each.id === id)!;
  const order = pages.filter(each => each !== page).toSpliced(place, 0, page);
  if (order.every((each, i) => each === pages[i]) && hasOrder(pages)) return;
  for (const [i, each] of order.entries()) draft.put({ ...each, index: indexAt(i + 1) });
}

const hasOrder = (pages: BoardRecord[]): boolean =>
  pages.every(({ index }, i) => i === 0 || String(pages[i - 1]!.index) < String(index));

/**
 * Removes a page with everything on it.
 * @throws {EditRefused} for the last one
 */
export function removePage(draft: Draft, id: string): void {
  if (draft.pages().length === 1) throw new EditRefused('A board has at least one page.');
  const gone = new Set(draft.shapes().filter(shape => draft.pageOf(shape) === id));
  const ids = new Set([...gone].map(shape => shape.id));
  for (const binding of draft.bindings()) {
    if (ids.has(binding.fromId) || ids.has(binding.toId)) draft.delete(binding.id);
  }
  for (const shape of gone) draft.delete(shape.id);
  draft.delete(id);
}
