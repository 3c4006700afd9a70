/** What a thing says of itself: name, description, attributes. */
import type { Json, ShapeRecord } from '../../document/board.ts';
import { type Attribute, attributesOf, UNKNOWN } from '../attributes.ts';
import type { Kind } from '../kinds.ts';
import { EditRefused } from './refusal.ts';

export interface Words {
  name?: string | undefined;
  description?: string | undefined;
  /** Answers by attribute; null or `unknown` takes one back. Those that are not named stay. */
  attributes?: Record<string, string | string[] | null> | undefined;
}

/** @throws {EditRefused} for an attribute or answer that this kind does not have */
export function withWords(
  shape: ShapeRecord,
  kind: Kind,
  { name, description, attributes }: Words,
): ShapeRecord {
  const meta = { ...shape.meta };
  const put = (key: string, value: Json | undefined) => {
    if (value === undefined || value === '' || value === UNKNOWN) delete meta[key];
    else meta[key] = value;
  };
  if (description !== undefined) put('description', description);
  for (const [key, answer] of Object.entries(attributes ?? {})) put(key, checked(kind, key, answer));
  const nameKey = kind === 'data_flow' ? 'text' : 'name';
  const props = name === undefined ? shape.props : { ...shape.props, [nameKey]: name };
  return { ...shape, meta, props };
}

function checked(kind: Kind, key: string, answer: string | string[] | null): Json | undefined {
  const attribute = attributesOf(kind).find(each => each.key === key);
  if (!attribute) {
    const keys = attributesOf(kind).map(each => each.key);
    throw new EditRefused(`attributes has no ${key} here; there are ${keys.join(', ')}.`);
  }
  if (answer === null || answer === UNKNOWN) return undefined;
  return attribute.many ? several(attribute, [answer].flat()) : single(attribute, answer);
}

function single({ key, values }: Attribute, answer: string | string[]): Json {
  if (typeof answer !== 'string') throw new EditRefused(`attributes.${key} takes one answer.`);
  check(key, values, answer);
  return answer;
}

function several({ key, values }: Attribute, answers: string[]): Json | undefined {
  for (const answer of answers) check(key, values, answer);
  // In the order of the catalogue, as the inspector writes them.
  const chosen = values ? values.map(({ value }) => value).filter(value => answers.includes(value)) : answers;
  return chosen.length > 0 ? chosen : undefined;
}

function check(key: string, values: Attribute['values'], answer: string): void {
  if (!values || values.some(({ value }) => value === answer)) return;
  throw new EditRefused(
    `attributes.${key} must be one of ${values.map(({ value }) => value).join(', ')}, ${UNKNOWN}.`,
  );
}
