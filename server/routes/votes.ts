import { type Context, Hono } from 'hono';
import { nanoid } from 'nanoid';
import type { VoteKey } from '#db/stores/votes.ts';
import * as schemas from '#shared/api/meeting.ts';
import { putEntry, readThreats, readVotes, root } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import { NotNow } from '#shared/meeting/meeting.ts';
import { ApiError } from '../errors.ts';
import { authorOf, changed, tell } from '../meeting/happening.ts';
import { soon } from '../meeting/soon.ts';
import { closeVote } from '../meeting/votes.ts';
import { type Env, membersOnly, moderatorsOnly, type RouteDeps } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { read } from './results.ts';
import { valid } from './validate.ts';

const VOTE_ERRORS = ['forbidden', 'not_found', 'conflict', ...CHANGE_ERRORS] as const;

const NO_VOTE = 'There is no such vote in this session.';

/** @throws {ApiError} `not_found` */
async function keyOf(c: Context<Env>): Promise<VoteKey> {
  const voteId = c.req.param('voteId') ?? '';
  const isThere = await read(c, doc => root(doc, 'votes').has(voteId));
  if (!isThere) throw new ApiError('not_found', NO_VOTE);
  return { sessionId: c.var.member.sessionId, voteId };
}

/** Tells the session how many have voted. */
const count = soon(async ({ db, changeDocument }: RouteDeps, { sessionId, voteId }: VoteKey) => {
  const voters = await db.votes.count({ sessionId, voteId });
  await changeDocument(sessionId, doc => {
    const vote = root(doc, 'votes').get(voteId);
    if (vote && vote.get('closedAt') === null && vote.get('voters') !== voters) vote.set('voters', voters);
  });
});

/** Dot votes: what anybody gave stays with the server, before and after; the session learns the sums when a vote is closed. */
export const votes = new Hono<Env>()
  .get(
    '/:id/votes',
    describe('The votes of the session, the closed ones with their results', schemas.voteList, ['not_found']),
    membersOnly,
    async c => c.json(await read(c, readVotes)),
  )
  .post(
    '/:id/votes',
    describe('Open a vote', schemas.vote, ['invalid_request', ...VOTE_ERRORS], 201),
    membersOnly,
    moderatorsOnly,
    valid('json', schemas.newVote),
    async c => {
      const { deps, member } = c.var;
      const { sessionId } = member;
      const { minutes, ...given } = c.req.valid('json');
      const known = await read(c, doc => new Set(readThreats(doc).map(({ id }) => id)));
      const threats = [...new Set(given.threats)];
      const unknown = threats.find(id => !known.has(id));
      if (unknown !== undefined)
        throw new ApiError('invalid_request', `threats: ${unknown} is no threat of this session.`);
      const id = nanoid(12);
      const openedAt = Date.now();
      const endsAt = minutes === null ? null : openedAt + minutes * 60_000;
      // Before anybody hears of it: the first who does may vote at once.
      const stored = { sessionId, id, dots: given.dots, perThreat: given.perThreat, threats };
      await deps.db.votes.open({ ...stored, endsAt: endsAt === null ? null : new Date(endsAt) });
      const registers = {
        ...{ ...given, threats, openedAt, endsAt },
        ...{ closedAt: null, voters: 0, result: null },
      };
      await changed(deps, sessionId, doc => {
        if (readVotes(doc).some(({ closedAt }) => closedAt === null))
          throw new NotNow('Another vote is open: close it first.');
        putEntry(root(doc, 'votes'), id, registers);
        tell(doc, { at: openedAt, by: authorOf(c) }, { what: 'vote-opened', vote: id, title: given.title });
      });
      return c.json({ id, ...registers }, 201);
    },
  )
  .get(
    '/:id/votes/:voteId/ballot',
    describe('The caller’s own ballot', schemas.ballot, ['not_found']),
    membersOnly,
    async c => c.json({ dots: await c.var.deps.db.votes.ballotOf(await keyOf(c), c.var.member.userId) }),
  )
  .put(
    '/:id/votes/:voteId/ballot',
    describe('Give dots; they take the place of those given before', schemas.ballot, [
      'invalid_request',
      ...VOTE_ERRORS,
    ]),
    membersOnly,
    valid('json', schemas.ballot),
    async c => {
      const { role, userId } = c.var.member;
      if (!can.vote(role)) throw new ApiError('forbidden', 'Observers do not vote.');
      const key = await keyOf(c);
      const { dots } = c.req.valid('json');
      const result = await c.var.deps.db.votes.cast(key, userId, dots);
      if (result === 'closed') throw new ApiError('conflict', 'The vote is closed.');
      if (result !== 'stored') throw new ApiError('invalid_request', result.refused);
      count(c.var.deps, key);
      return c.json({ dots });
    },
  )
  .post(
    '/:id/votes/:voteId/close',
    describe('Close a vote: its result is for everybody to see', schemas.vote, VOTE_ERRORS),
    membersOnly,
    moderatorsOnly,
    async c => {
      const { sessionId, voteId } = await keyOf(c);
      const vote = await closeVote(c.var.deps, sessionId, voteId, authorOf(c));
      if (!vote) throw new ApiError('not_found', NO_VOTE);
      return c.json(vote);
    },
  );
