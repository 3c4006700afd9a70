import { and, asc, eq, sql } from 'drizzle-orm';
import { TooManyTokensError } from '../errors.ts';
import type { Orm } from '../orm.ts';
import { tokens, user } from '../schema.ts';

export type Token = Pick<typeof tokens.$inferSelect, 'id' | 'name' | 'createdAt'>;

const SHOWN = { id: tokens.id, name: tokens.name, createdAt: tokens.createdAt };

export interface TokenStore {
  /**
   * @param most how many a user may have
   * @throws {TooManyTokensError} when this would be one more
   */
  add(token: { id: string; userId: string; name: string; hash: string }, most: number): Promise<Token>;
  /** A user's tokens in the order they were made. */
  list(userId: string): Promise<Token[]>;
  /** @returns whether the user had it */
  remove(userId: string, id: string): Promise<boolean>;
  /** Id of the user whose token has this hash. */
  ownerOf(hash: string): Promise<string | null>;
}

export function createTokenStore(orm: Orm): TokenStore {
  return {
    add: (token, most) =>
      orm.transaction(async tx => {
        // Held until the end, so that two requests at once can't both be the last that fits.
        await tx.select({ id: user.id }).from(user).where(eq(user.id, token.userId)).for('update');
        const [held] = await tx
          .select({ count: sql<number>`count(*)::int` })
          .from(tokens)
          .where(eq(tokens.userId, token.userId));
        if (held!.count >= most) throw new TooManyTokensError(`A user may have ${most} tokens.`);
        const [added] = await tx.insert(tokens).values(token).returning(SHOWN);
        return added!;
      }),

    async list(userId) {
      return orm
        .select(SHOWN)
        .from(tokens)
        .where(eq(tokens.userId, userId))
        .orderBy(asc(tokens.createdAt), asc(tokens.id));
    },

    async remove(userId, id) {
      const gone = await orm
        .delete(tokens)
        .where(and(eq(tokens.userId, userId), eq(tokens.id, id)))
        .returning({ id: tokens.id });
      return gone.length > 0;
    },

    async ownerOf(hash) {
      const [found] = await orm.select({ userId: tokens.userId }).from(tokens).where(eq(tokens.hash, hash));
      return found?.userId ?? null;
    },
  };
}
