import type { ElementKind } from '../dfd/kinds.ts';
import type { Element, Flow, Model } from '../dfd/model.ts';

/**
 * What a method is asked about: an element with the flows that start or end there, or a flow by itself. Nothing else of a model
 * bears on what is suggested for it, so nothing else is asked about anew when a model changes.
 */
export interface Subject {
  kind: ElementKind | 'data_flow';
  thing: Element | Flow;
  flows: readonly Flow[];
}

export const ofElement = (thing: Element, flows: readonly Flow[]): Subject => ({
  kind: thing.kind,
  thing,
  flows,
});

export const ofFlow = (thing: Flow): Subject => ({ kind: 'data_flow', thing, flows: [thing] });

/** Everything in a model that a method is asked about. */
export function subjectsOf({ elements, flows }: Model): Subject[] {
  const byEnd = new Map<string, Flow[]>(elements.map(({ id }) => [id, []]));
  for (const flow of flows) {
    for (const end of new Set([flow.source, flow.target])) if (end) byEnd.get(end)?.push(flow);
  }
  return [...elements.map(element => ofElement(element, byEnd.get(element.id)!)), ...flows.map(ofFlow)];
}
