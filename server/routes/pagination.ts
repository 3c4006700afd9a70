/** Long lists in pages: `?limit=&cursor=`, and a `Link` with `rel="next"` (RFC 8288) while there is more. */
import type { Context } from 'hono';
import { PAGE_LIMIT } from '#shared/api/schemas.ts';
import { ApiError } from '../errors.ts';
import type { Env } from './context.ts';

/** Where a page ended: the place of its last entry in the list, and the id of that. */
type Cursor = [place: number, id: string];

interface PageInput {
  in: { query: unknown };
  out: { query: { limit?: number | undefined; cursor?: string | undefined } };
}

/**
 * The part of a list that the request asks for; adds the link to the next.
 * @param idOf what an entry is known by when the list has changed in between
 */
export function pageOf<T>(
  // biome-ignore lint/suspicious/noExplicitAny: whatever the path
  c: Context<Env, any, PageInput>,
  list: readonly T[],
  idOf: (entry: T) => string = entry => (entry as { id: string }).id,
): T[] {
  const { limit = PAGE_LIMIT, cursor } = c.req.valid('query');
  const from = cursor === undefined ? 0 : startAfter(list, read(cursor), idOf);
  const page = list.slice(from, from + limit);
  const end = from + page.length;
  if (end < list.length) {
    const next = Buffer.from(JSON.stringify([end - 1, idOf(page.at(-1)!)] satisfies Cursor)).toString(
      'base64url',
    );
    const { pathname } = new URL(c.req.url);
    c.header('link', `<${pathname}?limit=${limit}&cursor=${next}>; rel="next"`);
  }
  return page;
}

/** After the entry itself, wherever it is now; where it was, when it is gone. */
function startAfter<T>(list: readonly T[], [place, id]: Cursor, idOf: (entry: T) => string): number {
  const now = list.findIndex(entry => idOf(entry) === id);
  return now >= 0 ? now + 1 : place;
}

function read(cursor: string): Cursor {
  try {
    const [place, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(place) && (place as number) >= 0 && typeof id === 'string')
      return [place as number, id];
  } catch {
    // Not one of ours: said below.
  }
  throw new ApiError('invalid_request', 'cursor is not one that this list gave.');
}
