/** ETags: what is read says which content it is, so that it is read anew only when it changed, and overwritten only if it did not. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ApiError } from '../errors.ts';
import type { Env } from './context.ts';

const hash = (bytes: string | Uint8Array): string =>
  `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;

/** The strong ETag of what a GET answers with this value. */
export const etagOf = (value: unknown): string => hash(JSON.stringify(value));

/** The tags that `If-Match` or `If-None-Match` lists. */
const tagsOf = (header: string): string[] => header.split(',').map(tag => tag.trim());

/** Gives what is read its ETag, and answers 304 to who has it. */
export const conditional = createMiddleware<Env>(async (c, next) => {
  await next();
  if (c.req.method !== 'GET' || c.res.status !== 200) return;
  const body = new Uint8Array(await c.res.arrayBuffer());
  const etag = c.res.headers.get('etag') ?? hash(body);
  const known = tagsOf(c.req.header('if-none-match') ?? '').map(tag => tag.replace(/^W\//, ''));
  const headers = new Headers(c.res.headers);
  headers.set('etag', etag);
  if (!known.includes(etag) && !known.includes('*')) {
    c.res = new Response(body, { status: 200, headers });
    return;
  }
  for (const name of ['content-type', 'content-length']) headers.delete(name);
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers });
});

/**
 * Holds `If-Match` against what is there now. Call it where what is there can't change before it is written: inside `plan`.
 * @param current what a GET of the same address answers
 * @throws {ApiError} `precondition_failed`
 */
export function checkMatch(c: Context<Env>, current: unknown): void {
  const header = c.req.header('if-match');
  if (header === undefined) return;
  const wanted = tagsOf(header);
  if (wanted.includes('*') || wanted.includes(etagOf(current))) return;
  throw new ApiError('precondition_failed', 'It has changed since you read it. Read it again.');
}
