/** Plain JSON that somebody brought, looked at without trust, and what of it is not as it always is. */
import type { Json } from '../../document/board.ts';
import { isLoose, type Loose } from '../loose.ts';

/** Further out nobody draws; such a number is a mistake or an attack. */
const MAX_COORDINATE = 1_000_000;

export const objectOf = (value: unknown): Loose => (isLoose(value) ? value : {});

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Text with line breaks as `\n`, without what no text has: control characters, halves of surrogate pairs. */
export function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return '';
  return (
    value
      .replace(/\r\n?/g, '\n')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  );
}

/** A coordinate or a length in page units, to the hundredth; null for what is none. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !(Math.abs(number) <= MAX_COORDINATE)) return null;
  return hundredths(number);
}

/** Never minus zero, which JSON does not keep. */
export const hundredths = (number: number): number => Math.round(number * 100) / 100 || 0;

export function without(value: Loose, keys: readonly string[]): Loose {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** The value with what stands at the given paths (keys joined by dots) taken out, and objects that are empty then. */
export function pruned(value: Loose, paths: readonly string[]): Loose {
  const here = paths.filter(path => !path.includes('.'));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (here.includes(key)) return [];
      const deeper = paths.flatMap(path => (path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : []));
      if (!isLoose(inner) || deeper.length === 0) return [[key, inner]];
      const rest = pruned(inner, deeper);
      return Object.keys(rest).length > 0 ? [[key, rest]] : [];
    }),
  );
}

/** What of `actual` is not as in `standard`: {@link merged} puts it back. */
export function difference(actual: Loose, standard: Loose): Record<string, Json> {
  const entries = Object.entries(actual).flatMap(([key, value]): [string, Json][] => {
    if (key === '__proto__' || value === undefined) return [];
    const usual = Object.hasOwn(standard, key) ? standard[key] : undefined;
    if (isLoose(value) && isLoose(usual)) {
      const inner = difference(value, usual);
      return Object.keys(inner).length > 0 ? [[key, inner]] : [];
    }
    return JSON.stringify(value) === JSON.stringify(usual) ? [] : [[key, value as Json]];
  });
  return Object.fromEntries(entries);
}

/** Told of a value that is left out, by its path (keys joined by dots), and of the type it should have. */
export type Refuse = (path: string, type: string) => void;

/** The value without what is of another type than its example: whoever reads such a file expects that type. */
export function typed(value: Loose, example: Loose, refuse: Refuse, path = ''): Loose {
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const usual = Object.hasOwn(example, key) ? example[key] : undefined;
    if (usual === undefined) return [[key, inner]];
    if (isLoose(inner) && isLoose(usual)) return [[key, typed(inner, usual, refuse, `${path}${key}.`)]];
    if (typeOf(inner) === typeOf(usual) && (isNatural(inner) || !isNatural(usual))) return [[key, inner]];
    if (inner !== null && inner !== undefined) refuse(path + key, typeOf(usual));
    return [];
  });
  return Object.fromEntries(entries);
}

/** A whole number that is not negative. */
export const isNatural = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** A word for what it is. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (Number.isSafeInteger(value)) return 'whole number';
  if (value === null) return 'nothing';
  return typeof value === 'string' ? 'text' : typeof value;
}

export function merged(standard: Loose, change: Loose): Loose {
  const result = new Map(Object.entries(standard));
  for (const [key, value] of Object.entries(change)) {
    const usual = result.get(key);
    result.set(key, isLoose(usual) && isLoose(value) ? merged(usual, value) : value);
  }
  return Object.fromEntries(result);
}
