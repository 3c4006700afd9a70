/** What only a thing's own format can say about it, as far as a session keeps it. */
import type { Json } from '../document/board.ts';

/** Deepest nesting: a register of the document takes 24 levels, and it is one of them. */
const MAX_DEPTH = 20;
/** Longest, as JSON text, of one format for one thing. */
const MAX_LENGTH = 256 * 1024;

/** The name under which the server keeps what the last import said of a thing; no format's. */
export const IMPORTED = 'imported';

/**
 * @returns what can be kept, undefined for nothing, and in words what can't, or empty
 */
export function soundForeign(given: Record<string, Json> | undefined): {
  foreign: Record<string, Json> | undefined;
  dropped: string;
} {
  const kept: [string, Json][] = [];
  const dropped: string[] = [];
  for (const [format, value] of Object.entries(given ?? {})) {
    if (value === undefined || format === IMPORTED || !/^[a-z][\w-]{0,40}$/i.test(format)) continue;
    const plain = plainOf(value);
    if (plain === undefined) dropped.push(`what only ${format} says of it is nested too deeply`);
    else if (JSON.stringify(plain).length > MAX_LENGTH)
      dropped.push(`what only ${format} says of it is too long`);
    else kept.push([format, plain]);
  }
  return { foreign: kept.length > 0 ? Object.fromEntries(kept) : undefined, dropped: dropped.join('; ') };
}

/** A copy that holds JSON and nothing else, and no key that JavaScript takes for its own; undefined when it is too deep. */
function plainOf(value: unknown, depth = 0): Json | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (typeof value) {
    case 'string':
      return value.replace(/\p{Surrogate}/gu, '\ufffd');
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) {
        const items = value.map(item => plainOf(item ?? null, depth + 1));
        return items.includes(undefined) ? undefined : (items as Json[]);
      }
      const entries = Object.entries(value)
        .filter(([key, item]) => key !== '__proto__' && item !== undefined)
        .map(([key, item]) => [key, plainOf(item, depth + 1)] as const);
      return entries.some(([, item]) => item === undefined)
        ? undefined
        : Object.fromEntries(entries as [string, Json][]);
    }
    default:
      return null;
  }
}
