/** A diagram as a blueprint of the CycloneDX 2.0 draft. */
import { attributesOf } from '../../dfd/attributes.ts';
import { KINDS, type Kind } from '../../dfd/kinds.ts';
import type { Diagram, FileElement, FileFlow, Skipped, Thing, ThreatModel } from '../threat-model.ts';
import { named, properties, type Refs } from './words.ts';

export function blueprintOf(
  diagram: Diagram,
  n: number,
  { title, scope }: ThreatModel,
  refs: Refs,
  skipped: Skipped[],
) {
  const tell = (what: string, why: string) => skipped.push({ what, why, where: '' });
  const zones = diagram.boundaries.filter(({ line }) => line === null);
  for (const { name, line } of diagram.boundaries) {
    if (line) tell(`boundary "${name}"`, 'a zone of CycloneDX is closed, this is a line');
  }
  for (const { text } of diagram.notes) tell(`note "${text}"`, 'CycloneDX has no notes');
  const zoneRefs = new Map(zones.map(({ id }) => [id, refs.of('thing', id)]));
  const elements = new Map(diagram.elements.map(element => [element.id, refs.of('thing', element.id)]));
  const stray = zones.length > 0 && diagram.elements.some(({ boundary }) => !zoneRefs.has(boundary ?? ''));
  const outside = stray ? refs.of('outside', diagram.id) : undefined;
  const zoneOf = ({ boundary }: FileElement): string | undefined => zoneRefs.get(boundary ?? '') ?? outside;
  const inZone = new Map(diagram.elements.map(element => [element.id, zoneOf(element)]));

  const flows = diagram.flows.flatMap(flow => {
    const source = 'element' in flow.source && elements.get(flow.source.element);
    const destination = 'element' in flow.target && elements.get(flow.target.element);
    if (source && destination) return [flowOf(flow, source, destination, refs)];
    tell(`flow "${flow.name}"`, 'a flow of CycloneDX has two ends');
    return [];
  });
  const pairs = diagram.flows.flatMap(({ source, target }) => {
    if (!('element' in source) || !('element' in target)) return [];
    const ends = [inZone.get(source.element), inZone.get(target.element)];
    return ends[0] && ends[1] && ends[0] !== ends[1] ? [JSON.stringify(ends.sort())] : [];
  });

  const located = (element: FileElement) => {
    const zone = zoneOf(element);
    return zone && { zone };
  };
  const stores = diagram.elements.filter(({ kind }) => kind === 'data_store');
  const assets = diagram.elements.filter(({ kind }) => kind !== 'data_store');
  return {
    'bom-ref': refs.of('blueprint', diagram.id),
    name: diagram.title || `Diagram ${n + 1}`,
    modelTypes: ['data-flow'],
    scope: { name: named(title, 'threat model'), ...(scope && { description: scope }) },
    assets: assets.map(element => ({
      'bom-ref': refs.of('thing', element.id),
      type: element.kind === 'process' ? 'process' : 'actor',
      name: nameOf(element, element.kind),
      ...located(element),
      ...restOf(element, element.kind),
    })),
    dataStores: stores.map(element => ({
      'bom-ref': refs.of('thing', element.id),
      name: nameOf(element, 'data_store'),
      ...(element.description && { description: element.description }),
      type: { name: 'unspecified' },
      ...located(element),
      ...restOf({ ...element, description: '' }, 'data_store'),
    })),
    zones: [
      ...zones.map(zone => {
        const parent = zoneRefs.get(zone.parent ?? '');
        return {
          'bom-ref': refs.of('thing', zone.id),
          name: nameOf(zone, 'trust_boundary'),
          type: 'trust',
          ...(parent && { parent }),
          ...restOf(zone, 'trust_boundary'),
        };
      }),
      ...(outside ? [{ 'bom-ref': outside, name: 'Outside of every trust boundary', type: 'trust' }] : []),
    ],
    boundaries: [...new Set(pairs)].map(pair => ({
      'bom-ref': refs.of('boundary', `${diagram.id}:${(JSON.parse(pair) as string[]).join('+')}`),
      type: 'trust',
      zones: JSON.parse(pair) as string[],
    })),
    flows,
  };
}

function flowOf(flow: FileFlow, source: string, destination: string, refs: Refs) {
  const { protocol, encrypted, ...attributes } = flow.attributes;
  const known = encrypted === 'yes' || encrypted === 'no';
  return {
    'bom-ref': refs.of('thing', flow.id),
    name: nameOf(flow, 'data_flow'),
    type: 'data',
    source,
    destination,
    bidirectional: flow.bidirectional,
    ...(known && { encrypted: encrypted === 'yes' }),
    ...(protocol && { protocols: [labelOf(protocol)] }),
    ...restOf({ ...flow, attributes }, 'data_flow'),
  };
}

const nameOf = ({ name }: Thing, kind: Kind): string => named(name, KINDS[kind].label.toLowerCase());

function labelOf(protocol: string | string[]): string {
  const { values = [] } = attributesOf('data_flow').find(({ key }) => key === 'protocol') ?? {};
  return values.find(({ value }) => value === protocol)?.label ?? String(protocol);
}

const restOf = ({ description, attributes }: Thing, kind: Kind) =>
  properties({ ...(kind === 'trust_boundary' ? {} : { kind }), ...attributes, description });
