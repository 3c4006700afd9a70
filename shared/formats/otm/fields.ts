/**
 * What only OTM can say about a thing, as it goes into `foreign.otm`: `fields` are OTM's own, by its names, and are written back as
 * they are. What we say and OTM has no field for goes into the free `attributes`, under our prefix.
 */
import { z } from 'zod';
import { type Attribute, attributesOf } from '../../dfd/attributes.ts';
import type { Kind } from '../../dfd/kinds.ts';
import type { Json } from '../../document/board.ts';
import { isLoose, jsonOf, type Loose, textOf, textsOf } from '../loose.ts';
import type { Box, Diagram, Skipped, Thing } from '../threat-model.ts';

export const NAME = 'otm';

/** Attributes of ours in an OTM file. */
export const OUR = {
  /** Of a trust zone: no boundary, only the parent that OTM wants for what lies in none. */
  outside: 'strideboard:outside',
  /** Of a threat or a mitigation: the id of the threat that it was written for. */
  threat: 'strideboard:threat',
  justification: 'strideboard:justification',
  /** Of a threat that no component and no flow uses: the trust zone that it is on, its status, its mitigation. */
  on: 'strideboard:on',
  status: 'strideboard:status',
  mitigation: 'strideboard:mitigation',
} as const;

export type Fields = Record<string, Json>;

const text = z.string();
const texts = z.array(text.nullable());
const map = z.record(text, z.unknown());
const loose = z.looseObject;
const placing = loose({
  representation: text,
  id: text,
  name: text.nullish(),
  file: text.nullish(),
  line: z.number().nullish(),
  codeSnippet: text.nullish(),
  attributes: map.nullish(),
  position: loose({ x: z.number(), y: z.number() }).nullish(),
  size: loose({ width: z.number(), height: z.number() }).nullish(),
});
const common = { id: text, attributes: map, tags: texts, parent: map, representations: z.array(placing) };

/** How OTM 0.2.0 wants the fields that we keep, by what they are fields of. */
export const SHAPES = {
  project: { id: text, owner: text, ownerContact: text, tags: z.array(text), attributes: map },
  diagram: {
    id: text,
    description: text,
    attributes: map,
    size: loose({ width: z.number(), height: z.number() }),
    repository: loose({ url: text.nullable() }),
  },
  zone: { ...common, type: text, risk: loose({ trustRating: z.number() }) },
  component: {
    ...common,
    type: text,
    assets: loose({ processed: texts.nullish(), stored: texts.nullish() }),
  },
  flow: { ...common, representations: z.unknown(), assets: texts, source: text, destination: text },
  place: { id: text, name: text, attributes: map },
  threat: {
    cwes: texts,
    tags: texts,
    attributes: map,
    categories: texts,
    risk: loose({
      likelihood: z.number().nullable(),
      likelihoodComment: text.nullish(),
      impact: z.number(),
      impactComment: text.optional(),
    }),
  },
} satisfies Record<string, Record<string, z.ZodType>>;

/** Whole objects that we keep. */
export const WHOLES = {
  representations: loose({
    id: text,
    name: text,
    type: text,
    description: text.nullish(),
    attributes: map.nullish(),
    size: SHAPES.diagram.size.nullish(),
    repository: SHAPES.diagram.repository.nullish(),
  }),
  assets: loose({
    id: text,
    name: text,
    description: text.nullish(),
    attributes: map.nullish(),
    risk: loose({
      confidentiality: z.number(),
      integrity: z.number(),
      availability: z.number(),
      comment: text.nullish(),
    }),
  }),
  mitigations: loose({
    id: text,
    name: text,
    description: text.nullish(),
    attributes: map.nullish(),
    riskReduction: z.number(),
  }),
} satisfies Record<string, z.ZodType>;

/** Use of a mitigation by the use of a threat. */
export const USE = loose({ mitigation: text, state: text.nullable() });

/**
 * The fields of an object but the given ones, without nulls, each as OTM wants it; one that is not goes to `skipped`.
 * @param where its place in the file, empty on the way out
 */
export function fieldsOf(
  raw: unknown,
  shape: Record<string, z.ZodType>,
  without: readonly string[],
  where: string,
  skipped: Skipped[],
): Fields {
  if (!isLoose(raw)) return {};
  const kept = Object.entries(raw).filter(([key, value]) => {
    if (value === null || value === undefined || without.includes(key)) return false;
    const wanted = Object.hasOwn(shape, key) ? shape[key]! : z.unknown();
    if (wanted.safeParse(value).success) return true;
    const at = where ? `${where}.${key}` : '';
    skipped.push({ what: `${key} of "${textOf(raw.name)}"`, why: 'it is not what OTM has there', where: at });
    return false;
  });
  return Object.fromEntries(kept.map(([key, value]) => [key, jsonOf(value)]));
}

/** `foreign` with what is not empty, or nothing. */
export function foreignOf(parts: Fields): { foreign?: Record<string, Json> } {
  const kept = Object.entries(parts).filter(([, value]) => value !== undefined && !isEmpty(value));
  return kept.length > 0 ? { foreign: { [NAME]: Object.fromEntries(kept) } } : {};
}

const isEmpty = (value: Json): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** What a thing brought along from OTM; anybody may have written it into a session. */
export function broughtBy({ foreign }: { foreign?: Record<string, Json> }): Loose {
  const brought = foreign && Object.hasOwn(foreign, NAME) ? foreign[NAME] : undefined;
  return isLoose(brought) ? brought : {};
}

/** Answers in our vocabulary among the attributes of an OTM object; the other attributes stay where they are. */
export function takeAnswers(kind: Kind, fields: Fields): Thing['attributes'] {
  const { attributes: raw } = fields;
  if (!isLoose(raw)) return {};
  const answers: Thing['attributes'] = {};
  for (const attribute of attributesOf(kind)) {
    if (!Object.hasOwn(raw, attribute.key)) continue;
    const answer = answerOf(attribute, raw[attribute.key]);
    if (answer !== null) answers[attribute.key] = answer;
  }
  fields.attributes = Object.fromEntries(
    Object.entries(raw).filter(([key]) => !Object.hasOwn(answers, key)),
  ) as Fields;
  if (Object.keys(fields.attributes).length === 0) delete fields.attributes;
  return answers;
}

function answerOf({ values, many }: Attribute, raw: unknown): string | string[] | null {
  if (!values) return typeof raw === 'string' ? textOf(raw) || null : null;
  const known = (word: string) => values.some(({ value }) => value === word);
  if (!many) return typeof raw === 'string' && known(raw) ? raw : null;
  const words = typeof raw === 'string' ? raw.split(', ') : textsOf(raw);
  return words.length > 0 && words.every(known) ? words : null;
}

/** OTM's attributes are a map of texts: several answers become one. */
export const attributesToWrite = (answers: Thing['attributes']): Fields =>
  Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [key, Array.isArray(answer) ? answer.join(', ') : answer]),
  );

/** Size of a diagram that holds all of its boxes, or null when none is known. */
export function extentOf({
  elements,
  boundaries,
}: Pick<Diagram, 'elements' | 'boundaries'>): { width: number; height: number } | null {
  const boxes = [...elements, ...boundaries].flatMap(({ box }): Box[] => (box ? [box] : []));
  if (boxes.length === 0) return null;
  const most = (side: 0 | 1) => boxes.reduce((far, box) => Math.max(far, box[side] + box[side + 2]!), 1);
  return { width: hundredths(most(0)), height: hundredths(most(1)) };
}

/** Hundredths of a unit: what computing adds is no news to a file. */
export const hundredths = (value: number): number => Math.round(value * 100) / 100;
