/**
 * STRIDE per element as a check after any method: which letters of which element nobody has considered. Considered is a letter with
 * a threat, with a suggestion that somebody judged, or of which somebody said why it does not apply.
 */
import { type Element, type Flow, kindOf, type Model } from '../dfd/model.ts';
import type { Heirs } from '../document/document.ts';
import type { Suggestion, Threat, Triage } from '../document/threats.ts';
import { LETTERS, type Letter } from './letters.ts';
import type { AskedKind } from './rule.ts';

/** The letters asked of each kind of thing: Shostack, Threat Modeling (2014), table 3-9. */
export const PER_ELEMENT: Record<AskedKind, readonly Letter[]> = {
  external_entity: ['S', 'R'],
  process: LETTERS,
  data_store: ['T', 'R', 'I', 'D'],
  data_flow: ['T', 'I', 'D'],
};

/** Id of the verdict that a letter does not apply to a thing; see {@link Heirs} for the flow it stands under. */
export const doesNotApply = (letter: Letter, thing: string, heirs: Heirs = new Map()): string =>
  `${letter}/${heirs.get(thing) ?? thing}`;

export type Consideration =
  /** Nobody looked at it. */
  | { state: 'open' }
  | { state: 'threat'; threats: Threat[] }
  /** Suggestions were looked at, and none became a threat. */
  | { state: 'judged' }
  | { state: 'does-not-apply'; verdict: Triage };

export interface GapRow {
  thing: Element | Flow;
  /** The letters that its kind is asked for, in their order. */
  letters: ReadonlyMap<Letter, Consideration>;
  /**
   * Other letters under which something is recorded or judged, or suggested where no row of the index table would show it: some
   * methods and specific rules ask for more.
   */
  beyond: ReadonlyMap<Letter, Consideration>;
}

export function gapsOf(
  model: Pick<Model, 'elements' | 'flows'>,
  threats: readonly Threat[],
  suggestions: readonly Suggestion[],
  triage: ReadonlyMap<string, Triage>,
  heirs: Heirs,
): GapRow[] {
  const name = (thing: string, letter: Letter) => `${letter} ${thing}`;
  const recorded = new Map<string, Threat[]>();
  for (const threat of threats) {
    if (threat.status === 'rejected') continue;
    for (const letter of threat.stride) {
      const key = name(threat.target, letter);
      const known = recorded.get(key);
      if (known) known.push(threat);
      else recorded.set(key, [threat]);
    }
  }
  const judged = new Set<string>();
  const suggested = new Set<string>();
  for (const { id, target, stride, stale } of suggestions) {
    if (triage.has(id)) judged.add(name(target, stride));
    else if (!stale) suggested.add(name(target, stride));
  }
  const consider = (thing: string, letter: Letter): Consideration => {
    const found = recorded.get(name(thing, letter));
    if (found) return { state: 'threat', threats: found };
    const verdict = triage.get(doesNotApply(letter, thing, heirs));
    if (verdict) return { state: 'does-not-apply', verdict };
    return { state: judged.has(name(thing, letter)) ? 'judged' : 'open' };
  };
  const crossing = model.flows.filter(({ crosses }) => crosses.length > 0);
  const inTable = new Set(crossing.flatMap(({ id, source, target }) => [id, source, target]));
  return [...model.elements, ...model.flows].map(thing => {
    const hasSuggestions = (letter: Letter) =>
      !inTable.has(thing.id) && suggested.has(name(thing.id, letter));
    const asked = PER_ELEMENT[kindOf(thing)];
    const letters = new Map<Letter, Consideration>();
    const beyond = new Map<Letter, Consideration>();
    for (const letter of LETTERS) {
      const found = consider(thing.id, letter);
      if (asked.includes(letter)) letters.set(letter, found);
      else if (found.state !== 'open' || hasSuggestions(letter)) beyond.set(letter, found);
    }
    return { thing, letters, beyond };
  });
}
