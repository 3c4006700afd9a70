/**
 * Arrows that are drawn anew. What was decided about a flow stands under the id of its arrow; when that arrow is gone and another
 * one comes between the same elements, the new one takes its place, and is asked about under the old id from then on.
 */
import type { Flow } from '../dfd/model.ts';
import type { Heirs } from '../document/document.ts';
import type { Ends, Suggestion } from '../document/threats.ts';

/** The part of a live model that is looked at. */
export interface Arrows {
  flows: ReadonlyMap<string, Flow>;
  flowsAt(element: string): Flow[];
}

/**
 * @param heirs as they were
 * @param decided flows, by the ids under which something was decided about them, and where they last ended
 * @param isNew whether nothing was ever suggested or decided about a flow under its own id
 */
export function heirsNow(
  arrows: Arrows,
  heirs: Heirs,
  decided: ReadonlyMap<string, Ends>,
  isNew: (flow: string) => boolean,
): Heirs {
  const { flows } = arrows;
  // One that is back, as after an undo, takes its place itself.
  const now = new Map([...heirs].filter(([heir, key]) => flows.has(heir) && !flows.has(key)));
  const taken = new Set(now.values());
  const lost = [...decided].filter(([key]) => !flows.has(key) && !taken.has(key) && !heirs.has(key));
  for (const [key, [source, target]] of lost.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (source === null || target === null) continue;
    const between = arrows
      .flowsAt(source)
      .filter(flow => joins(flow, source, target) && !now.has(flow.id) && isNew(flow.id))
      .map(({ id }) => id)
      .sort();
    if (between[0] !== undefined) now.set(between[0], key);
  }
  return same(heirs, now) ? heirs : now;
}

/**
 * A suggestion about a flow as it stands on its heir, or on itself again; the same object when it does already.
 * @param heirOf heirs by the ids of the flows whose place they took
 */
export function onHeir(suggestion: Suggestion, heirOf: ReadonlyMap<string, string>): Suggestion {
  const { rule, target, id, why } = suggestion;
  if (why.part !== 'flow') return suggestion;
  const key = id.slice(rule.length + 1);
  const place = heirOf.get(key) ?? key;
  if (place === target) return suggestion;
  const moved = (on: string) => (on === target ? place : on);
  return {
    ...suggestion,
    target: place,
    why: {
      ...why,
      flows: why.flows.map(moved),
      facts: why.facts.map(([on, key, answer]) => [moved(on), key, answer]),
    },
  };
}

const joins = (flow: Flow, a: string, b: string): boolean =>
  (flow.source === a && flow.target === b) || (flow.source === b && flow.target === a);

const same = (a: Heirs, b: Heirs): boolean =>
  a.size === b.size && [...a].every(([heir, key]) => b.get(heir) === key);
