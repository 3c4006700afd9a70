/** What the standard part of a TM-BOM says, without our extension. */
import type * as z from 'zod';
import type { ElementKind } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
import { Ids } from '../ids.ts';
import type {
  End,
  FileBoundary,
  FileElement,
  FileFlow,
  FileThreat,
  Thing,
  ThreatModel,
} from '../threat-model.ts';
import { idOf, type Type } from './names.ts';
import { Parser } from './parse.ts';
import * as s from './schema.ts';
import { mitigationText, scopeText, severityOf, statusOf } from './texts.ts';

export interface Standard {
  model: ThreatModel;
  parser: Parser;
}

/**
 * A TM-BOM's trust zones are areas of the same trust that everything lies in: the closed boundaries of a data flow diagram. Its
 * "trust boundaries" are the pairs of zones between which data crosses, with the checks made there: no shape of their own.
 * @param known ids that differ from what the symbolic names give, by these (`component:api`)
 * @param outside name of the zone that stands for no zone
 */
export function readStandard(
  file: Record<string, unknown>,
  known: ReadonlyMap<string, string> = new Map(),
  outside: string | null = null,
): Standard {
  return new Reader(file, known, outside).read();
}

const LISTS = [
  ['actors', 'actor', s.Actor, 'external_entity'],
  ['components', 'component', s.Component, 'process'],
  ['data_stores', 'data_store', s.DataStore, 'data_store'],
] as const satisfies [string, Type, unknown, ElementKind][];

class Reader {
  private readonly parser = new Parser();
  private readonly ids = new Ids();
  /** Ids by what refers to them, as `component:api`. */
  private readonly byName = new Map<string, string>();
  private readonly dataSets: s.DataSet[];

  constructor(
    private readonly file: Record<string, unknown>,
    private readonly known: ReadonlyMap<string, string>,
    private readonly outside: string | null,
  ) {
    this.dataSets = this.parser.items(file, 'data_sets', s.DataSet);
  }

  read(): Standard {
    const { file, parser } = this;
    const scope = parser.one(file.scope ?? {}, 'scope', s.Scope);
    const { title = '', description = '', ...scopeExtra } = scope ?? {};
    const head = parser.one(Object.fromEntries(HEAD.map(key => [key, file[key]])), '', s.Head) ?? {};
    const assumptions = parser.items(file, 'assumptions', s.Assumption);
    const controls = parser.items(file, 'controls', s.Control);
    const risks = parser.items(file, 'risks', s.Risk);
    const boundaries = this.boundaries();
    const elements = LISTS.flatMap(([key, type, schema, kind]) => this.elements(key, type, schema, kind));
    const flows = this.flows();
    const threats = this.threats(controls, risks);
    const foreign = present({
      ...head,
      scope: present({ ...scopeExtra, description }),
      trust_boundaries: parser.items(file, 'trust_boundaries', s.TrustBoundary),
      data_sets: this.dataSets,
      assumptions,
      threat_personas: parser.items(file, 'threat_personas', s.Persona),
      controls,
      risks,
      diagrams: parser.items(file, 'diagrams', s.DiagramSource),
      extensions: parser.one(file.extensions ?? {}, 'extensions', s.Extensions) ?? {},
    });
    for (const key of Object.keys(file)) {
      if (!KNOWN.has(key)) parser.skip(`"${key}"`, 'TM-BOM 1.0.2 has nothing of that name', key);
    }
    const model: ThreatModel = {
      title,
      scope: scopeText(description, head.description, assumptions),
      diagrams: [{ id: 'diagram', title, elements, flows, boundaries, notes: [] }],
      threats,
      foreign: { [s.NAME]: foreign },
    };
    return { model, parser };
  }

  private boundaries(): FileBoundary[] {
    return this.parser.list(this.file, 'trust_zones', s.TrustZone).flatMap(([zone]) => {
      if (zone.symbolic_name === this.outside) return [];
      return [{ ...this.thing('trust_zone', zone), box: null, line: null, parent: null }];
    });
  }

