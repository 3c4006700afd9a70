import * as z from 'zod';
import { counted } from '../text.ts';
import type { FileElement, FileFlow, Skipped, Thing, ThreatModel, Written } from '../threat-model.ts';
import { EXTENSION, leftOf } from './extension.ts';
import { idOf, Names, namesOf, TYPE_OF, type Type } from './names.ts';
import { Parser } from './parse.ts';
import { present, readStandard, resolveEnd } from './read.ts';
import * as s from './schema.ts';
import { securityOf } from './security.ts';
import { scopeText } from './texts.ts';

/** Everything that a TM-BOM of ours says in words of its own, and the rest in our extension of it. */
export function write(model: ThreatModel): Written {
  const writer = new Writer(model);
  const standard = writer.file();
  const ids = writer.otherIds();
  const { outside } = writer;
  const left = leftOf(model, readStandard(standard, new Map(ids), outside), { ids, outside });
  const extensions = { ...writer.kept.extensions, ...(left && { [EXTENSION]: left }) };
  const file = { ...standard, ...(Object.keys(extensions).length > 0 && { extensions }) };
  return { content: `${JSON.stringify(file, null, 2)}\n`, skipped: writer.skipped };
}

/** What a TM-BOM that was read says of the whole. From a session's document, so no more to be trusted than a file. */
export type Kept = z.infer<typeof s.Head> & {
  scope: z.infer<typeof s.ScopeExtra> & { description?: string | undefined };
  trust_boundaries: z.infer<typeof s.TrustBoundary>[] | null;
  data_sets: s.DataSet[];
  assumptions: s.Assumption[];
  threat_personas: z.infer<typeof s.Persona>[];
  controls: s.Control[];
  risks: s.Risk[];
  diagrams: z.infer<typeof s.DiagramSource>[];
  extensions: z.infer<typeof s.Extensions>;
};

function keptOf({ foreign }: ThreatModel): Kept {
  const parser = new Parser();
  const kept = (foreign?.[s.NAME] ?? {}) as Record<string, unknown>;
  const list = <T extends z.ZodType>(key: string, type: T): z.output<T>[] =>
    Array.isArray(kept[key]) ? parser.items(kept, key, type) : [];
  const scope = s.ScopeExtra.extend({ description: z.optional(z.string()).catch(undefined) });
  return {
    ...s.Head.safeParse(kept).data,
    scope: scope.safeParse(kept.scope ?? {}).data ?? {},
    trust_boundaries: Array.isArray(kept.trust_boundaries) ? list('trust_boundaries', s.TrustBoundary) : null,
    data_sets: list('data_sets', s.DataSet),
    assumptions: list('assumptions', s.Assumption),
    threat_personas: list('threat_personas', s.Persona),
    controls: list('controls', s.Control),
    risks: list('risks', s.Risk),
    diagrams: list('diagrams', s.DiagramSource),
    extensions: s.Extensions.safeParse(kept.extensions ?? {}).data ?? {},
  };
}

const extraOf = <T extends z.ZodType>({ foreign }: Pick<Thing, 'foreign'>, type: T): Partial<z.output<T>> =>
  type.safeParse(foreign?.[s.NAME] ?? {}).data ?? ({} as Partial<z.output<T>>);

class Writer {
  readonly skipped: Skipped[] = [];
  readonly kept: Kept;
  outside: string | null = null;
  private readonly elements: FileElement[];
  private readonly flows: FileFlow[];
  private readonly names: Record<Type, Names>;
  private readonly threatNames: Names;
  private readonly typeOf = new Map<string, Type>();

