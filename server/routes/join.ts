import { type Context, Hono } from 'hono';
import * as schemas from '#shared/api/schemas.ts';
import { readSession } from '#shared/document/document.ts';
import { ApiError } from '../errors.ts';
import { addressOf } from '../origin.ts';
import { type Env, ensureCaller } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { valid } from './validate.ts';

/** @throws {ApiError} `invalid_invitation`, the same for forged, revoked and replaced tokens; `too_many_requests` */
async function inviteOf(c: Context<Env>, token: string) {
  const { db, guesses, publicUrl } = c.var.deps;
  const address = addressOf(c, publicUrl);
  await guesses.check(address);
  const invite = await db.invites.findByToken(token);
  if (invite) return invite;
  await guesses.wrong(address);
  throw new ApiError('invalid_invitation', 'This invitation is not valid, or no longer. Ask for a new link.');
}

export const join = new Hono<Env>()
  .post(
    '/invitation',
    describe('What an invitation is for', schemas.invitationDetail, [
      'invalid_request',
      'invalid_invitation',
      'too_many_requests',
      ...CHANGE_ERRORS,
    ]),
    valid('json', schemas.invitation),
    async c => {
      const { sessionId, role } = await inviteOf(c, c.req.valid('json').token);
      const session = await c.var.deps.readDocument(sessionId, readSession);
      return c.json({ title: session?.title ?? '', role });
    },
  )
  .post(
    '/join',
    describe('Enter a session by an invitation, under a name', schemas.joined, [
      'invalid_request',
      'invalid_invitation',
      'forbidden',
      'too_many_requests',
      ...CHANGE_ERRORS,
    ]),
    valid('json', schemas.join),
    async c => {
      const { db, renew, readDocument } = c.var.deps;
      const { token, name } = c.req.valid('json');
      const { sessionId, role } = await inviteOf(c, token);
      const userId = await ensureCaller(c);
      const before = await db.memberships.find(sessionId, userId);
      const session = before ? null : await readDocument(sessionId, readSession);
      if (session?.newcomersClosed)
        throw new ApiError('forbidden', 'The moderator has closed this session to newcomers.');
      const member = await db.memberships.join({ sessionId, userId, role, name });
      if (!member) throw new ApiError('forbidden', 'A moderator removed you from this session.');
      if (before && (before.role !== member.role || before.name !== member.name)) renew(sessionId, userId);
      return c.json({ sessionId, role: member.role });
    },
  );
