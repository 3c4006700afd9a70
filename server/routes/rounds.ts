import { randomInt } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import { type Draft, MOST_DRAFT_BYTES, MOST_DRAFTS, type RoundKey } from '#db/stores/rounds.ts';
import * as schemas from '#shared/api/meeting.ts';
import { putEntry, readSession, root } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import { idOfRevealed, NotNow, type Round } from '#shared/meeting/meeting.ts';
import { ApiError } from '../errors.ts';
import { authorOf, changed, sessionEntry, tell } from '../meeting/happening.ts';
import { soon } from '../meeting/soon.ts';
import { type Env, membersOnly, moderatorsOnly, type RouteDeps } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { read } from './results.ts';
import { valid } from './validate.ts';

const NO_ROUND = 'No private round is open.';
const TOO_LATE = 'The round was revealed in the meantime.';
/** Who wrote a threat that was revealed without names. */
const ANONYMOUS: Author = { id: 'anonymous', name: 'Anonymous' };

/** @throws {ApiError} `conflict` when none is open */
async function openRound(c: Context<Env>): Promise<RoundKey> {
  const { round } = await read(c, readSession);
  if (!round) throw new ApiError('conflict', NO_ROUND);
  return { sessionId: c.var.member.sessionId, roundId: round.id };
}

/** @throws {ApiError} `forbidden` for observers, who write nothing */
function writersOnly(c: Context<Env>): string {
  const { role, userId } = c.var.member;
  if (role === 'observer') throw new ApiError('forbidden', 'Observers do not change the session.');
  return userId;
}

/** Tells the session how much was written: nothing of what, and nothing of by whom. */
const count = soon(async ({ db, changeDocument }: RouteDeps, { sessionId, roundId }: RoundKey) => {
  const counted = await db.rounds.count({ sessionId, roundId });
  // Written at the same moment as another node takes the round away, it would come back.
  if (!(await db.rounds.isOpen({ sessionId, roundId }))) return;
  await changeDocument(sessionId, doc => {
    const { round } = readSession(doc);
    const isNews =
      round?.id === roundId && (round.drafts !== counted.drafts || round.people !== counted.people);
    if (isNews) sessionEntry(doc).set('round', { ...round, ...counted });
  });
});

const shown = ({ id, content }: Draft) => ({ id, ...content });

const ROUND_ERRORS = ['forbidden', 'not_found', 'conflict', ...CHANGE_ERRORS] as const;

