import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import * as schemas from '#shared/api/schemas.ts';
import { readSession } from '#shared/document/document.ts';
import { ROLES } from '#shared/document/roles.ts';
import { DEFAULT_METHOD, isMethod } from '#shared/stride/suggest.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { ApiError } from '../errors.ts';
import { callerOf, type Env, ensureCaller, membersOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { valid } from './validate.ts';

/** 192 random bits: not to be guessed. */
export const newToken = (): string => randomBytes(24).toString('base64url');

export const sessions = new Hono<Env>()
  .post(
    '/',
    describe(
      'Start a session; the caller becomes its moderator',
      schemas.sessionCreated,
      ['invalid_request', ...CHANGE_ERRORS],
      201,
    ),
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
  .get('/', describe('The sessions the caller takes part in, newest first', schemas.sessionList), async c => {
    const { db } = c.var.deps;
    const userId = await callerOf(c);
    const mine = userId ? await db.sessions.listFor(userId) : [];
    return c.json(
      mine.map(({ id, title, role, createdAt }) => ({ id, title, role, createdAt: createdAt.toISOString() })),
    );
  })
  .get(
    '/:id',
    describe('One session, and who the caller is in it', schemas.sessionDetail, ['not_found']),
    membersOnly,
    async c => {
      const { db, readDocument } = c.var.deps;
      const { sessionId, userId, name, role } = c.var.member;
      const stored = await db.sessions.find(sessionId);
      const live = await readDocument(sessionId, readSession);
      if (!stored || !live)
        throw new ApiError('not_found', 'There is no such session, or you are not in it.');
      return c.json({
        id: sessionId,
        title: live.title || stored.title,
        role,
        createdAt: stored.createdAt.toISOString(),
        method: isMethod(live.method) ? live.method : DEFAULT_METHOD,
        me: { id: userId, name },
      });
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
