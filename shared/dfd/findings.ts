import { FINDINGS, type Finding, type FindingCode, type Model } from './model.ts';

/**
 * What is odd about a diagram, each with the place it is about. A finding is advice, never a refusal.
 * @param straddling ids of the elements that lie across a boundary, which only geometry can tell
 */
export function findingsOf(model: Omit<Model, 'findings'>, straddling: readonly string[]): Finding[] {
  const { elements, flows, boundaries } = model;
  const stores = new Set(elements.filter(({ kind }) => kind === 'data_store').map(({ id }) => id));
  const connected = new Set(flows.flatMap(({ source, target }) => [source, target]));
  const crossed = new Set(flows.flatMap(({ crosses }) => crosses));
  const named = ({ name }: { name: string }) => name !== '';

  const found: [FindingCode, { id: string }[]][] = [
    ['unlabelled-element', elements.filter(element => !named(element))],
    ['unlabelled-flow', flows.filter(flow => !named(flow))],
    ['unlabelled-boundary', boundaries.filter(boundary => !named(boundary))],
    ['free-end', flows.filter(({ source, target }) => !source || !target)],
    [
      'store-to-store',
      flows.filter(({ source, target }) => source && target && stores.has(source) && stores.has(target)),
    ],
    ['unconnected-element', elements.filter(({ id }) => !connected.has(id))],
    ['uncrossed-boundary', boundaries.filter(({ id }) => !crossed.has(id))],
    ['open-boundary', boundaries.filter(({ open }) => open)],
    ['straddling-element', straddling.map(id => ({ id }))],
  ];
  return found.flatMap(([code, places]) =>
    places.map(({ id }) => ({ code, on: id, message: FINDINGS[code] })),
  );
}
