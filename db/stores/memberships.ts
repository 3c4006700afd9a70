import { and, asc, eq, sql } from 'drizzle-orm';
import type { Role } from '#shared/document/roles.ts';
import type { Orm } from '../orm.ts';
import { memberships } from '../schema.ts';

export type Membership = typeof memberships.$inferSelect;

export interface MembershipStore {
  find(sessionId: string, userId: string): Promise<Membership | null>;
  /** Adds a member. Who is one already takes the new name and keeps the stronger of the two roles. Returns what is stored. */
  join(member: { sessionId: string; userId: string; role: Role; name: string }): Promise<Membership>;
  /** In the order they joined. */
  list(sessionId: string): Promise<Membership[]>;
}

export function createMembershipStore(orm: Orm): MembershipStore {
  return {
    async find(sessionId, userId) {
      const [found] = await orm
        .select()
        .from(memberships)
        .where(and(eq(memberships.sessionId, sessionId), eq(memberships.userId, userId)));
      return found ?? null;
    },

    async join(member) {
      const [stored] = await orm
        .insert(memberships)
        .values(member)
        .onConflictDoUpdate({
          target: [memberships.sessionId, memberships.userId],
          // The database decides, so that two links opened at once can't leave the weaker role. `least` is the stronger one, see
          // schema/workshop.ts.
          set: { name: member.name, role: sql`least(${memberships.role}, excluded.role)` },
        })
        .returning();
      return stored!;
    },

    async list(sessionId) {
      return orm
        .select()
        .from(memberships)
        .where(eq(memberships.sessionId, sessionId))
        .orderBy(asc(memberships.joinedAt), asc(memberships.userId));
    },
  };
}
