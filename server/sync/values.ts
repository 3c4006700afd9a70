/** What may stand in a document at all, whoever writes it. */
import type { Json } from '#shared/document/board.ts';
import type { Root } from '#shared/document/document.ts';
import { MAX_LINE_POINTS } from '#shared/document/line-points.ts';

/** Deepest nesting of one register's value: tldraw's rich text stays below 12. */
const MAX_DEPTH = 24;

const BOARD_ENTRY = /^(document|page|shape|binding):[\w:./@+~-]{1,200}$/;
const OTHER_ENTRY = /^[\w:./@+~-]{1,400}$/;
/** One name, or two joined by a dot; `__proto__` and its kin do not start with a letter. */
const KEY = /^[a-z][\w-]{0,63}(\.[a-z][\w-]{0,63})?$/i;

export const isSafeEntry = (root: Root, entry: string): boolean =>
  (root === 'board' ? BOARD_ENTRY : OTHER_ENTRY).test(entry) && entry !== '__proto__';

export const isSafeKey = (key: string): boolean =>
  KEY.test(key) && !/(^|\.)(constructor|prototype)$/.test(key);

/** Every flow is held against each point of a line, in every pass. */
export const isTooLong = (root: Root, key: string, value: Json): boolean =>
  root === 'board' && key === 'props.points' && Array.isArray(value) && value.length > MAX_LINE_POINTS;

/** JSON and nothing else: no undefined, bigint, bytes, NaN, and not deeper than {@link MAX_DEPTH}. */
export function isPlainJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (depth >= MAX_DEPTH) return false;
      if (Array.isArray(value)) return value.every(item => isPlainJson(item, depth + 1));
      return (
        Object.getPrototypeOf(value) === Object.prototype &&
        Object.entries(value).every(([key, item]) => key !== '__proto__' && isPlainJson(item, depth + 1))
      );
    default:
      return false;
  }
}
