import {
  and,
  asc,
  countDistinct,
  count as countRows,
  eq,
  inArray,
  isNotNull,
  isNull,
  ne,
  sql,
} from 'drizzle-orm';
import type { Orm } from '../orm.ts';
import { type DraftContent, drafts, privateRounds } from '../schema.ts';

export type Draft = typeof drafts.$inferSelect;
export type { DraftContent };

/** A round of a session. */
export type RoundKey = {
  sessionId: string;
  roundId: string;
};

/** Most drafts of one person in one round. */
export const MOST_DRAFTS = 200;
/** Most that these say together, in bytes: all of a round becomes part of the document at once. */
export const MOST_DRAFT_BYTES = 256 * 1024;

export interface RoundStore {
  open(round: RoundKey): Promise<void>;
  /** From its return on no draft is stored any more; closing it again does nothing. */
  close(round: RoundKey): Promise<void>;
  isOpen(round: RoundKey): Promise<boolean>;
  /**
   * Stores a draft or what became of it: `foreign` when somebody else has one of this id, `full` beyond {@link MOST_DRAFTS} or
   * {@link MOST_DRAFT_BYTES}.
   */
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
  /** Removes the closed rounds of the session but for this one: what a crash left after they were revealed. */
  forgetEarlier(round: RoundKey): Promise<void>;
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

    async isOpen(round) {
      const found = await orm
        .select({ id: privateRounds.id })
        .from(privateRounds)
        .where(and(isRound(round), isNull(privateRounds.closedAt)));
      return found.length > 0;
    },

    put: (round, { id, userId, content }) =>
      orm.transaction(async tx => {
        if (!(await holdOpen(tx, round))) return 'closed';
        const [others] = await tx
          .select({
            count: countRows(),
            bytes: sql<number>`coalesce(sum(octet_length(${drafts.content}::text)), 0)::int`,
          })
          .from(drafts)
          .where(and(isIn(round), eq(drafts.userId, userId), ne(drafts.id, id)));
        const bytes = others!.bytes + Buffer.byteLength(JSON.stringify(content));
        if (others!.count >= MOST_DRAFTS || bytes > MOST_DRAFT_BYTES) return 'full';
        const changed = await tx
          .update(drafts)
          .set({ content })
          .where(and(isIn(round), eq(drafts.id, id), eq(drafts.userId, userId)))
          .returning({ id: drafts.id });
        if (changed.length > 0) return 'stored';
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

    forgetEarlier: ({ sessionId, roundId }) =>
      orm.transaction(async tx => {
        const gone = await tx
          .delete(privateRounds)
          .where(
            and(
              eq(privateRounds.sessionId, sessionId),
              ne(privateRounds.id, roundId),
              isNotNull(privateRounds.closedAt),
            ),
          )
          .returning({ id: privateRounds.id });
        const ids = gone.map(({ id }) => id);
        await tx.delete(drafts).where(and(eq(drafts.sessionId, sessionId), inArray(drafts.roundId, ids)));
      }),
  };
}
