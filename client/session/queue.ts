/** What waits for a moderator: people's proposals, then the engine's suggestions; and who has which in front of them. */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { root } from '#shared/document/document.ts';
import type { Suggestion, Threat } from '#shared/document/threats.ts';
import { threatFrom } from '#shared/stride/accepted.ts';
import type { Compared } from '#shared/stride/duplicates.ts';
import type { Letter } from '#shared/stride/letters.ts';
import { isInRow } from '#shared/stride/matrix.ts';
import type { Person } from './people.ts';
import type { Snapshot } from './snapshot.ts';

export type Item = {
  /** Of the threat, or of the suggestion. */
  id: string;
  title: string;
  stride: readonly Letter[];
  target: string;
} & ({ kind: 'proposal'; threat: Threat } | { kind: 'suggestion'; suggestion: Suggestion });

type Queued = Pick<Snapshot, 'threats' | 'suggestions' | 'triage' | 'model' | 'info' | 'catalogue'>;

/**
 * Proposals, the oldest first; then open suggestions, those on the crossing that the team looks at before the others, the most
 * worthwhile first.
 */
export function queueOf({ threats, suggestions, triage, model, info, catalogue }: Queued): Item[] {
  const proposals = threats
    .filter(({ status }) => status === 'proposed')
    .sort((a, b) => a.at - b.at)
    .map((threat): Item => {
      const { id, title, stride, target } = threat;
      return { kind: 'proposal', id, title, stride, target, threat };
    });
  const crossing = model.flows.find(({ id }) => id === info.crossing);
  const isHere = ({ target }: Suggestion) => (crossing && isInRow(crossing, target) ? 1 : 0);
  const open = suggestions
    .filter(({ id, stale }) => !stale && !triage.has(id))
    .sort((a, b) => isHere(b) - isHere(a) || b.rank - a.rank || (a.id < b.id ? -1 : 1))
    .map((suggestion): Item => {
      const { title, stride, target } = threatFrom(suggestion, catalogue);
      return { kind: 'suggestion', id: suggestion.id, title, stride, target, suggestion };
    });
  return [...proposals, ...open];
}

/** Whether nobody has decided it yet, as the document says this moment. */
export function isWaiting(doc: Y.Doc, { kind, id }: Pick<Item, 'kind' | 'id'>): boolean {
  return kind === 'proposal'
    ? root(doc, 'threats').get(id)?.get('status') === 'proposed'
    : root(doc, 'suggestions').has(id) && !root(doc, 'triage').has(id);
}

/**
 * The next item from one on, around the end; the first without one, or where it is none of them.
 * @param passed ids of those that are passed over
 */
export function nextOf(
  queue: readonly Item[],
  from: string | null,
  step: 1 | -1,
  passed: { has(id: string): boolean },
): Item | null {
  const at = queue.findIndex(({ id }) => id === from);
  const start = at < 0 && step > 0 ? -1 : Math.max(at, 0);
  for (let i = 1; i <= queue.length; i++) {
    const item = queue[(start + step * i + queue.length * 2) % queue.length]!;
    if (item.id !== from && !passed.has(item.id)) return item;
  }
  return null;
}

/** What other moderators have in front of them: their awareness field `triage`, by the item's id. */
export function inFront(awareness: Awareness): Map<string, string> {
  const people = new Map<string, string>();
  for (const [client, state] of awareness.getStates()) {
    const { user, triage } = (state ?? {}) as { user?: Partial<Person>; triage?: unknown };
    if (client === awareness.clientID || user?.role !== 'moderator' || typeof triage !== 'string') continue;
    people.set(triage, user.name ?? 'Somebody');
  }
  return people;
}

/** An item as it is held against the recorded threats. */
export function compared(item: Item, { flows }: Snapshot['model']): Compared {
  const { id, title, stride, target } = item;
  const near = flows.flatMap(flow => {
    if (flow.id === target) return [flow.source, flow.target];
    return flow.source === target || flow.target === target ? [flow.id, flow.source, flow.target] : [];
  });
  return { id, title, stride, target, near: near.filter(each => each !== null) };
}