  private elements(key: string, type: Type, schema: (typeof LISTS)[number][2], kind: ElementKind) {
    return this.parser.list(this.file, key, schema).map(([item, where]): FileElement => {
      const { symbolic_name, title: _title, description: _text, trust_zone, ...extra } = item;
      const { vendor, product } = item as z.infer<typeof s.DataStore>;
      const boundary = this.byName.get(idOf('trust_zone', trust_zone ?? '')) ?? null;
      const lost = boundary === null && trust_zone !== undefined && trust_zone !== this.outside;
      if (lost) {
        const why = `its zone "${trust_zone}" is not among the file's: it lies in none`;
        this.parser.skip(`zone of "${item.title}"`, why, `${where}.trust_zone`);
      }
      const attributes = kind === 'data_store' ? this.storeAttributes(symbolic_name, [vendor, product]) : {};
      const thing = this.thing(type, item, { ...extra, ...(lost && { trust_zone }) }, attributes);
      return { ...thing, kind, box: null, boundary };
    });
  }

  /** Certain only where all of what is placed on it agrees. */
  private storeAttributes(name: string, made: (string | undefined)[]): Thing['attributes'] {
    const technology = made.filter(part => part).join(' ');
    const placed = this.dataSets.flatMap(({ placements, data_sensitivity }) =>
      placements
        .filter(({ data_store }) => data_store === name)
        .map(({ encrypted }) => ({ encrypted, data_sensitivity })),
    );
    const answers = new Set(placed.map(({ encrypted }) => encrypted));
    const [answer] = answers;
    const kinds = new Set(placed.flatMap(({ data_sensitivity }) => data_sensitivity));
    const stores = [kinds.has('phi') && 'phi', kinds.has('cred') && 'credentials'].filter(
      kind => kind !== false,
    );
    return {
      ...(technology && { technology }),
      ...(stores.length > 0 && { stores }),
      ...(answers.size === 1 && answer !== undefined && { encrypted: answer ? 'yes' : 'no' }),
    };
  }

  private flows(): FileFlow[] {
    return this.parser.list(this.file, 'data_flows', s.DataFlow).map(([item, where]): FileFlow => {
      const [source, sourceRef] = this.end(item, 'source', where);
      const [target, targetRef] = this.end(item, 'destination', where);
      const { has_sensitive_data, encrypted } = item;
      const extra = { has_sensitive_data, source: sourceRef, destination: targetRef };
      const attributes: Thing['attributes'] =
        encrypted === undefined ? {} : { encrypted: encrypted ? 'yes' : 'no' };
      const thing = this.thing('data_flow', item, extra, attributes);
      return { ...thing, source, target, bidirectional: false, bend: 0 };
    });
  }

  /** @returns the end, and the file's reference to it unless it is the one that would be written */
  private end(
    item: { title: string; source?: s.EndRef | undefined; destination?: s.EndRef | undefined },
    key: 'source' | 'destination',
    where: string,
  ): [End, s.EndRef?] {
    const ref = item[key];
    const element = ref && resolveEnd(ref, this.byName, this.dataSets);
    if (element)
      return this.byName.get(`${ref.type}:${ref.object}`) === element ? [{ element }] : [{ element }, ref];
    const what = `${key} of "${item.title}"`;
    const why = ref
      ? `the file has no ${ref.type} "${ref.object}": it ends freely`
      : 'not given: it ends freely';
    this.parser.skip(what, why, `${where}.${key}`);
    return ref && s.DataFlowExtra.shape.source.parse(ref) ? [{ point: null }, ref] : [{ point: null }];
  }

