/** The difference between what the document suggests and what the model asks for now. */
import type { Suggestion } from '../document/threats.ts';

export interface PassResult {
  /** New or changed suggestions. */
  put: Suggestion[];
  /** Ids of suggestions whose cause went away and that nobody judged. */
  withdraw: string[];
}

/**
 * A suggestion whose cause went away is withdrawn if nobody judged it, else marked stale: what a person decided never disappears.
 * @param current the suggestions in the document
 * @param wanted the suggestions of the model as it is
 * @param judged ids of the suggestions that carry a verdict
 */
export function reconcile(
  current: readonly Suggestion[],
  wanted: readonly Suggestion[],
  judged: ReadonlySet<string>,
): PassResult {
  const before = new Map(current.map(suggestion => [suggestion.id, suggestion]));
  const after = new Set(wanted.map(({ id }) => id));
  const put = wanted.filter(suggestion => !alike(before.get(suggestion.id), suggestion));
  const withdraw: string[] = [];
  for (const suggestion of current) {
    if (after.has(suggestion.id)) continue;
    if (!judged.has(suggestion.id)) withdraw.push(suggestion.id);
    else if (!suggestion.stale) put.push({ ...suggestion, stale: true });
  }
  return { put, withdraw };
}

const alike = (a: Suggestion | undefined, b: Suggestion): boolean =>
  a !== undefined &&
  a.stale === b.stale &&
  JSON.stringify(a.why) === JSON.stringify(b.why) &&
  a.rule === b.rule;
