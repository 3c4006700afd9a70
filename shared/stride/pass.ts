/** The difference between what the document suggests and what the model asks for now. */
import { UNKNOWN } from '../dfd/attributes.ts';
import type { CauseChange, Suggestion } from '../document/threats.ts';
import type { LiveSuggestions } from './live-suggestions.ts';

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
 * @param whatChanged says what took a cause away
 * @param placed a suggestion about a flow that is gone, as it stands on the flow that took its place
 */
export function reconcile(
  current: readonly Suggestion[],
  wanted: readonly Suggestion[],
  judged: ReadonlySet<string>,
  whatChanged: (suggestion: Suggestion) => CauseChange,
  placed: (suggestion: Suggestion) => Suggestion = suggestion => suggestion,
): PassResult {
  const before = new Map(current.map(suggestion => [suggestion.id, suggestion]));
  const after = new Set(wanted.map(({ id }) => id));
  const put = wanted.filter(suggestion => !alike(before.get(suggestion.id), suggestion));
  const withdraw: string[] = [];
  for (const suggestion of current) {
    if (after.has(suggestion.id)) continue;
    if (!judged.has(suggestion.id)) withdraw.push(suggestion.id);
    else {
      const there = placed(suggestion);
      if (suggestion.stale && there === suggestion) continue;
      put.push({ ...there, stale: true, change: whatChanged(there) });
    }
  }
  return { put, withdraw };
}

const alike = (a: Suggestion | undefined, b: Suggestion): boolean =>
  a !== undefined &&
  a.stale === b.stale &&
  a.rule === b.rule &&
  a.target === b.target &&
  a.stride === b.stride &&
  a.rank === b.rank &&
  JSON.stringify(a.why) === JSON.stringify(b.why);

/** What took away the cause of a suggestion that the live ones no longer hold. */
export function whatChanged(live: LiveSuggestions, { rule, target, stride, why }: Suggestion): CauseChange {
  const { model, catalogue } = live;
  const thing = model.thing(target);
  if (!thing) return { what: 'gone' };
  if (!catalogue.rule(rule)) return { what: 'rule-off' };
  for (const [on, key, was] of why.facts) {
    const asked = model.thing(on);
    const is = String(asked?.attributes[key] ?? UNKNOWN);
    if (asked && is !== was) return { what: 'answered', on, key, was, is };
  }
  const specific = live
    .on(target)
    .find(other => other.stride === stride && !catalogue.rule(other.rule)?.generic);
  if (specific && catalogue.rule(rule)?.generic) return { what: 'specific', rule: specific.rule };
  const flows = why.flows.flatMap(id => model.flows.get(id) ?? []);
  if (flows.length < why.flows.length) return { what: 'flow-gone' };
  const crossed = why.boundaries.length > 0 && flows.every(({ crosses }) => crosses.length === 0);
  return crossed ? { what: 'no-crossing' } : { what: 'method' };
}