  constructor(private readonly model: ThreatModel) {
    this.kept = keptOf(model);
    this.elements = model.diagrams.flatMap(({ elements }) => elements);
    this.flows = model.diagrams.flatMap(({ flows }) => flows).filter(flow => this.isWritten(flow));
    const zones = model.diagrams.flatMap(({ boundaries }) => boundaries).filter(({ line }) => line === null);
    const ids = (type: Type): string[] =>
      this.elements.filter(({ kind }) => TYPE_OF[kind] === type).map(({ id }) => id);
    const lists: Record<Type, string[]> = {
      trust_zone: zones.map(({ id }) => id),
      actor: ids('actor'),
      component: ids('component'),
      data_store: ids('data_store'),
      data_flow: this.flows.map(({ id }) => id),
    };
    for (const type of Object.keys(lists) as Type[]) for (const id of lists[type]) this.typeOf.set(id, type);
    this.names = {
      trust_zone: namesOf('trust_zone', lists.trust_zone),
      actor: namesOf('actor', lists.actor),
      component: namesOf('component', lists.component),
      data_store: namesOf('data_store', lists.data_store),
      data_flow: namesOf('data_flow', lists.data_flow),
    };
    this.threatNames = new Names(
      model.threats.map(({ id }) => id),
      id => id,
    );
    if (this.elements.some(each => this.zoneOf(each) === null)) {
      this.outside = this.names.trust_zone.free('outside-of-every-zone');
    }
  }

  /** Ids of things that their names don't give. */
  otherIds(): [string, string][] {
    const things = [...this.typeOf].map(([id, type]) => [idOf(type, this.names[type].of(id)), id] as const);
    const threats = this.model.threats.map(({ id }) => [this.threatNames.of(id), id] as const);
    return [
      ...things.filter(([name, id]) => name !== id).map(([name, id]): [string, string] => [name, id]),
      ...threats
        .filter(([name, id]) => name !== id)
        .map(([name, id]): [string, string] => [`threat:${name}`, id]),
    ];
  }

  file(): Record<string, unknown> {
    const { kept } = this;
    const { scope: _scope, trust_boundaries: _pairs, extensions: _extensions, diagrams, ...head } = kept;
    const data_sets = [...kept.data_sets, ...this.newDataSets()];
    const security = securityOf(this.model.threats, kept, this.threatNames, id => this.affectedName(id));
    this.tellOfRest();
    this.skipped.push(...security.skipped);
    const file = {
      $schema: s.SCHEMA,
      ...head,
      version: kept.version ?? '1.0',
      ...this.scope(data_sets),
      ...(diagrams.length > 0 && { diagrams }),
      trust_zones: this.zones(),
      trust_boundaries: kept.trust_boundaries ?? this.crossings(),
      actors: this.actors(),
      components: this.components(),
      data_stores: this.stores(),
      data_sets,
      data_flows: this.flows.map(flow => this.flow(flow, data_sets)),
      threat_personas: security.threat_personas,
      threats: security.threats,
      controls: security.controls,
      risks: security.risks,
    };
    return present(file);
  }

  /** The text as it was composed of its parts; an edited one stands for them all. */
  private scope(data_sets: readonly s.DataSet[]) {
    const { scope: extra, description, assumptions } = this.kept;
    const unedited = this.model.scope === scopeText(extra.description, description, assumptions);
    if (!unedited && assumptions.length > 0) {
      const why = 'the scope was edited: they are part of its text now';
      this.skipped.push({ what: `${counted(assumptions.length, 'assumption')} as such`, why, where: '' });
    }
    const sensitive = [...new Set(data_sets.flatMap(({ data_sensitivity }) => data_sensitivity))];
    const scope = {
      title: this.model.title,
      description: unedited ? (extra.description ?? '') : this.model.scope,
      business_criticality: extra.business_criticality ?? 'moderate',
      data_sensitivity: extra.data_sensitivity ?? sensitive,
      exposure: extra.exposure ?? 'external',
      tier: extra.tier ?? 'important',
    };
    const guessed = (['business_criticality', 'exposure', 'tier'] as const).filter(key => !extra[key]);
    if (guessed.length > 0) {
      const why = `TM-BOM demands them, the model does not say: written as ${guessed.map(key => scope[key]).join(', ')}`;
      this.skipped.push({ what: guessed.join(', ').replaceAll('_', ' '), why, where: '' });
    }
    return unedited
      ? { scope, ...(description !== undefined && { description }), assumptions }
      : { scope, description: undefined, assumptions: [] };
  }

