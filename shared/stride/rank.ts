/**
 * How suggestions are ranked: the higher, the earlier it is worth reading. A sum of small whole numbers, so that the same model
 * gives the same order everywhere and a person can follow it.
 */

import type { Answer } from '../dfd/attributes.ts';
import type { Letter } from './letters.ts';
import type { AskedKind } from './rule.ts';

/**
 * How much there is to find: what published models and advisories hold of each letter on each kind of thing. Missing or weak
 * authentication and access control lead the advisories for medical devices, missing encryption follows (CISA ICSMA, 433 records);
 * the usual STRIDE-per-element table (Shostack 2014, table 3-9) has the others in their places.
 */
export type RankedKind = AskedKind | 'external_system';

const PRIOR: Record<RankedKind, Record<Letter, number>> = {
  external_entity: { S: 5, R: 3, T: 2, I: 2, D: 2, E: 2 },
  external_system: { S: 5, R: 3, T: 4, I: 4, D: 4, E: 4 },
  process: { S: 5, T: 5, E: 5, D: 5, I: 6, R: 4 },
  data_store: { I: 6, T: 5, D: 4, R: 3, S: 3, E: 2 },
  data_flow: { I: 6, T: 5, D: 4, S: 3, R: 2, E: 2 },
};

/** What carries the most harm when it is wrong, or read by others. */
const PAYLOAD: ReadonlyMap<string, number> = new Map(
  Object.entries({
    commands: 3,
    firmware: 3,
    alarms: 3,
    treatment_plan: 3,
    drug_library: 3,
    credentials: 2,
    phi: 2,
    config: 2,
    orders: 2,
    patient_id: 2,
    images: 2,
    analysis_results: 2,
  }),
);

export interface Circumstances {
  kind: RankedKind;
  letter: Letter;
  /** What the rule adds by itself. */
  worth: number;
  /** Most boundaries that one of its flows crosses. */
  crossed: number;
  /** Harm in what is carried or kept: see {@link harmOf}. */
  carried: number;
  /** Whether a failure of the element puts a patient at risk. */
  essential: boolean;
  /** Tests that an answer, not its absence, made hold. */
  answered: number;
}

/** How much harm lies in data, by the answer that names it: the most of any that it names. */
export function harmOf(data: Answer = []): number {
  if (typeof data === 'string') return PAYLOAD.get(data) ?? 0;
  let most = 0;
  for (const each of data) most = Math.max(most, PAYLOAD.get(each) ?? 0);
  return most;
}

export function rank({ kind, letter, worth, crossed, carried, essential, answered }: Circumstances): number {
  return (
    2 * PRIOR[kind][letter] +
    Math.min(2, crossed) +
    carried +
    (essential ? 2 : 0) +
    worth +
    Math.min(3, answered)
  );
}

/** Most suggestions of one target that are shown before somebody asks for more. */
export const SHOWN = 3;
