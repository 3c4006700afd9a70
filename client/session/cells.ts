/** How the suggestions of a cell are laid out. */
import type { Suggestion } from '#shared/document/threats.ts';

export interface TargetGroup {
  target: string;
  suggestions: Suggestion[];
}

/** The suggestions of a cell by what they are about, in the order given; the most worthwhile of each first. */
export function byTarget(
  suggestions: readonly Suggestion[],
  order: readonly (string | null)[],
): TargetGroup[] {
  const groups = new Map<string, Suggestion[]>();
  for (const id of order) if (id !== null) groups.set(id, []);
  for (const suggestion of suggestions) {
    const group = groups.get(suggestion.target);
    if (group) group.push(suggestion);
    else groups.set(suggestion.target, [suggestion]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 0)
    .map(([target, group]) => ({
      target,
      suggestions: group.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1)),
    }));
}
