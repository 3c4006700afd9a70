import { and, asc, eq } from 'drizzle-orm';
import type { Role } from '#shared/document/roles.ts';
import type { Orm } from '../orm.ts';
import { invites } from '../schema.ts';

export type Invite = typeof invites.$inferSelect;

export interface InviteStore {
  /** The links of a session, strongest role first. */
  list(sessionId: string): Promise<Invite[]>;
  findByToken(token: string): Promise<Invite | null>;
  /** Gives a role a new link, with or without an old one, which stops working. */
  replace(sessionId: string, role: Role, token: string): Promise<void>;
  /** Takes a role's link away. */
  revoke(sessionId: string, role: Role): Promise<void>;
}

export function createInviteStore(orm: Orm): InviteStore {
  return {
    async list(sessionId) {
      return orm.select().from(invites).where(eq(invites.sessionId, sessionId)).orderBy(asc(invites.role));
    },

    async findByToken(token) {
      const [found] = await orm.select().from(invites).where(eq(invites.token, token));
      return found ?? null;
    },

    async replace(sessionId, role, token) {
      await orm
        .insert(invites)
        .values({ sessionId, role, token })
        .onConflictDoUpdate({
          target: [invites.sessionId, invites.role],
          set: { token, createdAt: new Date() },
        });
    },

    async revoke(sessionId, role) {
      await orm.delete(invites).where(and(eq(invites.sessionId, sessionId), eq(invites.role, role)));
    },
  };
}