  private thing(type: Type, { id, name, description }: Thing) {
    return { symbolic_name: this.names[type].of(id), title: name, description };
  }

  private zones() {
    const zones = this.model.diagrams.flatMap(({ boundaries }) => boundaries);
    const written = zones
      .filter(({ id }) => this.names.trust_zone.has(id))
      .map(zone => this.thing('trust_zone', zone));
    const outside = {
      symbolic_name: this.outside,
      title: 'Outside of every zone',
      description: 'No trust boundary is drawn around what lies here.',
    };
    return this.outside === null ? written : [...written, outside];
  }

  /** Name of an element's zone, even one that the file did not have; null for none. */
  private zoneOf(element: FileElement): string | null {
    const { boundary } = element;
    if (boundary !== null && this.names.trust_zone.has(boundary)) return this.names.trust_zone.of(boundary);
    const { trust_zone } = extraOf(element, z.object({ trust_zone: s.Actor.shape.trust_zone }));
    return trust_zone !== undefined && /^[0-9a-z-]+$/.test(trust_zone) ? trust_zone : null;
  }

  private zone(element: FileElement): string {
    return this.zoneOf(element) ?? this.outside!;
  }

  /** Every two zones between which something flows; what is checked on the way, the model does not say. */
  private crossings() {
    const zoneOf = new Map(this.elements.map(element => [element.id, this.zone(element)]));
    const pairs = this.flows.flatMap(({ source, target }) => {
      if (!('element' in source) || !('element' in target)) return [];
      const [a, b] = [zoneOf.get(source.element)!, zoneOf.get(target.element)!];
      return a === b ? [] : [JSON.stringify([a, b].sort())];
    });
    return [...new Set(pairs)].map(pair => {
      const [trust_zone_a, trust_zone_b] = JSON.parse(pair) as [string, string];
      return { trust_zone_a, trust_zone_b };
    });
  }

  private of(type: Type): FileElement[] {
    return this.elements.filter(({ kind }) => TYPE_OF[kind] === type);
  }

  private actors() {
    return this.of('actor').map(element => {
      const { permissions, type } = extraOf(element, s.ActorExtra);
      const trust_zone = this.zone(element);
      return {
        ...this.thing('actor', element),
        type: type ?? actorType(element.attributes.role),
        permissions,
        trust_zone,
      };
    });
  }

  private components() {
    return this.of('component').map(element => {
      const { parent_component, repo_link } = extraOf(element, s.ComponentExtra);
      const trust_zone = this.zone(element);
      return { ...this.thing('component', element), parent_component, trust_zone, repo_link };
    });
  }

  private stores() {
    return this.of('data_store').map(element => {
      const { type = 'object', vendor, product } = extraOf(element, s.DataStoreExtra);
      const { technology } = element.attributes;
      const unedited = [vendor, product].filter(part => part).join(' ') === (technology ?? '');
      const made = unedited
        ? { vendor, product }
        : { product: typeof technology === 'string' ? technology : undefined };
      return { ...this.thing('data_store', element), type, ...made, trust_zone: this.zone(element) };
    });
  }

