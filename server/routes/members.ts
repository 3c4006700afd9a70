import { type Context, Hono } from 'hono';
import type * as Y from 'yjs';
import * as schemas from '#shared/api/schemas.ts';
import { root } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import type { Happening } from '#shared/meeting/minutes.ts';
import { ApiError } from '../errors.ts';
import { authorOf, changed, tell } from '../meeting/happening.ts';
import { type Env, membersOnly, moderatorsOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { pageOf } from './pagination.ts';
import { valid } from './validate.ts';

const MEMBER_ERRORS = ['forbidden', 'not_found', 'conflict', ...CHANGE_ERRORS] as const;

async function personOf(c: Context<Env>) {
  const { db } = c.var.deps;
  const person = await db.memberships.find(c.var.member.sessionId, c.req.param('userId') ?? '');
  if (!person) throw new ApiError('not_found', 'There is no such person in this session.');
  return person;
}

/** Their connections begin anew, under what they are now, and the minutes tell of it. */
async function tellOf(
  c: Context<Env>,
  done: 'done' | 'absent' | 'last',
  { userId, name }: Awaited<ReturnType<typeof personOf>>,
  change: (who: Author, doc: Y.Doc) => Happening,
): Promise<void> {
  if (done === 'last')
    throw new ApiError('conflict', 'A session keeps a moderator: make somebody else one first.');
  if (done === 'absent') throw new ApiError('not_found', 'There is no such person in this session.');
  const { deps, member } = c.var;
  deps.renew(member.sessionId, userId);
  const told = changed(deps, member.sessionId, doc =>
    tell(doc, { at: Date.now(), by: authorOf(c) }, change({ id: userId, name }, doc)),
  );
  // It is done all the same: who fills a session up is sent away like everybody.
  await told.catch(error => {
    if (!(error instanceof ApiError && error.code === 'too_large')) throw error;
  });
}

/** Who takes part in a session, and as what. */
export const members = new Hono<Env>()
  .get(
    '/:id/members',
    describe('Who has entered the session, in that order', schemas.memberList, [
      'invalid_request',
      'not_found',
    ]),
    membersOnly,
    valid('query', schemas.pageQuery),
    async c => {
      const all = await c.var.deps.db.memberships.list(c.var.member.sessionId);
      const shown = all.map(({ userId, name, role, joinedAt }) => ({
        id: userId,
        name,
        role,
        joinedAt: joinedAt.toISOString(),
      }));
      return c.json(pageOf(c, shown));
    },
  )
  .patch(
    '/:id/members/:userId',
    describe('Give a person another role', schemas.member, ['invalid_request', ...MEMBER_ERRORS]),
    membersOnly,
    moderatorsOnly,
    valid('json', schemas.memberChange),
    async c => {
      const { role } = c.req.valid('json');
      const person = await personOf(c);
      const { sessionId, userId, name, joinedAt } = person;
      if (role !== person.role) {
        const done = await c.var.deps.db.memberships.setRole(sessionId, userId, role);
        await tellOf(c, done, person, who => ({ what: 'role-changed', who, role }));
      }
      return c.json({ id: userId, name, role, joinedAt: joinedAt.toISOString() });
    },
  )
  .delete(
    '/:id/members/:userId',
    describe('Send a person away, for good', null, MEMBER_ERRORS),
    membersOnly,
    moderatorsOnly,
    async c => {
      const person = await personOf(c);
      const { sessionId, userId } = person;
      const done = await c.var.deps.db.memberships.remove(sessionId, userId);
      await tellOf(c, done, person, (who, doc) => {
        root(doc, 'hands').delete(userId);
        return { what: 'removed', who };
      });
      return c.body(null, 204);
    },
  );
