/** Values of a JSON file of which nothing is certain. */
import type { Json } from '../../document/board.ts';
import { isLoose, type Loose } from '../loose.ts';
import { block, line } from '../text.ts';

export type Fields = Readonly<Loose>;

/** A field of its own, never one of the language. */
export const fieldOf = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

export const listOf = (fields: Fields, name: string): unknown[] => {
  const value = fieldOf(fields, name);
  return Array.isArray(value) ? value : [];
};

/** Text of a text or number; empty for all else. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** One line; empty for what is no text. */
export const lineOf = (fields: Fields, name: string): string => line(wordOf(fieldOf(fields, name)));

/** Several lines; empty for what is no text. */
export const blockOf = (fields: Fields, name: string): string => block(wordOf(fieldOf(fields, name)));

/** Name of another thing: as text, or of the thing itself. */
export function nameOf(value: unknown): string {
  if (isLoose(value)) return lineOf(value, 'name');
  return line(wordOf(value));
}

/** An enumeration's member without its class: "TLSVersion.NONE" is "NONE". */
export const memberOf = (fields: Fields, name: string): string => lineOf(fields, name).replace(/^\w+\./, '');

/** Longest text of all that is kept of one thing, as JSON. */
const MAX_LENGTH = 8000;
const EMPTY = /^(\w+\.(UNKNOWN|NONE|NO_ACTION))?$/;
const NAME = /^[A-Za-z]\w*$/;

/**
 * The fields that say more than the tool's defaults.
 * @returns null when that is too much to keep
 */
export function kept(fields: Fields, except: ReadonlySet<string>): Record<string, Json> | null {
  const all = Object.entries(fields).flatMap(([name, value]): [string, Json][] => {
    if (except.has(name) || !NAME.test(name)) return [];
    const json = told(value);
    return json === null ? [] : [[name, json]];
  });
  const object = Object.fromEntries(all);
  return JSON.stringify(object).length > MAX_LENGTH ? null : object;
}

/** null for what says nothing: empty, false, and numbers as they are when nobody set them. */
function told(value: unknown): Json | null {
  if (typeof value === 'string') return EMPTY.test(value) ? null : value;
  if (typeof value === 'number') return Number.isFinite(value) && value !== -1 && value !== 0 ? value : null;
  if (value === true) return true;
  if (Array.isArray(value)) {
    const items = value.map(told).filter(item => item !== null);
    return items.length > 0 ? items : null;
  }
  if (!isLoose(value)) return null;
  const fields = Object.entries(value).flatMap(([name, field]): [string, Json][] => {
    const json = NAME.test(name) ? told(field) : null;
    return json === null ? [] : [[name, json]];
  });
  return fields.length > 0 ? Object.fromEntries(fields) : null;
}
