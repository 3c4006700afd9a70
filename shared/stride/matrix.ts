/** The index table: a row for each flow that crosses a trust boundary, a column for each STRIDE letter. */
import type { Flow, Model } from '../dfd/model.ts';
import type { Suggestion, Threat, Triage } from '../document/threats.ts';
import { LETTERS, type Letter } from './letters.ts';

export interface Cell {
  threats: Threat[];
  /** Suggestions that nobody judged yet. */
  open: Suggestion[];
}

export interface Row {
  flow: Flow;
  cells: Record<Letter, Cell>;
}

/**
 * A threat or suggestion belongs to the row of the flow it is on, and to every row whose flow starts or ends at the element it
 * is on: an endpoint's threat is one threat, seen from each flow that reaches it.
 */
export function indexTable(
  model: Model,
  threats: readonly Threat[],
  suggestions: readonly Suggestion[],
  triage: readonly Triage[],
): Row[] {
  const judged = new Set(triage.map(({ id }) => id));
  const open = suggestions.filter(({ id, stale }) => !judged.has(id) && !stale);
  const live = threats.filter(({ status }) => status !== 'rejected');
  return model.flows
    .filter(({ crosses }) => crosses.length > 0)
    .map(flow => {
      const cell = (letter: Letter): Cell => ({
        threats: live.filter(({ target, stride }) => isInRow(flow, target) && stride.includes(letter)),
        open: open.filter(({ target, stride }) => isInRow(flow, target) && stride === letter),
      });
      return {
        flow,
        cells: Object.fromEntries(LETTERS.map(letter => [letter, cell(letter)])) as Row['cells'],
      };
    });
}

export const isInRow = (flow: Flow, target: string): boolean =>
  target === flow.id || target === flow.source || target === flow.target;
