/** What was decided, told where no cell of a table is left to hold it: nothing that somebody judged goes silently. */
import type { Suggestion, Triage } from '#shared/document/threats.ts';
import { isLetter, type Letter } from '#shared/stride/letters.ts';
import type { Snapshot } from './snapshot.ts';

/** A verdict, and what it is about: a suggestion, or a letter that is said not to apply to a thing. */
export type Decided = { verdict: Triage } & ({ suggestion: Suggestion } | { letter: Letter; thing: string });

/** The verdicts on some suggestions, of those that have one. */
export const decidedOn = (
  suggestions: readonly Suggestion[],
  { triage }: Pick<Snapshot, 'triage'>,
): Decided[] =>
  suggestions.flatMap(suggestion => {
    const verdict = triage.get(suggestion.id);
    return verdict ? [{ verdict, suggestion }] : [];
  });

/**
 * What was decided about what is gone or has changed, the latest first: suggestions without their cause, and letters of things that
 * were deleted. A threat that came from a suggestion says by itself what changed.
 */
export function decidedBefore(
  snapshot: Pick<Snapshot, 'suggestions' | 'triage' | 'things' | 'heirs' | 'threats'>,
): Decided[] {
  const { suggestions, triage, things, heirs, threats } = snapshot;
  const told = new Set(threats.map(({ suggestion }) => suggestion));
  const inherited = new Set(heirs.values());
  const isGone = (thing: string) => !things.has(thing) && !inherited.has(thing);
  const letters = [...triage.values()].flatMap((verdict): Decided[] => {
    const slash = verdict.id.indexOf('/');
    const [letter, thing] = [verdict.id.slice(0, slash), verdict.id.slice(slash + 1)];
    return isLetter(letter) && isGone(thing) ? [{ verdict, letter, thing }] : [];
  });
  const stale = suggestions.filter(({ id, stale }) => stale && !told.has(id));
  return [...decidedOn(stale, snapshot), ...letters].sort((a, b) => b.verdict.at - a.verdict.at);
}
