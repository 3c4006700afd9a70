import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type * as Y from 'yjs';
import type { Database } from '#db/open.ts';
import type { Membership } from '#db/stores/memberships.ts';
import { ApiError } from '../errors.ts';
import type { Pool } from '../exchange/pool.ts';
import type { Guesses } from '../guesses.ts';
import type { Identity, SetCookie } from '../identity/identity.ts';

/** What the routes work with. */
export interface RouteDeps {
  db: Database;
  identity: Identity;
  guesses: Guesses;
  /** The address people use, when a proxy stands in front. */
  publicUrl?: string | undefined;
  /** Reads a session's live document; null when there is no such session. */
  readDocument<T>(sessionId: string, read: (doc: Y.Doc) => T): Promise<T | null>;
  /** Changes a session's live document in one transaction, and waits until it is stored; null when there is no such session. */
  changeDocument<T>(sessionId: string, change: (doc: Y.Doc) => T): Promise<T | null>;
  /** Threads that read files, and such that write them: who brings slow files hinders nobody from taking some away. */
  files: { reading: Pool; writing: Pool };
  /** Largest document of a session, in bytes. */
  documentBytes: number;
  /** A person's name or role in a session changed: their live connections begin anew under it. */
  renew(sessionId: string, userId: string): void;
}

export type Env = { Variables: { deps: RouteDeps; member: Membership } };

/**
 * Lets members of the session `:id` through. Anybody else is told that there is no such session, whether there is or not.
 * @throws {ApiError} `not_found`
 */
export const membersOnly = createMiddleware<Env>(async (c, next) => {
  const { db, identity } = c.var.deps;
  const userId = await identity.userOf(c.req.raw.headers, cookieOf(c));
  const member = userId && (await db.memberships.find(c.req.param('id') ?? '', userId));
  if (!member) throw new ApiError('not_found', 'There is no such session, or you are not in it.');
  c.set('member', member);
  await next();
});

/** @throws {ApiError} `forbidden` for members who are no moderators */
export const moderatorsOnly = createMiddleware<Env>(async (c, next) => {
  if (c.var.member.role !== 'moderator') throw new ApiError('forbidden', 'Only a moderator can do this.');
  await next();
});

/** Adds a cookie to the answer. */
export const cookieOf =
  (c: Context): SetCookie =>
  line =>
    c.header('set-cookie', line, { append: true });
