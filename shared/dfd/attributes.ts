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
    if (!known.has(key)) continue;
    const answer = readAnswer(meta[key]);
    if (answer !== undefined) attributes[key] = answer;
  }
  return attributes;
}

function readAnswer(value: unknown): Answer | undefined {
  if (typeof value === 'string') return value === '' || value === UNKNOWN ? undefined : value;
  const several = Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  return several.length > 0 ? several : undefined;
}

/** The label of a value, or the value itself when the vocabulary does not have it. */
export const labelOfValue = ({ values }: Attribute, value: string): string =>
  values?.find(each => each.value === value)?.label ?? value;
