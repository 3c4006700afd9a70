import { Hono } from 'hono';
import * as schemas from '#shared/api/schemas.ts';
import type { Role } from '#shared/document/roles.ts';
import { type Env, membersOnly, moderatorsOnly, type RouteDeps } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { newToken } from './sessions.ts';
import { valid } from './validate.ts';

async function linksOf({ db }: RouteDeps, sessionId: string): Promise<Record<Role, string | null>> {
  const links = await db.invites.list(sessionId);
  const tokenOf = (role: Role) => links.find(link => link.role === role)?.token ?? null;
  return {
    moderator: tokenOf('moderator'),
    participant: tokenOf('participant'),
    observer: tokenOf('observer'),
  };
}

/** Invitation links: one for each role, which a moderator sees, replaces and revokes. */
export const invites = new Hono<Env>()
  .get(
    '/:id/invites',
    describe('The invitation tokens of a session', schemas.inviteList, ['forbidden', 'not_found']),
    membersOnly,
    moderatorsOnly,
    async c => c.json(await linksOf(c.var.deps, c.var.member.sessionId)),
  )
  .put(
    '/:id/invites/:role',
    describe('Give a role a new token; the old one stops working', schemas.inviteList, [
      'invalid_request',
      'forbidden',
      'not_found',
      ...CHANGE_ERRORS,
    ]),
    membersOnly,
    moderatorsOnly,
    valid('param', schemas.roleParam),
    async c => {
      const { id, role } = c.req.valid('param');
      await c.var.deps.db.invites.replace(id, role, newToken());
      return c.json(await linksOf(c.var.deps, id));
    },
  )
  .delete(
    '/:id/invites/:role',
    describe('Revoke a role’s token', schemas.inviteList, [
      'invalid_request',
      'forbidden',
      'not_found',
      ...CHANGE_ERRORS,
    ]),
    membersOnly,
    moderatorsOnly,
    valid('param', schemas.roleParam),
    async c => {
      const { id, role } = c.req.valid('param');
      await c.var.deps.db.invites.revoke(id, role);
      return c.json(await linksOf(c.var.deps, id));
    },
  );
