import { and, asc, countDistinct, count as countRows, eq, isNull } from 'drizzle-orm';
import type { Orm } from '../orm.ts';
import { type DraftContent, drafts, privateRounds } from '../schema.ts';

export type Draft = typeof drafts.$inferSelect;
export type { DraftContent };

/** A round of a session. */
export interface RoundKey {
  sessionId: string;
  roundId: string;
}

/** Most drafts of one person in one round. */
export const MOST_DRAFTS = 200;

export interface RoundStore {
  open(round: RoundKey): Promise<void>;
  /** From its return on no draft is stored any more; closing it again does nothing. */
  close(round: RoundKey): Promise<void>;
  /** Stores a draft or what became of it: `foreign` when somebody else has one of this id, `full` beyond {@link MOST_DRAFTS}. */
  put(
    round: RoundKey,
    draft: { id: string; userId: string; content: DraftContent },
  ): Promise<'stored' | 'closed' | 'foreign' | 'full'>;
  /** Removes a person's own draft; one that is not there is none. */
  remove(round: RoundKey, draft: { id: string; userId: string }): Promise<'removed' | 'closed'>;
  /** A person's own, in the order in which they wrote them. */
  draftsOf(round: RoundKey, userId: string): Promise<Draft[]>;
  /** Everybody's, in the same order. */
  drafts(round: RoundKey): Promise<Draft[]>;
  count(round: RoundKey): Promise<{ drafts: number; people: number }>;
  /** Removes a round with all that was written in it. */
  forget(round: RoundKey): Promise<void>;
}

export function createRoundStore(orm: Orm): RoundStore {
  const isRound = ({ sessionId, roundId }: RoundKey) =>
    and(eq(privateRounds.sessionId, sessionId), eq(privateRounds.id, roundId));
  const isIn = ({ sessionId, roundId }: RoundKey) =>
    and(eq(drafts.sessionId, sessionId), eq(drafts.roundId, roundId));

  /** Whether a round is open, which it stays until the transaction ends. */
  async function holdOpen(tx: Pick<Orm, 'select'>, round: RoundKey): Promise<boolean> {
    const found = await tx
      .select({ id: privateRounds.id })
      .from(privateRounds)
      .where(and(isRound(round), isNull(privateRounds.closedAt)))
      .for('share');
    return found.length > 0;
  }

  return {
    async open({ sessionId, roundId }) {
      await orm.insert(privateRounds).values({ sessionId, id: roundId });
    },

    async close(round) {
      await orm
        .update(privateRounds)
        .set({ closedAt: new Date() })
        .where(and(isRound(round), isNull(privateRounds.closedAt)));
    },

    put: (round, { id, userId, content }) =>
      orm.transaction(async tx => {
        if (!(await holdOpen(tx, round))) return 'closed';
        const [mine] = await tx
          .select({ count: countRows() })
          .from(drafts)
          .where(and(isIn(round), eq(drafts.userId, userId)));
        const changed = await tx
          .update(drafts)
          .set({ content })
          .where(and(isIn(round), eq(drafts.id, id), eq(drafts.userId, userId)))
          .returning({ id: drafts.id });
        if (changed.length > 0) return 'stored';
        if (mine!.count >= MOST_DRAFTS) return 'full';
        const added = await tx
          .insert(drafts)
          .values({ ...round, id, userId, content })
          .onConflictDoNothing()
          .returning({ userId: drafts.userId });
        return added.length > 0 ? 'stored' : 'foreign';
      }),

    remove: (round, { id, userId }) =>
      orm.transaction(async tx => {
        if (!(await holdOpen(tx, round))) return 'closed';
        await tx.delete(drafts).where(and(isIn(round), eq(drafts.id, id), eq(drafts.userId, userId)));
        return 'removed';
      }),

    draftsOf: (round, userId) =>
      orm
        .select()
        .from(drafts)
        .where(and(isIn(round), eq(drafts.userId, userId)))
        .orderBy(asc(drafts.createdAt), asc(drafts.id)),

    drafts: round =>
      orm.select().from(drafts).where(isIn(round)).orderBy(asc(drafts.createdAt), asc(drafts.id)),

    async count(round) {
      const [counted] = await orm
        .select({ drafts: countRows(), people: countDistinct(drafts.userId) })
        .from(drafts)
        .where(isIn(round));
      return counted!;
    },

    forget: round =>
      orm.transaction(async tx => {
        await tx.delete(drafts).where(isIn(round));
        await tx.delete(privateRounds).where(isRound(round));
      }),
  };
}
