import { and, count as countRows, eq, isNull, sql } from 'drizzle-orm';
import { type Ballot, refuseBallot } from '#shared/meeting/votes.ts';
import type { Orm } from '../orm.ts';
import { ballots, votes } from '../schema.ts';

export type StoredVote = typeof votes.$inferSelect;

export type VoteKey = {
  sessionId: string;
  voteId: string;
};

export interface VoteStore {
  open(vote: Omit<StoredVote, 'closedAt'>): Promise<void>;
  /** From its return on no ballot counts any more; closing it again does nothing. Returns the ballots, null without such a vote. */
  close(vote: VoteKey): Promise<{ vote: StoredVote; ballots: Ballot[] } | null>;
  /**
   * Stores a person's ballot in the place of the one they cast before; an empty one takes it back.
   * @returns `stored`, `closed`, or why it does not count, in words
   */
  cast(vote: VoteKey, userId: string, ballot: Ballot): Promise<'stored' | 'closed' | { refused: string }>;
  /** A person's own; empty when they cast none. */
  ballotOf(vote: VoteKey, userId: string): Promise<Ballot>;
  /** How many people cast a ballot. */
  count(vote: VoteKey): Promise<number>;
}

export function createVoteStore(orm: Orm): VoteStore {
  const isVote = ({ sessionId, voteId }: VoteKey) =>
    and(eq(votes.sessionId, sessionId), eq(votes.id, voteId));
  const isIn = ({ sessionId, voteId }: VoteKey) =>
    and(eq(ballots.sessionId, sessionId), eq(ballots.voteId, voteId));

  return {
    async open(vote) {
      await orm.insert(votes).values(vote);
    },

    async close(key) {
      await orm
        .update(votes)
        .set({ closedAt: new Date() })
        .where(and(isVote(key), isNull(votes.closedAt)));
      const [vote] = await orm.select().from(votes).where(isVote(key));
      if (!vote) return null;
      const cast = await orm.select({ dots: ballots.dots }).from(ballots).where(isIn(key));
      return { vote, ballots: cast.map(({ dots }) => dots) };
    },

    cast: (key, userId, ballot) =>
      orm.transaction(async tx => {
        // Open until the transaction ends, by the clock of the database.
        const [vote] = await tx
          .select()
          .from(votes)
          .where(
            and(
              isVote(key),
              isNull(votes.closedAt),
              sql`(${votes.endsAt} is null or ${votes.endsAt} > clock_timestamp())`,
            ),
          )
          .for('share');
        if (!vote) return 'closed';
        const refused = refuseBallot(vote, ballot);
        if (refused) return { refused };
        if (Object.keys(ballot).length === 0) {
          await tx.delete(ballots).where(and(isIn(key), eq(ballots.userId, userId)));
          return 'stored';
        }
        await tx
          .insert(ballots)
          .values({ ...key, userId, dots: ballot })
          .onConflictDoUpdate({
            target: [ballots.sessionId, ballots.voteId, ballots.userId],
            set: { dots: ballot },
          });
        return 'stored';
      }),

    async ballotOf(key, userId) {
      const [found] = await orm
        .select({ dots: ballots.dots })
        .from(ballots)
        .where(and(isIn(key), eq(ballots.userId, userId)));
      return found?.dots ?? {};
    },

    async count(key) {
      const [counted] = await orm.select({ count: countRows() }).from(ballots).where(isIn(key));
      return counted!.count;
    },
  };
}
