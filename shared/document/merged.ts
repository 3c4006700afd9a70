/** Threats that say the same as another: which stands for which, and what merging one into another writes. */
import { type Threat, threatRef } from './threats.ts';

/** As people call it: T7, or by its title while the server has not numbered it. */
export const callIt = (threat: Pick<Threat, 'number' | 'title'>): string =>
  threat.number === null ? `“${threat.title}”` : threatRef(threat);

/** Registers of a threat that is merged into another; what it said before stays in the others. */
export const mergedInto = (other: Threat) => ({
  into: other.id,
  status: 'rejected' as const,
  justification: `Same as ${callIt(other)}.`,
});

/** Registers of a merged threat that is taken out again: it waits to be judged. */
export const TAKEN_OUT = { into: '', status: 'proposed', justification: '' } as const;

/**
 * The threat that stands for each, by id: itself, unless it was merged. Of some that were merged into each other in a ring, as by two
 * moderators at once, the one with the lowest number stands for all.
 */
export function standIns(threats: readonly Threat[]): ReadonlyMap<string, Threat> {
  const byId = new Map(threats.map(threat => [threat.id, threat]));
  const found = new Map<string, Threat>();
  for (const threat of threats) {
    const path = [threat];
    for (;;) {
      const last = path.at(-1)!;
      const next = byId.get(last.into);
      const ring = next ? path.indexOf(next) : -1;
      const head = next && (found.get(next.id) ?? (ring < 0 ? null : path.slice(ring).reduce(earlier)));
      if (next && !head) {
        path.push(next);
        continue;
      }
      for (const each of path) found.set(each.id, head ?? last);
      break;
    }
  }
  return found;
}

const earlier = (a: Threat, b: Threat): Threat => {
  const order = (a.number ?? Infinity) - (b.number ?? Infinity) || (a.id < b.id ? -1 : 1);
  return order < 0 ? a : b;
};

/** A threat with those that were merged into it, directly or by way of others. */
export interface Gathered {
  threat: Threat;
  merged: Threat[];
}

/** In the order given. */
export function gathered(threats: readonly Threat[]): Gathered[] {
  const heads = standIns(threats);
  const groups = new Map<string, Gathered>();
  for (const threat of threats) {
    if (heads.get(threat.id) === threat) groups.set(threat.id, { threat, merged: [] });
  }
  for (const threat of threats) {
    const head = heads.get(threat.id)!;
    if (head !== threat) groups.get(head.id)!.merged.push(threat);
  }
  return [...groups.values()];
}
