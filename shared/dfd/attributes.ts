/**
 * The typed attributes of elements, flows and boundaries: what the inspector asks and the suggestion rules test. An
 * attribute that nobody answered is absent from document and model and reads as {@link UNKNOWN}.
 */
import type { Kind } from './kinds.ts';
import { ELEMENT_ATTRIBUTES } from './vocabulary/element.ts';
import { FLOW_ATTRIBUTES } from './vocabulary/flow.ts';
import { type Attribute, list } from './vocabulary/terms.ts';

export type { Attribute } from './vocabulary/terms.ts';

export const UNKNOWN = 'unknown';

/** The roles that a person plays. */
export const PEOPLE: readonly string[] = [
  'patient',
  'caregiver',
  'clinician',
  'technician',
  'support',
  'administrator',
];

/** An attribute's answer: one value, several, or free text. */
export type Answer = string | string[];

/** What was answered, by key; the unanswered are left out. */
export type Attributes = Record<string, Answer>;

const BOUNDARY_ATTRIBUTES: readonly Attribute[] = [
  {
    key: 'controlled_by',
    label: 'Controlled by',
    question: 'Who is in control of what lies inside?',
    kinds: ['trust_boundary'],
    values: list('manufacturer', 'hospital', 'patient', 'third_party'),
  },
];

export const ATTRIBUTES: readonly Attribute[] = [
  ...ELEMENT_ATTRIBUTES,
  ...FLOW_ATTRIBUTES,
  ...BOUNDARY_ATTRIBUTES,
];

const BY_KIND = new Map<Kind, Map<string, Attribute>>();
for (const attribute of ATTRIBUTES) {
  for (const kind of attribute.kinds) {
    const known = BY_KIND.get(kind) ?? new Map<string, Attribute>();
    BY_KIND.set(kind, known.set(attribute.key, attribute));
  }
}

export const attributesOf = (kind: Kind): readonly Attribute[] => [...(BY_KIND.get(kind)?.values() ?? [])];

export const attributeOf = (kind: Kind, key: string): Attribute | undefined => BY_KIND.get(kind)?.get(key);

/** The answers in a shape's meta; what is no attribute of its kind, or can't be read, is left out. */
export function readAttributes(kind: Kind, meta: Record<string, unknown>): Attributes {
  const attributes: Attributes = {};
  const known = BY_KIND.get(kind)!;
  for (const key in meta) {
    const attribute = known.get(key);
    const answer = attribute && readAnswer(attribute, meta[key]);
    if (answer !== undefined) attributes[key] = answer;
  }
  return attributes;
}

function readAnswer(attribute: Attribute, value: unknown): Answer | undefined {
  const isAnswer = (each: unknown): each is string =>
    typeof each === 'string' && each !== '' && each !== UNKNOWN && isKnown(attribute, each);
  if (!Array.isArray(value)) return isAnswer(value) ? value : undefined;
  const several = value.filter(isAnswer);
  return several.length > 0 ? several : undefined;
}

const VALUES = new Map(
  ATTRIBUTES.map(each => [each, each.values && new Set(each.values.map(({ value }) => value))]),
);

/** Whether the vocabulary has a value for an attribute; any text will do where it is answered in free words. */
const isKnown = (attribute: Attribute, value: string): boolean => VALUES.get(attribute)?.has(value) ?? true;

/** The label of a value, or the value itself when the vocabulary does not have it. */
export const labelOfValue = ({ values }: Attribute, value: string): string =>
  values?.find(each => each.value === value)?.label ?? value;
