import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type * as Y from 'yjs';
import type { Database } from '#db/open.ts';
import type { Membership } from '#db/stores/memberships.ts';
import type { Author } from '#shared/document/threats.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import { ApiError } from '../errors.ts';
import type { Upload } from '../exchange/jobs.ts';
import type { Places } from '../exchange/places.ts';
import type { Pool } from '../exchange/pool.ts';
import type { ProgressBoard } from '../exchange/progress.ts';
import type { Guesses } from '../guesses.ts';
import { bearerOf } from '../identity/bearer.ts';
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
  /**
   * Changes a session's live document in one transaction, for somebody if need be, and waits until it is stored; null when there is
   * no such session.
   */
  changeDocument<T>(sessionId: string, change: (doc: Y.Doc) => T, by?: Author): Promise<T | null>;
  /** Threads that read files, and such that write them: who brings slow files hinders nobody from taking some away. */
  files: {
    reading: Pool;
    writing: Pool;
    progress: ProgressBoard;
    places: Places;
    /** How long the sender of a file may send nothing, in ms. */
    patience: number;
  };
  /** The rules that every session is suggested from. */
  catalogue: Catalogue;
  /** Largest document of a session, in bytes. */
  documentBytes: number;
  /** A person's name or role in a session changed: their live connections begin anew under it. */
  renew(sessionId: string, userId: string): void;
}

export type Env = {
  Variables: {
    deps: RouteDeps;
    member: Membership;
    /** Id of the user whose token the request carries; null when it carries none. */
    owner: string | null;
    /** The file that the request brought, where `uploaded` took it in. */
    upload?: Upload;
  };
};

/**
 * Who sends a token is its owner, on every route; cookies beside it count for nothing.
 * @throws {ApiError} `not_signed_in` when it is unknown or revoked
 */
export const bearers = createMiddleware<Env>(async (c, next) => {
  const token = bearerOf(c.req.raw.headers);
  const owner = token === null ? null : await c.var.deps.identity.ownerOf(token);
  if (token !== null && !owner) {
    c.header('www-authenticate', 'Bearer');
    throw new ApiError('not_signed_in', 'This token is not valid, or no longer.');
  }
  c.set('owner', owner);
  await next();
});

/** Id of the user who asks, known by token or cookie; null for a stranger. */
export const callerOf = async (c: Context<Env>): Promise<string | null> =>
  c.var.owner ?? c.var.deps.identity.userOf(c.req.raw.headers, cookieOf(c));

/** The same, but a stranger becomes an anonymous user. */
export const ensureCaller = async (c: Context<Env>): Promise<string> =>
  c.var.owner ?? c.var.deps.identity.ensureUser(c.req.raw.headers, cookieOf(c));

/**
 * Lets members of the session `:id` through. Anybody else is told that there is no such session, whether there is or not.
 * @throws {ApiError} `not_found`
 */
export const membersOnly = createMiddleware<Env>(async (c, next) => {
  const userId = await callerOf(c);
  const member = userId && (await c.var.deps.db.memberships.find(c.req.param('id') ?? '', userId));
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