  /** For what is kept in a store that no data set is placed on: the only place for whether it is encrypted, too. */
  private newDataSets(): s.DataSet[] {
    const placed = new Set(
      this.kept.data_sets.flatMap(({ placements }) => placements.map(({ data_store }) => data_store)),
    );
    const taken = new Set(this.kept.data_sets.map(({ symbolic_name }) => symbolic_name));
    return this.of('data_store').flatMap(element => {
      const { stores = [], encrypted } = element.attributes;
      const name = this.names.data_store.of(element.id);
      if (placed.has(name) || (stores.length === 0 && encrypted === undefined)) return [];
      let symbolic_name = name;
      for (let n = 2; taken.has(symbolic_name); n++) symbolic_name = `${name}-${n}`;
      taken.add(symbolic_name);
      const answer = encrypted === 'yes' ? true : encrypted === 'no' ? false : undefined;
      return [
        {
          symbolic_name,
          title: `Data in ${element.name}`,
          description: '',
          placements: [{ data_store: name, ...(answer !== undefined && { encrypted: answer }) }],
          data_sensitivity: [
            ...(stores.includes('phi') ? ['phi'] : []),
            ...(stores.includes('credentials') ? ['cred'] : []),
          ] as s.DataSet['data_sensitivity'],
        },
      ];
    });
  }

  private flow(flow: FileFlow, dataSets: readonly s.DataSet[]) {
    const extra = extraOf(flow, s.DataFlowExtra);
    const { encrypted, payload = [] } = flow.attributes;
    const sensitive = payload.includes('phi') || payload.includes('credentials');
    const byName = new Map(
      this.elements.map(({ id, kind }) => {
        const type = TYPE_OF[kind];
        return [idOf(type, this.names[type].of(id)), id];
      }),
    );
    const ref = (end: FileFlow['source'], kept: s.EndRef | undefined) => {
      if (!('element' in end)) return kept;
      if (kept && resolveEnd(kept, byName, dataSets) === end.element) return kept;
      const type = this.typeOf.get(end.element)!;
      return { type, object: this.names[type].of(end.element) };
    };
    return {
      ...this.thing('data_flow', flow),
      source: ref(flow.source, extra.source),
      destination: ref(flow.target, extra.destination),
      has_sensitive_data: extra.has_sensitive_data ?? sensitive,
      encrypted: encrypted === 'yes',
    };
  }

  /** Whether both its ends can be named. */
  private isWritten(flow: FileFlow): boolean {
    const extra = extraOf(flow, s.DataFlowExtra);
    return (
      ('element' in flow.source || extra.source !== undefined) &&
      ('element' in flow.target || extra.destination !== undefined)
    );
  }

  /** A threat affects components and data stores. */
  private affectedName(id: string): string | null {
    const type = this.typeOf.get(id);
    return type === 'component' || type === 'data_store' ? this.names[type].of(id) : null;
  }

  /** What other tools won't see: kept in our extension only. */
  private tellOfRest(): void {
    const tell = (what: string, why: string) => this.skipped.push({ what, why, where: '' });
    const only = 'kept in an extension that other tools do not read';
    for (const { flows, boundaries, notes } of this.model.diagrams) {
      for (const { name, line } of boundaries) {
        if (line) tell(`boundary "${name}"`, `a trust zone of TM-BOM is closed, this is a line: ${only}`);
      }
      for (const flow of flows) {
        if (!this.isWritten(flow)) tell(`flow "${flow.name}"`, `a flow of TM-BOM has two ends: ${only}`);
        else if (flow.bidirectional) {
          tell(`second direction of flow "${flow.name}"`, `a flow of TM-BOM has one: ${only}`);
        }
      }
      for (const { text } of notes) tell(`note "${text}"`, `TM-BOM has no notes: ${only}`);
    }
    const unknown = this.flows.filter(({ attributes }) => attributes.encrypted === undefined).length;
    if (unknown > 0) {
      tell(
        `whether ${unknown} flows are encrypted`,
        'TM-BOM demands it, nobody said: written as not encrypted',
      );
    }
  }
}

const PEOPLE = ['patient', 'clinician', 'caregiver'];

/** A role that is neither a person nor unknown is a device or a service. */
function actorType(role: string | string[] | undefined): string {
  if (role === undefined) return 'third_party';
  if (role === 'technician') return 'engineer';
  return PEOPLE.includes(String(role)) ? 'user' : 'system';
}
