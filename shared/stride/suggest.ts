import type { Flow, Model } from '../dfd/model.ts';
import type { Suggestion } from '../document/threats.ts';
import { type Choices, suggestFor } from './ask.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Method } from './method-names.ts';

export const NO_CHOICES: Choices = { catalogue: CATALOGUE, workflows: new Set(), heirs: new Map() };

/** Every suggestion for a model, ordered by id: the same model gives the same list, on every machine. */
export function suggest(model: Model, method: Method, choices: Choices = NO_CHOICES): Suggestion[] {
  const elements = new Map(model.elements.map(element => [element.id, element]));
  const flowsAt = new Map<string, Flow[]>(model.elements.map(({ id }) => [id, []]));
  for (const flow of model.flows) {
    for (const end of new Set([flow.source, flow.target])) if (end) flowsAt.get(end)?.push(flow);
  }
  const ground = { elements };
  const suggestions: Suggestion[] = [];
  for (const things of [model.elements, model.flows]) {
    for (const thing of things) {
      suggestions.push(...suggestFor(thing, flowsAt.get(thing.id) ?? [], method, choices, ground));
    }
  }
  return suggestions.sort((a, b) => (a.id < b.id ? -1 : 1));
}
