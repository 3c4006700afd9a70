/** What is worth asking next, worked out once for each snapshot however many panels show it. */
import type * as Y from 'yjs';
import { type Attribute, attributesOf, labelOfValue } from '#shared/dfd/attributes.ts';
import { IDENTIFYING, type Question, type Readiness, readiness } from '#shared/stride/questions.ts';
import type { Snapshot } from './snapshot.ts';
import type { Thing } from './things.ts';

const known = new WeakMap<Snapshot, Readiness>();

export function readinessOf(snapshot: Snapshot): Readiness {
  const before = known.get(snapshot);
  if (before) return before;
  const { model, suggestions, catalogue, triage } = snapshot;
  const found = readiness(model, suggestions, catalogue, id => triage.has(id));
  known.set(snapshot, found);
  return found;
}

/** A fold that hides fewer than these would take as much room as what it hides. */
const WORTH_FOLDING = 4;

/**
 * The attributes of a thing in two lots: what tells it from others, what was answered and what its suggestions look at, judged
 * ones too, because their cause may still go away; and the rest. The vocabulary is long, and most of it never matters to one thing.
 */
export function attributesFor(
  { id, kind, attributes }: Pick<Thing, 'id' | 'kind' | 'attributes'>,
  { suggestions }: Pick<Snapshot, 'suggestions'>,
): { first: Attribute[]; more: Attribute[] } {
  const asked = new Set<string>(IDENTIFYING);
  for (const { why, stale } of suggestions) {
    if (stale) continue;
    for (const [on, key] of why.facts) if (on === id) asked.add(key);
  }
  const all = attributesOf(kind);
  const isFirst = ({ key }: Attribute) => attributes[key] !== undefined || asked.has(key);
  const more = all.filter(attribute => !isFirst(attribute));
  return more.length < WORTH_FOLDING ? { first: [...all], more: [] } : { first: all.filter(isFirst), more };
}

/**
 * Questions that somebody here put off, by the name of each; until the page is loaded anew. Kept by document, because panels come
 * and go while one looks around.
 */
const skipped = new WeakMap<Y.Doc, Set<string>>();

export function skippedIn(doc: Y.Doc): Set<string> {
  const names = skipped.get(doc) ?? new Set();
  skipped.set(doc, names);
  return names;
}

export const nameOf = ({ on, attribute }: Pick<Question, 'on' | 'attribute'>): string =>
  `${on} ${attribute.key}`;

/** What an answer is good for. */
export function worthInWords({ attribute, settles, sharpens }: Omit<Question, 'on'>): string {
  const safe = attribute.safe === undefined ? undefined : labelOfValue(attribute, attribute.safe);
  const count = (n: number) => `${n} suggestion${n === 1 ? '' : 's'}`;
  const parts: string[] = [];
  if (settles > 0) parts.push(safe ? `“${safe}” settles ${count(settles)}` : `May settle ${count(settles)}`);
  if (sharpens > 0) {
    const what = settles > 0 ? String(sharpens) : count(sharpens);
    parts.push(settles > 0 ? `bears on ${what} more` : `Bears on ${what}`);
  }
  return `${parts.join(', ')}.`;
}
