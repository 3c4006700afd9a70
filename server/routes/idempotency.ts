/**
 * `Idempotency-Key` on POST (draft-ietf-httpapi-idempotency-key-header): who repeats a request, not knowing whether it arrived, gets
 * the answer of the first and changes nothing twice. Answers are kept for a day. What was refused or failed is not kept: it changed
 * nothing, or does the rest when it is repeated. A server that dies between the change and its answer leaves the key taken for some
 * minutes, then free.
 */
import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { Begun } from '#db/stores/keyed-requests.ts';
import { ApiError } from '../errors.ts';
import { callerOf, type Env } from './context.ts';

/** In ms. */
const LIFETIME = 24 * 60 * 60_000;
/** No request takes longer, in ms. */
const PATIENCE = 5 * 60_000;
/** Headers of an answer that are kept with it. */
const KEPT = ['content-type', 'etag', 'location'];

/** Errors that a route may answer because of it. */
export const KEY_ERRORS = ['not_signed_in', 'in_progress', 'idempotency_conflict'] as const;

/** For POST routes whose answer may be stored: not for those that hand out a secret that is kept as a hash alone. */
export const idempotent = createMiddleware<Env>(async (c, next) => {
  const header = c.req.header('idempotency-key');
  if (header === undefined) return next();
  const key = keyOf(header);
  const userId = await callerOf(c);
  if (!userId) {
    throw new ApiError(
      'not_signed_in',
      'An Idempotency-Key needs a token or a cookie: keys belong to a user.',
    );
  }
  const { keyedRequests } = c.var.deps.db;
  const owned = { userId, key };
  // Of a copy, unless it is read already: the route reads the body itself, in whatever form.
  const requestHash = hashOf(
    `${c.req.path}${new URL(c.req.url).search}`,
    c.var.upload?.body ?? new Uint8Array(await c.req.raw.clone().arrayBuffer()),
  );
  const begun = await keyedRequests.begin(owned, requestHash, LIFETIME, PATIENCE);
  if (begun.state !== 'new') return replayed(begun, requestHash);

  let kept = false;
  try {
    await next();
    if (!c.res.ok) return;
    const body = new Uint8Array(await c.res.clone().arrayBuffer());
    const headers = KEPT.flatMap(name => {
      const value = c.res.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    await keyedRequests.finish(owned, { status: c.res.status, headers: Object.fromEntries(headers), body });
    kept = true;
  } finally {
    if (!kept) await keyedRequests.release(owned);
  }
});

function replayed({ state, requestHash, answer }: Exclude<Begun, { state: 'new' }>, asked: string): Response {
  if (requestHash !== asked) {
    throw new ApiError('idempotency_conflict', 'This Idempotency-Key was used for another request.');
  }
  if (state === 'running' || !answer) {
    throw new ApiError(
      'in_progress',
      'The first request with this Idempotency-Key is still being worked on.',
    );
  }
  const { status, headers, body } = answer;
  return new Response(new Uint8Array(body), {
    status,
    headers: { ...headers, 'idempotency-replayed': 'true' },
  });
}

/** A string as structured headers write it, or without its quotes. */
function keyOf(header: string): string {
  const key = /^"([\x20\x21\x23-\x5b\x5d-\x7e]+)"$/.exec(header)?.[1] ?? header;
  if (/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(key)) return key;
  throw new ApiError(
    'invalid_request',
    'Idempotency-Key must be 1 to 255 visible ASCII characters, best a UUID.',
  );
}

const hashOf = (target: string, body: Uint8Array): string =>
  createHash('sha256').update(`${target}\0`).update(body).digest('base64url');