/** Private rounds: what people write in one is sent to nobody until it is revealed. */
export const rounds = new Hono<Env>()
  .post(
    '/:id/round',
    describe('Open a private round', schemas.round, ['invalid_request', ...ROUND_ERRORS], 201),
    membersOnly,
    moderatorsOnly,
    valid('json', schemas.newRound),
    async c => {
      const { deps, member } = c.var;
      const openedAt = Date.now();
      const round: Round = {
        id: nanoid(12),
        openedAt,
        endsAt: openedAt + c.req.valid('json').minutes * 60_000,
        ...{ drafts: 0, people: 0 },
      };
      // Before anybody hears of it: the first who does may write at once.
      const key = { sessionId: member.sessionId, roundId: round.id };
      await deps.db.rounds.open(key);
      await changed(deps, member.sessionId, doc => {
        if (readSession(doc).round) throw new NotNow('A private round is open already.');
        sessionEntry(doc).set('round', round);
        tell(doc, { at: openedAt, by: authorOf(c) }, { what: 'round-opened' });
      });
      await deps.db.rounds.forgetEarlier(key);
      return c.json(round, 201);
    },
  )
  .get(
    '/:id/round/drafts',
    describe('What the caller wrote in the private round', schemas.draftList, ['not_found', 'conflict']),
    membersOnly,
    async c => {
      const mine = await c.var.deps.db.rounds.draftsOf(await openRound(c), c.var.member.userId);
      return c.json(mine.map(shown));
    },
  )
  .put(
    '/:id/round/drafts/:draftId',
    describe('Write a threat in the private round, or change one', schemas.draft, [
      'invalid_request',
      ...ROUND_ERRORS,
    ]),
    membersOnly,
    valid('param', schemas.draftParam),
    valid('json', schemas.newDraft),
    async c => {
      const userId = writersOnly(c);
      const round = await openRound(c);
      const { draftId } = c.req.valid('param');
      const content = c.req.valid('json');
      const result = await c.var.deps.db.rounds.put(round, { id: draftId, userId, content });
      if (result === 'closed') throw new ApiError('conflict', TOO_LATE);
      if (result === 'full')
        throw new ApiError(
          'conflict',
          `A round takes ${MOST_DRAFTS} threats of a person, and ${MOST_DRAFT_BYTES} bytes of text.`,
        );
      if (result === 'foreign') throw new ApiError('conflict', 'Another draft has this id.');
      count(c.var.deps, round);
      return c.json({ id: draftId, ...content });
    },
  )
  .delete(
    '/:id/round/drafts/:draftId',
    describe('Take back a threat of the private round', null, ['invalid_request', ...ROUND_ERRORS]),
    membersOnly,
    valid('param', schemas.draftParam),
    async c => {
      const userId = writersOnly(c);
      const round = await openRound(c);
      const result = await c.var.deps.db.rounds.remove(round, { id: c.req.valid('param').draftId, userId });
      if (result === 'closed') throw new ApiError('conflict', TOO_LATE);
      count(c.var.deps, round);
      return c.body(null, 204);
    },
  )
  .post(
    '/:id/round/reveal',
    describe('End the private round: what was written becomes threats', schemas.revealed, [
      'invalid_request',
      ...ROUND_ERRORS,
    ]),
    membersOnly,
    moderatorsOnly,
    valid('json', schemas.reveal),
    async c => {
      const { named } = c.req.valid('json');
      const { deps } = c.var;
      const round = await openRound(c);
      await deps.db.rounds.close(round);
      const drafts = await deps.db.rounds.drafts(round);
      const members = await deps.db.memberships.list(round.sessionId);
      const names = new Map(members.map(({ userId, name }) => [userId, name]));
      const by = (userId: string) =>
        named ? { id: userId, name: names.get(userId) ?? 'Somebody' } : ANONYMOUS;
      await changed(deps, round.sessionId, doc => {
        if (readSession(doc).round?.id !== round.roundId) throw new NotNow(NO_ROUND);
        const at = Date.now();
        for (const draft of named ? drafts : shuffled(drafts)) reveal(doc, draft, by(draft.userId), at);
        sessionEntry(doc).delete('round');
        const people = new Set(drafts.map(({ userId }) => userId)).size;
        tell(doc, { at, by: authorOf(c) }, { what: 'round-revealed', drafts: drafts.length, people, named });
      });
      // Not before they are threats for good; and then nobody can find out any more who wrote what.
      await deps.db.rounds.forget(round);
      return c.json({ threats: drafts.length });
    },
  )
  .delete(
    '/:id/round',
    describe('Drop the private round with all that was written in it', null, ROUND_ERRORS),
    membersOnly,
    moderatorsOnly,
    async c => {
      const { deps } = c.var;
      const round = await openRound(c);
      await deps.db.rounds.close(round);
      const { drafts } = await deps.db.rounds.count(round);
      await changed(deps, round.sessionId, doc => {
        if (readSession(doc).round?.id !== round.roundId) throw new NotNow(NO_ROUND);
        sessionEntry(doc).delete('round');
        tell(doc, { at: Date.now(), by: authorOf(c) }, { what: 'round-dropped', drafts });
      });
      await deps.db.rounds.forget(round);
      return c.body(null, 204);
    },
  );

/** A reveal that was cut off and is done again finds what it made already. Ids of drafts are their authors’ to choose, in each round. */
function reveal(doc: Y.Doc, { roundId, id, content }: Draft, by: Author, at: number): void {
  const threats = root(doc, 'threats');
  const entry = idOfRevealed(roundId, id);
  if (!threats.has(entry))
    putEntry(threats, entry, { ...content, status: 'proposed', by, at, suggestion: '' });
}

/** In an order that tells nothing of who wrote what, nor when. */
function shuffled<T>(items: readonly T[]): T[] {
  const rest = [...items];
  return Array.from(items, () => rest.splice(randomInt(rest.length), 1)[0]!);
}
