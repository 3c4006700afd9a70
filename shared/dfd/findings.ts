import { FINDINGS, type Finding, type FindingCode, type Model } from './model.ts';
import { answersOf, isVague, seemsToCarry } from './wording.ts';

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
  const read = new Set<string | null>();
  const written = new Set<string | null>();
  const ways = new Set<string>();
  for (const { source, target, bidirectional } of flows) {
    read.add(source);
    written.add(target);
    ways.add(`${source} ${target}`);
    if (!bidirectional) continue;
    read.add(target);
    written.add(source);
    ways.add(`${target} ${source}`);
  }
  const used = elements.filter(({ id, kind }) => kind === 'data_store' && connected.has(id));

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
    ['unread-store', used.filter(({ id }) => !read.has(id))],
    ['unwritten-store', used.filter(({ id }) => !written.has(id))],
    [
      'one-way-answer',
      flows.filter(
        ({ source, target, attributes }) =>
          source && target && answersOf(attributes) && !ways.has(`${target} ${source}`),
      ),
    ],
    ['vague-word', [...elements, ...flows].filter(isVague)],
    ['unmarked-payload', flows.filter(flow => seemsToCarry(flow) !== null)],
    ['straddling-element', straddling.map(id => ({ id }))],
  ];
  return found.flatMap(([code, places]) =>
    places.map(({ id }) => ({ code, on: id, message: FINDINGS[code] })),
  );
}
