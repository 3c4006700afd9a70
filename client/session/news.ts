/** What others did, in a sentence for who can't watch the whole screen. */
import { type Threat, threatRef } from '#shared/document/threats.ts';

/** One sentence for each threat that somebody else added; numbered ones only, so that each is said once. */
export function newsOf(before: readonly Threat[], after: readonly Threat[], myId: string): string[] {
  if (before === after) return [];
  const known = new Set(before.filter(({ number }) => number !== null).map(({ id }) => id));
  return after
    .filter(({ id, by, number }) => number !== null && !known.has(id) && by.id !== myId)
    .map(threat => `${threat.by.name} added threat ${threatRef(threat)}: ${threat.title}`);
}
