/** How good a list of suggestions is, held against what people recorded. */
import { attributesOf } from '#shared/dfd/attributes.ts';
import { kindOf, type Model } from '#shared/dfd/model.ts';
import type { Suggestion } from '#shared/document/threats.ts';
import { PER_ELEMENT } from '#shared/stride/gaps.ts';
import type { Method } from '#shared/stride/method-names.ts';
import { SHOWN } from '#shared/stride/rank.ts';
import { suggest } from '#shared/stride/suggest.ts';
import type { Recorded, Sample } from './models.ts';

/** The part of the recorded pairs that somebody who reads the list has to meet. */
const TO_MEET = 0.9;

export interface Reading {
  /** Pairs of target and letter that are suggested at all, of those recorded. */
  recall: number;
  /** Length of the list, each pair once. */
  list: number;
  /** Pairs read, from the top, until enough of the recorded ones are met; the whole list when they never are. */
  read: number;
  /** The same as a part of the list. */
  burden: number;
}

const keyOf = ({ target, letter }: Recorded): string => `${letter} ${target}`;

/** The pairs of a list in the order in which they are read. */
export function rankedPairs(suggestions: readonly Suggestion[]): string[] {
  const ranked = suggestions.toSorted((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  return [...new Set(ranked.map(({ target, stride }) => keyOf({ target, letter: stride })))];
}

export function readingOf({ model, recorded }: Sample, method: Method): Reading {
  const list = rankedPairs(suggest(model, method));
  const wanted = new Set(recorded.map(keyOf));
  const found = list.flatMap((pair, i) => (wanted.has(pair) ? [i + 1] : []));
  const needed = Math.ceil(TO_MEET * wanted.size);
  const read = found[needed - 1] ?? list.length;
  return {
    recall: found.length / wanted.size,
    list: list.length,
    read,
    burden: list.length === 0 ? 1 : read / list.length,
  };
}

/**
 * The plain per-element table read in random order: of `h` recorded pairs among `n`, the k-th is met after k (n + 1) / (h + 1) on
 * average.
 */
export function baselineOf({ model, recorded }: Sample): Reading {
  const table = new Set(
    [...model.elements, ...model.flows].flatMap(thing =>
      PER_ELEMENT[kindOf(thing)].map(letter => keyOf({ target: thing.id, letter })),
    ),
  );
  const found = recorded.filter(pair => table.has(keyOf(pair))).length;
  const needed = Math.ceil(TO_MEET * recorded.length);
  const read = found >= needed ? (needed * (table.size + 1)) / (found + 1) : table.size;
  return { recall: found / recorded.length, list: table.size, read, burden: read / table.size };
}

/** Suggestions of which a live session shows a target's first few. */
export function shownOf(suggestions: readonly Suggestion[]): number {
  const byTarget = new Map<string, number>();
  for (const { target } of suggestions) byTarget.set(target, (byTarget.get(target) ?? 0) + 1);
  return [...byTarget.values()].reduce((sum, count) => sum + Math.min(SHOWN, count), 0);
}

/** How all that can be answered is: every control in place, and no risky trait there or each of them. */
export type Answered = 'securely' | 'securely-with-traits';

/** The model with every question answered that has an answer which says that it is taken care of. */
export function answeredSecurely(model: Model, way: Answered): Model {
  const answered = <T extends Model['elements'][number] | Model['flows'][number]>(thing: T): T => {
    const answers = attributesOf(kindOf(thing)).flatMap(({ key, safe }) => {
      if (safe === undefined) return [];
      return [[key, safe === 'no' && way === 'securely-with-traits' ? 'yes' : safe] as const];
    });
    return { ...thing, attributes: { ...thing.attributes, ...Object.fromEntries(answers) } };
  };
  return { ...model, elements: model.elements.map(answered), flows: model.flows.map(answered) };
}
