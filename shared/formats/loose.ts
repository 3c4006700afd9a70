/** Parts of JSON or YAML that nobody checked, as what they may be used for. */
import type { Json } from '../document/board.ts';
import type { Skipped } from './threat-model.ts';

export type Loose = Record<string, unknown>;

export const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Control characters other than tab and line feed, and halves of surrogate pairs: neither a database nor XML can hold them. */
const UNHOLDABLE = /(?![\t\n])\p{Cc}|\p{Cs}/gu;

/** A text without blanks around it; a number or a yes/no in words; empty for everything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replace(UNHOLDABLE, '').trim() : '';
}

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(textOf).filter(text => text !== '') : [];

/** The same as plain JSON: YAML knows infinities, which JSON does not. */
export function jsonOf(value: unknown): Json {
  if (typeof value === 'string') return value.replace(UNHOLDABLE, '');
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (!isLoose(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, jsonOf(each)]));
}

/** An entry of a list or map of the file, and its place there. */
export interface Entry {
  raw: Loose;
  where: string;
}

/** The objects of a list; what is none goes to `skipped`. Absent and null are the empty list. */
export function entriesOf(value: unknown, where: string, skipped: Skipped[]): Entry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    skipped.push({ what: where, why: 'it should be a list', where });
    return [];
  }
  return value.flatMap((raw, i) => {
    if (isLoose(raw)) return [{ raw, where: `${where}[${i}]` }];
    skipped.push({ what: `entry ${i + 1} of ${where}`, why: 'it is no object', where: `${where}[${i}]` });
    return [];
  });
}

/** The objects of a map with their keys; what is none goes to `skipped`. Absent and null are the empty map. */
export function namedEntriesOf(
  value: unknown,
  where: string,
  skipped: Skipped[],
): (Entry & { name: string })[] {
  if (value === undefined || value === null) return [];
  if (!isLoose(value)) {
    skipped.push({ what: where, why: 'it should be a map of names', where });
    return [];
  }
  return Object.entries(value).flatMap(([name, raw]) => {
    const at = `${where}.${name}`;
    if (isLoose(raw)) return [{ name: textOf(name), raw, where: at }];
    skipped.push({ what: `"${textOf(name)}" of ${where}`, why: 'it is no object', where: at });
    return [];
  });
}
