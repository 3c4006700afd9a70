import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import type { WorkshopSession } from '#db/stores/sessions.ts';
import * as schemas from '#shared/api/schemas.ts';
import { readSession, SESSION_ENTRY } from '#shared/document/document.ts';
import { ROLES } from '#shared/document/roles.ts';
import { DEFAULT_METHOD, isMethod } from '#shared/stride/method-names.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { ApiError } from '../errors.ts';
import { checkMatch, etagOf } from './conditional.ts';
import { callerOf, type Env, ensureCaller, membersOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { idempotent, KEY_ERRORS } from './idempotency.ts';
import { pageOf } from './pagination.ts';
import { read } from './results.ts';
import { valid } from './validate.ts';
import { write } from './write.ts';

/** 192 random bits: not to be guessed. */
export const newToken = (): string => randomBytes(24).toString('base64url');

async function storedOf(c: Context<Env>): Promise<WorkshopSession> {
  const stored = await c.var.deps.db.sessions.find(c.var.member.sessionId);
  if (!stored) throw new ApiError('not_found', 'There is no such session, or you are not in it.');
  return stored;
}

function detailOf(c: Context<Env>, stored: WorkshopSession, doc: Y.Doc) {
  const { sessionId, userId, name, role } = c.var.member;
  const { title, scope, method, locked } = readSession(doc);
  return {
    id: sessionId,
    title: title || stored.title,
    role,
    createdAt: stored.createdAt.toISOString(),
    scope,
    method: isMethod(method) ? method : DEFAULT_METHOD,
    locked,
    me: { id: userId, name },
  };
}

export const sessions = new Hono<Env>()
  .post(
    '/',
    describe(
      'Start a session; the caller becomes its moderator',
      schemas.sessionCreated,
      ['invalid_request', ...CHANGE_ERRORS, ...KEY_ERRORS],
      201,
    ),
    idempotent,
    valid('json', schemas.newSession),
    async c => {
      const { db } = c.var.deps;
      const { title, template, method = DEFAULT_METHOD, name } = c.req.valid('json');
      const userId = await ensureCaller(c);
      const id = nanoid(16);
      const invites = ROLES.map(role => ({ role, token: newToken() }));
      const firstUpdate = seedDocument(template, { title, method });
      await db.sessions.create({
        id,
        title,
        method,
        createdBy: userId,
        moderatorName: name,
        invites,
        firstUpdate,
      });
      const tokens = Object.fromEntries(invites.map(({ role, token }) => [role, token]));
      return c.json({ id, title, invites: tokens as Record<(typeof ROLES)[number], string> }, 201);
    },
  )
  .get(
    '/',
    describe('The sessions the caller takes part in, newest first', schemas.sessionList, ['invalid_request']),
    valid('query', schemas.pageQuery),
    async c => {
      const { db } = c.var.deps;
      const userId = await callerOf(c);
      const mine = userId ? await db.sessions.listFor(userId) : [];
      return c.json(
        pageOf(c, mine).map(({ id, title, role, createdAt }) => ({
          id,
          title,
          role,
          createdAt: createdAt.toISOString(),
        })),
      );
    },
  )
  .get(
    '/:id',
    describe('One session, and who the caller is in it', schemas.sessionDetail, ['not_found']),
    membersOnly,
    async c => {
      const stored = await storedOf(c);
      return c.json(await read(c, doc => detailOf(c, stored, doc)));
    },
  )
  .patch(
    '/:id',
    describe('Change title, scope or method, or lock the board', schemas.sessionDetail, [
      'invalid_request',
      'forbidden',
      'not_found',
      'precondition_failed',
      ...CHANGE_ERRORS,
    ]),
    membersOnly,
    valid('json', schemas.sessionChange),
    async c => {
      const { locked, ...change } = c.req.valid('json');
      const stored = await storedOf(c);
      // Not stored while the board is open to everyone.
      const registers = { ...change, ...(locked !== undefined && { locked: locked || undefined }) };
      await write(c, doc => {
        checkMatch(c, detailOf(c, stored, doc));
        return { edits: [{ root: 'session', entry: SESSION_ENTRY, registers }], result: null };
      });
      const detail = await read(c, doc => detailOf(c, stored, doc));
      c.header('etag', etagOf(detail));
      return c.json(detail);
    },
  )
  .post(
    '/:id/ticket',
    describe('A pass for `/sync/:id?ticket=`, valid for a minute', schemas.ticket, [
      'not_found',
      ...CHANGE_ERRORS,
    ]),
    membersOnly,
    async c => {
      const { sessionId, userId } = c.var.member;
      return c.json({ ticket: await c.var.deps.identity.ticket(userId, sessionId) });
    },
  );
