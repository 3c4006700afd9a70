/** Everything a diagram is made of, under one roof: what panels name, point at and inspect. */
import type { Kind } from '#shared/dfd/kinds.ts';
import { KINDS } from '#shared/dfd/kinds.ts';
import type { Boundary, Element, Flow, Model } from '#shared/dfd/model.ts';

export type Thing = ({ kind: 'data_flow' } & Flow) | ({ kind: 'trust_boundary' } & Boundary) | Element;

export function thingsOf({ elements, flows, boundaries }: Model): Map<string, Thing> {
  const things: Thing[] = [
    ...elements,
    ...flows.map(flow => ({ kind: 'data_flow' as const, ...flow })),
    ...boundaries.map(boundary => ({ kind: 'trust_boundary' as const, ...boundary })),
  ];
  return new Map(things.map(thing => [thing.id, thing]));
}

/** Its name, or what it is while it has none, or that it is gone; an imported threat may be on no single thing. */
export function labelOf(things: ReadonlyMap<string, Thing>, id: string | null): string {
  if (id === '') return 'the whole system';
  const thing = id === null ? undefined : things.get(id);
  if (!thing) return id === null ? 'nothing' : 'something deleted';
  return thing.name || unnamed(thing.kind);
}

export const unnamed = (kind: Kind): string => `Unnamed ${KINDS[kind].label.toLowerCase()}`;

export const labelsOf = (things: ReadonlyMap<string, Thing>, ids: readonly string[]): string =>
  ids.map(id => labelOf(things, id)).join(', ');
