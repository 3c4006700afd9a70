/** What the crowd does on a board, in the registers of shared/document. */
import { putRecord } from '#shared/document/board.ts';
import { element } from '#shared/document/build.ts';
import type { EntryMap } from '#shared/document/document.ts';
import type { At } from './person.ts';

export function drawOrMove(board: EntryMap, shape: string, [x, y]: At): void {
  const entry = board.get(shape);
  if (entry) entry.set('at', [x, y]);
  else putRecord(board, process(shape.slice('shape:'.length), [x, y]));
}

export const process = (id: string, [x, y]: At) =>
  element('process', { id, name: `Process ${id}`, box: [x, y, 180, 90], index: 'a1' });

/** Where every shape is. */
export function positions(board: EntryMap): Map<string, At> {
  const found = new Map<string, At>();
  for (const [id, entry] of board) {
    const at = entry.get('at');
    if (Array.isArray(at)) found.set(id, at as At);
  }
  return found;
}
