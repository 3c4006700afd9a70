/** What the parts of a Threagile model have in common. */
import { jsonOf, type Loose, textOf } from '../loose.ts';
import type { Thing } from '../threat-model.ts';

export const NAME = 'threagile';

/** Threagile's texts may be HTML of a report. */
export function plain(value: unknown): string {
  return textOf(textOf(value).replace(/<\/?[a-z][^<>]*>/gi, ''));
}

/** What only Threagile says of something, without what it says nothing in. */
export function keptOf(raw: Loose, used: readonly string[]): Pick<Thing, 'foreign'> {
  const kept = Object.entries(raw).filter(
    ([key, value]) => value !== null && value !== undefined && value !== '' && !used.includes(key),
  );
  if (kept.length === 0) return {};
  return { foreign: { [NAME]: Object.fromEntries(kept.map(([key, value]) => [key, jsonOf(value)])) } };
}
