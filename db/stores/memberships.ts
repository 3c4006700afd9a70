import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Role } from '#shared/document/roles.ts';
import type { Orm } from '../orm.ts';
import { memberships } from '../schema.ts';

export type Membership = typeof memberships.$inferSelect;

export interface MembershipStore {
  find(sessionId: string, userId: string): Promise<Membership | null>;
  /**
   * Adds a member. Who is one already takes the new name and keeps the stronger of the two roles, or the one that a moderator gave them.
   * Returns what is stored; null for who was removed, and stays so.
   */
  join(member: { sessionId: string; userId: string; role: Role; name: string }): Promise<Membership | null>;
  /** Gives a member another role, whatever links they have. A session keeps a moderator: `last` when it would lose the only one. */
  setRole(sessionId: string, userId: string, role: Role): Promise<'done' | 'absent' | 'last'>;
  /** Whether somebody was one and was sent away. */
  wasRemoved(sessionId: string, userId: string): Promise<boolean>;
  /** Sends a member away for good. */
  remove(sessionId: string, userId: string): Promise<'done' | 'absent' | 'last'>;
  /** In the order they joined. */
  list(sessionId: string): Promise<Membership[]>;
}

export function createMembershipStore(orm: Orm): MembershipStore {
  const isMember = (sessionId: string, userId: string) =>
    and(eq(memberships.sessionId, sessionId), eq(memberships.userId, userId), isNull(memberships.removedAt));

  /** Changes a member, unless the session would be left without a moderator. */
  const change = (
    sessionId: string,
    userId: string,
    set: Partial<Pick<Membership, 'role' | 'assigned' | 'removedAt'>>,
  ): Promise<'done' | 'absent' | 'last'> =>
    orm.transaction(async tx => {
      // All of them, in one order: of two moderators who take the role from each other at once, one is left.
      const moderators = await tx
        .select({ userId: memberships.userId })
        .from(memberships)
        .where(
          and(
            eq(memberships.sessionId, sessionId),
            eq(memberships.role, 'moderator'),
            isNull(memberships.removedAt),
          ),
        )
        .orderBy(asc(memberships.userId))
        .for('update');
      const isOnly = moderators.length === 1 && moderators[0]!.userId === userId;
      if (isOnly && set.role !== 'moderator') return 'last';
      const changed = await tx
        .update(memberships)
        .set(set)
        .where(isMember(sessionId, userId))
        .returning({ userId: memberships.userId });
      return changed.length > 0 ? 'done' : 'absent';
    });

  return {
    async find(sessionId, userId) {
      const [found] = await orm.select().from(memberships).where(isMember(sessionId, userId));
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
          set: {
            name: member.name,
            role: sql`case when ${memberships.assigned} then ${memberships.role} else least(${memberships.role}, excluded.role) end`,
          },
          setWhere: isNull(memberships.removedAt),
        })
        .returning();
      return stored ?? null;
    },

    async wasRemoved(sessionId, userId) {
      const found = await orm
        .select({ userId: memberships.userId })
        .from(memberships)
        .where(
          and(
            eq(memberships.sessionId, sessionId),
            eq(memberships.userId, userId),
            isNotNull(memberships.removedAt),
          ),
        );
      return found.length > 0;
    },

    setRole: (sessionId, userId, role) => change(sessionId, userId, { role, assigned: true }),

    remove: (sessionId, userId) => change(sessionId, userId, { removedAt: new Date() }),

    async list(sessionId) {
      return orm
        .select()
        .from(memberships)
        .where(and(eq(memberships.sessionId, sessionId), isNull(memberships.removedAt)))
        .orderBy(asc(memberships.joinedAt), asc(memberships.userId));
    },
  };
}
