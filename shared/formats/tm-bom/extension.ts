/**
 * What TM-BOM's standard part has no word for (places, pages, STRIDE, statuses) in an extension of the file, in the way that the
 * schema foresees; so nothing is lost between two of our files, and other tools see a plain TM-BOM.
 *
 * An answer that the standard part also gives, if less well, is kept beside what the standard part said of it, and counts only as
 * long as that still says so: what another tool changed there wins.
 */
import { equalityDeep } from 'lib0/function.js';
import * as z from 'zod';
import { ELEMENT_KINDS } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
import { SEVERITY, type Severity, THREAT_STATUS, type ThreatStatus } from '../../document/threats.ts';
import { LETTERS } from '../../stride/letters.ts';
import { Ids } from '../ids.ts';
import type { Diagram, End, FileBoundary, FileFlow, FileNote, ThreatModel } from '../threat-model.ts';
import type { Standard } from './read.ts';

/** A domain that nobody can own, as the schema wants a domain's name before the slash. */
export const EXTENSION = 'strideboard.invalid/threat-model';

const number = z.number().min(-1e7).max(1e7);
const size = z.number().min(0).max(1e7);
const point = z.tuple([number, number]);
const box = z.tuple([number, number, size, size]);
const end = z.union([z.object({ element: z.string() }), z.object({ point: point.nullable() })]);
const keys = <T extends string>(record: Record<T, string>) => z.enum(Object.keys(record) as [T, ...T[]]);

/** Everything of a thing that may be said better than the standard part does. */
const FIELDS: Record<string, z.ZodType> = {
  name: z.string(),
  title: z.string(),
  scope: z.string(),
  description: z.string(),
  attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  kind: z.enum(ELEMENT_KINDS),
  box: box.nullable(),
  boundary: z.string().nullable(),
  parent: z.string().nullable(),
  source: end,
  target: z.union([end, z.string()]),
  bidirectional: z.boolean(),
  bend: number,
  stride: z.array(z.enum(LETTERS)),
  category: z.string(),
  status: keys<ThreatStatus>(THREAT_STATUS),
  severity: keys<Severity>(SEVERITY).nullable(),
  justification: z.string(),
  mitigation: z.string(),
};

const thing = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  attributes: FIELDS.attributes as z.ZodType<Record<string, string | string[]>>,
};

const Page = z.object({
  id: z.string(),
  title: z.string(),
  /** Ids of the boundaries, elements and flows on it, in their order. */
  things: z.array(z.string()).catch([]),
  /** What the standard part has no place for at all. */
  lines: z.array(z.object({ ...thing, line: z.array(point).min(2) })).catch([]),
  flows: z
    .array(z.object({ ...thing, source: end, target: end, bidirectional: z.boolean(), bend: number }))
    .catch([]),
  notes: z.array(z.object({ id: z.string(), text: z.string(), at: point })).catch([]),
});

const Better = z.object({
  /** Of the thing; `threat` says in which of the two spaces of ids; empty for the model itself. */
  of: z.enum(['model', 'thing', 'threat']),
  id: z.string(),
  field: z.string(),
  standard: z.json(),
  better: z.json(),
});

export const Extension = z.object({
  /** Ids that differ from what the symbolic name gives: `["component:api", "Api"]`. */
  ids: z.array(z.tuple([z.string(), z.string()])).catch([]),
  /** Symbolic name of the zone that stands for no zone. */
  outside: z.string().nullable().catch(null),
  pages: z.array(Page).catch([]),
  better: z.array(Better).catch([]),
});
export type Extension = z.infer<typeof Extension>;

type Record_ = Record<string, unknown>;

const STANDARD_PAGE = ({ title }: ThreatModel): Pick<Diagram, 'id' | 'title'> => ({ id: 'diagram', title });

/** @returns what is left to say, null when the standard part says it all */
export function leftOf(
  model: ThreatModel,
  standard: Standard,
  { ids, outside }: Pick<Extension, 'ids' | 'outside'>,
): Extension | null {
  const said = things(standard.model);
  const better = [
    ...differences('model', '', model, standard.model, ['title', 'scope']),
    ...[...things(model)].flatMap(([id, each]) => {
      const other = said.get(id);
      return other ? differences('thing', id, each, other, Object.keys(each)) : [];
    }),
    ...model.threats.flatMap((threat, i) =>
      differences('threat', threat.id, threat, standard.model.threats[i]!, Object.keys(threat)),
    ),
  ];
  const pages = model.diagrams.map(diagram => pageOf(diagram, said));
  const [only, ...more] = pages;
  const plain =
    only &&
    more.length === 0 &&
    equalityDeep(only, pageOf({ ...standard.model.diagrams[0]!, ...STANDARD_PAGE(model) }, said));
  if (plain && better.length === 0 && ids.length === 0 && outside === null) return null;
  return { ids, outside, pages: plain ? [] : pages, better };
}

const things = ({ diagrams }: ThreatModel): Map<string, Record_> =>
  new Map(
    diagrams.flatMap(({ elements, flows, boundaries }) =>
      [...boundaries, ...elements, ...flows].map(each => [each.id, each as unknown as Record_] as const),
    ),
  );

