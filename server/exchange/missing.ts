/** What an earlier import of a file brought and the file has no more. */
import { type Changes, changesBetween } from '#shared/formats/changes.ts';
import type { Diagram, ThreatModel } from '#shared/formats/threat-model.ts';
import type { Board } from './board-of.ts';
import { hash, markOf } from './facts.ts';

type Change = Changes['removed'][number];

/**
 * Looks at the pages of the file's diagrams, and at those that a file of this format and title had before.
 * @param pages of the file's diagrams
 */
export function missingIn(
  file: ThreatModel,
  pages: readonly string[],
  board: Board,
  format: string,
): Change[] {
  const title = hash(file.title);
  const isFiles = ({ id }: Diagram) =>
    pages.includes(`page:${id}`) || board.markOfRecord(`page:${id}`, format)?.of === title;
  const marked = (id: string) => board.markOfRecord(`shape:${id}`, format) !== null;
  const here = board.model.diagrams.filter(isFiles).map(diagram => ({
    ...diagram,
    elements: diagram.elements.filter(({ id }) => marked(id)),
    flows: diagram.flows.filter(({ id }) => marked(id)),
    boundaries: diagram.boundaries.filter(({ id }) => marked(id)),
    notes: diagram.notes.filter(({ id }) => marked(id)),
  }));
  const things = new Set(
    here.flatMap(({ elements, flows, boundaries }) =>
      [...elements, ...flows, ...boundaries].map(({ id }) => id),
    ),
  );
  const threats = board.model.threats.filter(
    ({ foreign, target }) => markOf(foreign, format) && (target === '' || things.has(target)),
  );
  const { removed } = changesBetween({ ...board.model, diagrams: here, threats }, file);
  // The pages of the file's own diagrams may be called otherwise.
  return removed.filter(({ kind, id }) => kind !== 'diagram' || !pages.includes(`page:${id}`));
}