  private threats(controls: s.Control[], risks: s.Risk[]): FileThreat[] {
    const ids = new Ids();
    return this.parser.list(this.file, 'threats', s.Threat).map(([item, where]): FileThreat => {
      const { symbolic_name, title, description, components_affected: affected = [], ...extra } = item;
      const targets = affected.map(name => resolveAffected(name, this.byName));
      const target = targets.find(id => id !== undefined) ?? '';
      affected.forEach((name, i) => {
        if (targets[i] !== undefined) return;
        const why = 'the file has no component or data store of that name';
        this.parser.skip(`"${name}", affected by "${title}"`, why, `${where}.components_affected[${i}]`);
      });
      const mine = controls.filter(({ threats }) => threats.includes(symbolic_name));
      const components = affected.length > 1 || (affected.length > 0 && target === '') ? affected : undefined;
      return {
        id: ids.take(this.known.get(`threat:${symbolic_name}`) ?? symbolic_name),
        title,
        description,
        stride: [],
        category: (extra.attack_mechanisms ?? [])
          .map(({ capec_id, capec_title = '' }) => `CAPEC-${capec_id} ${capec_title}`.trim())
          .join('; '),
        target,
        status: statusOf(mine),
        severity: severityOf(risks.filter(({ threats }) => threats.includes(symbolic_name))),
        justification: '',
        mitigation: mitigationText(mine),
        foreign: { [s.NAME]: present({ components_affected: components, ...extra }) },
      };
    });
  }

  private thing(
    type: Type,
    item: { symbolic_name: string; title: string; description: string },
    extra: Record<string, unknown> = {},
    attributes: Thing['attributes'] = {},
  ): Thing {
    const name = idOf(type, item.symbolic_name);
    const id = this.ids.take(this.known.get(name) ?? name);
    if (!this.byName.has(name)) this.byName.set(name, id);
    const foreign = present(extra);
    return {
      id,
      name: item.title,
      description: item.description,
      attributes,
      ...(Object.keys(foreign).length > 0 && { foreign: { [s.NAME]: foreign } }),
    };
  }
}

/**
 * The element that a reference means: the one of its type, else the only one of that name; of a data set the store that it is on.
 * @param byName ids by `type:name`
 */
export function resolveEnd(
  { type, object }: s.EndRef,
  byName: ReadonlyMap<string, string>,
  dataSets: readonly s.DataSet[],
): string | undefined {
  const short = type.replace(/^#\/\$defs\//, '').replaceAll('-', '_');
  if (short === 'data_set') {
    const placements = dataSets.find(({ symbolic_name }) => symbolic_name === object)?.placements ?? [];
    return placements.length === 1
      ? byName.get(idOf('data_store', placements[0]!.data_store ?? ''))
      : undefined;
  }
  const named = ELEMENT_TYPES.map(each => byName.get(idOf(each, object))).filter(id => id !== undefined);
  const exact = ELEMENT_TYPES.find(each => each === short);
  return (exact && byName.get(idOf(exact, object))) ?? (named.length === 1 ? named[0] : undefined);
}

/** Names of threatened things are said to be components' or data stores'; others are understood too. */
export function resolveAffected(name: string, byName: ReadonlyMap<string, string>): string | undefined {
  for (const type of ['component', 'data_store', 'actor', 'data_flow', 'trust_zone'] as const) {
    const id = byName.get(idOf(type, name));
    if (id !== undefined) return id;
  }
  return undefined;
}

const ELEMENT_TYPES = ['component', 'data_store', 'actor'] as const;

const HEAD = Object.keys(s.Head.shape);
const KNOWN = new Set([
  ...[
    '$schema',
    'scope',
    'trust_zones',
    'trust_boundaries',
    'actors',
    'components',
    'data_stores',
    'data_sets',
  ],
  ...[
    'data_flows',
    'assumptions',
    'threat_personas',
    'threats',
    'controls',
    'risks',
    'diagrams',
    'extensions',
  ],
  ...HEAD,
]);

/** Without what is missing, all the way down: JSON has no undefined. */
export const present = (value: object): Record<string, Json> => JSON.parse(JSON.stringify(value));
