/** On which page of the board each diagram of a file belongs. */
import { FIRST_PAGE } from '#shared/document/repair.ts';
import type { Diagram } from '#shared/formats/threat-model.ts';
import type { Board } from './board-of.ts';
import { hash } from './facts.ts';

/**
 * The page that an earlier import made of the diagram, that has its id, or that holds most of its things; else the first, while it is
 * empty; else a new one.
 * @returns ids of pages, in the order of the diagrams
 */
export function pagesFor(diagrams: readonly Diagram[], board: Board, format: string): string[] {
  const pages = board.model.diagrams.map(({ id }) => `page:${id}`);
  const taken = new Set<string>();
  const claim = (page: string | undefined): string | undefined => {
    if (page === undefined || taken.has(page)) return undefined;
    taken.add(page);
    return page;
  };
  const known = diagrams.map(diagram =>
    claim(pages.find(page => board.markOfRecord(page, format)?.id === hash(diagram.id))),
  );
  const found = diagrams.map(
    (diagram, i) =>
      known[i] ?? claim(pages.find(page => page === `page:${diagram.id}`)) ?? claim(mostOf(diagram, board)),
  );
  return diagrams.map((diagram, i) => {
    const page = found[i] ?? (isEmpty(FIRST_PAGE, board) ? claim(FIRST_PAGE) : undefined);
    if (page !== undefined) return page;
    let id = `page:${diagram.id}`;
    for (let n = 2; taken.has(id) || board.records.has(id); n++) id = `page:${diagram.id}~${n}`;
    taken.add(id);
    return id;
  });
}

function isEmpty(page: string, board: Board): boolean {
  for (const record of board.records.values()) if (record.parentId === page) return false;
  return true;
}

function mostOf({ elements, flows, boundaries }: Diagram, board: Board): string | undefined {
  const counts = new Map<string, number>();
  for (const { id } of [...elements, ...flows, ...boundaries]) {
    const page = board.pages.get(id);
    if (page !== undefined) counts.set(page, (counts.get(page) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
