import type { Model } from '../dfd/model.ts';
import type { Suggestion } from '../document/threats.ts';
import { perCrossing } from './methods/per-crossing.ts';
import { type Subject, subjectsOf } from './subject.ts';

/** The ways to walk a model, each a pure function of one element or flow of it. A session uses one. */
export const METHODS = {
  'per-crossing': { label: 'Per trust-boundary crossing', suggest: perCrossing },
} as const satisfies Record<string, { label: string; suggest: (subject: Subject) => Suggestion[] }>;

export type Method = keyof typeof METHODS;

export const METHOD_NAMES = Object.keys(METHODS) as [Method, ...Method[]];
export const DEFAULT_METHOD: Method = 'per-crossing';

export const isMethod = (name: string): name is Method => Object.hasOwn(METHODS, name);

/** Every suggestion for a model, ordered by id: the same model gives the same list, on every machine. */
export function suggest(model: Model, method: Method): Suggestion[] {
  return subjectsOf(model)
    .flatMap(METHODS[method].suggest)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
