import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Orm } from '../orm.ts';
import { keyedRequests } from '../schema.ts';

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Who sent which key. */
export interface RequestKey {
  userId: string;
  key: string;
}

export type Begun =
  /** Nobody has: the caller does the work, then calls `finish` or `release`. */
  { state: 'new' } | { state: 'running' | 'done'; requestHash: string; answer: StoredAnswer | null };

export interface KeyedRequestStore {
  /**
   * Takes a key, of however many requests at once for one of them.
   * @param lifetime after which a key is free again, in ms; what is older is removed
   * @param patience after which a request that never finished is taken for dead, in ms
   */
  begin(key: RequestKey, requestHash: string, lifetime: number, patience: number): Promise<Begun>;
  finish(key: RequestKey, answer: StoredAnswer): Promise<void>;
  /** Frees a key whose request came to nothing. */
  release(key: RequestKey): Promise<void>;
}

export function createKeyedRequestStore(orm: Orm): KeyedRequestStore {
  const of = ({ userId, key }: RequestKey) =>
    and(eq(keyedRequests.userId, userId), eq(keyedRequests.key, key));

  return {
    async begin(key, requestHash, lifetime, patience) {
      const before = (age: number) => lt(keyedRequests.createdAt, new Date(Date.now() - age));
      await orm.delete(keyedRequests).where(before(lifetime));
      await orm.delete(keyedRequests).where(and(of(key), isNull(keyedRequests.status), before(patience)));
      // Freed in between, it is not there to be read: asked again, it is taken.
      for (;;) {
        const taken = await orm
          .insert(keyedRequests)
          .values({ ...key, requestHash, createdAt: new Date() })
          .onConflictDoNothing()
          .returning({ key: keyedRequests.key });
        if (taken.length > 0) return { state: 'new' };
        const [found] = await orm.select().from(keyedRequests).where(of(key));
        if (!found) continue;
        const { status, headers, body } = found;
        if (status === null) return { state: 'running', requestHash: found.requestHash, answer: null };
        const answer = { status, headers: headers ?? {}, body: body ?? new Uint8Array() };
        return { state: 'done', requestHash: found.requestHash, answer };
      }
    },

    async finish(key, { status, headers, body }) {
      await orm.update(keyedRequests).set({ status, headers, body }).where(of(key));
    },

    async release(key) {
      await orm.delete(keyedRequests).where(and(of(key), isNull(keyedRequests.status)));
    },
  };
}