function differences(
  of: 'model' | 'thing' | 'threat',
  id: string,
  ours: object,
  standard: object,
  fields: readonly string[],
): Extension['better'] {
  return fields.flatMap(field => {
    if (!(field in FIELDS)) return [];
    const [a, b] = [(ours as Record_)[field] as Json, (standard as Record_)[field] as Json];
    return equalityDeep(a, b)
      ? []
      : [{ of, id, field, standard: b as z.core.util.JSONType, better: a as z.core.util.JSONType }];
  });
}

function pageOf(diagram: Diagram, said: ReadonlyMap<string, unknown>): Extension['pages'][number] {
  const { id, title, elements, flows, boundaries, notes } = diagram;
  const unsaid = <T extends { id: string }>(list: T[]): T[] => list.filter(each => !said.has(each.id));
  const plain = ({ id, name, description, attributes }: FileFlow | FileBoundary) => ({
    ...{ id, name, description, attributes },
  });
  return {
    id,
    title,
    things: [...boundaries, ...elements, ...flows].map(each => each.id),
    lines: unsaid(boundaries).flatMap(each =>
      each.line ? [{ ...plain(each), line: each.line.map(([x, y]): [number, number] => [x, y]) }] : [],
    ),
    flows: unsaid(flows).map(each => {
      const { source, target, bidirectional, bend } = each;
      return { ...plain(each), ...({ source, target } as Ends), bidirectional, bend };
    }),
    notes: notes.map(({ id, text, at: [x, y] }) => ({ id, text, at: [x, y] })),
  };
}
type Ends = Pick<Extension['pages'][number]['flows'][number], 'source' | 'target'>;

/** The model of the standard part, made better in place; every reference of the result exists. */
export function improve({ model, parser }: Standard, extension: Extension): ThreatModel {
  const all = things(model);
  const threats = new Map(model.threats.map(threat => [threat.id, threat as unknown as Record_]));
  for (const { of, id, field, standard, better } of extension.better) {
    const each = of === 'model' ? (model as unknown as Record_) : (of === 'thing' ? all : threats).get(id);
    const parsed = Object.hasOwn(FIELDS, field) ? FIELDS[field]!.safeParse(better) : undefined;
    if (each && parsed?.success && field in each && equalityDeep(each[field], standard)) {
      each[field] = parsed.data;
    }
  }
  if (extension.pages.length > 0) model.diagrams = paged(model, extension.pages);
  for (const diagram of model.diagrams) settle(diagram);
  const targets = new Set(things(model).keys());
  for (const threat of model.threats) {
    if (threat.target === '' || targets.has(threat.target)) continue;
    parser.skip(`target of "${threat.title}"`, 'the file has no such thing', `extensions["${EXTENSION}"]`);
    threat.target = '';
  }
  return model;
}

/** What no page claims, because another tool added it, comes onto the first. */
function paged({ diagrams: [all] }: ThreatModel, pages: Extension['pages']): Diagram[] {
  const ids = new Ids();
  const pageIds = new Ids();
  const pageOf = new Map(pages.flatMap(({ things }, n) => things.map(id => [id, n] as const)));
  const { elements, flows, boundaries } = all!;
  for (const { id } of [...boundaries, ...elements, ...flows]) ids.take(id);
  return pages.map(({ id, title, things, lines, flows: loose, notes }, n): Diagram => {
    const order = new Map(things.map((id, i) => [id, i]));
    const place = ({ id }: { id: string }): number => order.get(id) ?? things.length;
    const sorted = <T extends { id: string }>(list: T[]): T[] => list.sort((a, b) => place(a) - place(b));
    const mine = <T extends { id: string }>(list: T[]): T[] =>
      list.filter(each => (pageOf.get(each.id) ?? 0) === n);
    const own = <T extends { id: string }>(each: T): T => ({ ...each, id: ids.take(each.id) });
    const ownLines = lines.map(each => ({ ...own(each), box: null, parent: null }));
    return {
      id: pageIds.take(id),
      title,
      elements: sorted(mine(elements)),
      flows: sorted([...mine(flows), ...loose.map(own)] as FileFlow[]),
      boundaries: sorted([...mine(boundaries), ...ownLines]),
      notes: notes.map(own) as FileNote[],
    };
  });
}

/** A reference to what the page does not hold, or around in a circle, is none. */
function settle({ elements, flows, boundaries }: Diagram): void {
  const ids = new Set(elements.map(({ id }) => id));
  const outer = new Map(boundaries.map(each => [each.id, each]));
  for (const element of elements) {
    if (element.boundary !== null && !outer.has(element.boundary)) element.boundary = null;
  }
  for (const boundary of boundaries) {
    const seen = new Set([boundary.id]);
    for (let at: FileBoundary | undefined = boundary; at?.parent != null; ) {
      const next = outer.get(at.parent);
      if (!next || seen.has(next.id)) at.parent = null;
      else seen.add(next.id);
      at = next;
    }
  }
  const settled = (end: End): End => ('element' in end && !ids.has(end.element) ? { point: null } : end);
  for (const flow of flows) {
    if (typeof flow.target === 'string') flow.target = { point: null };
    flow.source = settled(flow.source);
    flow.target = settled(flow.target);
  }
}
