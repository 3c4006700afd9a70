import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Role } from '#shared/document/roles.ts';
import type { Orm } from '../orm.ts';
import { documentHeads, documentUpdates, invites, memberships, workshopSessions } from '../schema.ts';

export interface NewSession {
  id: string;
  title: string;
  method: string;
  /** User id; becomes the moderator. */
  createdBy: string;
  /** The name the moderator goes by in this session. */
  moderatorName: string;
  invites: { role: Role; token: string }[];
  /** The seeded document, a Yjs update; the log's number 1. */
  firstUpdate: Uint8Array;
  /** What follows it in the log: a large document comes in parts, so that nobody waits while one is sent to the database. */
  moreUpdates?: readonly Uint8Array[];
}

export type WorkshopSession = typeof workshopSessions.$inferSelect;

export interface SessionStore {
  /** Stores session, moderator, invites and seeded document, all or nothing: a document is seeded once or never. */
  create(session: NewSession): Promise<void>;
  find(id: string): Promise<WorkshopSession | null>;
  /** Changes the title under which a session is listed; its document has a title of its own. */
  rename(id: string, title: string): Promise<void>;
  /** The sessions a user takes part in, each with their role there, newest first. */
  listFor(userId: string): Promise<(WorkshopSession & { role: Role })[]>;
}

export function createSessionStore(orm: Orm): SessionStore {
  return {
    create: ({
      id,
      title,
      method,
      createdBy,
      moderatorName,
      invites: links,
      firstUpdate,
      moreUpdates = [],
    }) =>
      orm.transaction(async tx => {
        await tx.insert(workshopSessions).values({ id, title, method, createdBy });
        await tx
          .insert(memberships)
          .values({ sessionId: id, userId: createdBy, role: 'moderator', name: moderatorName });
        if (links.length > 0) {
          await tx.insert(invites).values(links.map(link => ({ sessionId: id, ...link })));
        }
        const updates = [firstUpdate, ...moreUpdates];
        for (const [i, payload] of updates.entries()) {
          await tx.insert(documentUpdates).values({ sessionId: id, seq: i + 1, payload });
        }
        await tx.insert(documentHeads).values({ sessionId: id, seq: updates.length });
      }),

    async find(id) {
      const [found] = await orm.select().from(workshopSessions).where(eq(workshopSessions.id, id));
      return found ?? null;
    },

    async rename(id, title) {
      await orm.update(workshopSessions).set({ title }).where(eq(workshopSessions.id, id));
    },

    async listFor(userId) {
      const rows = await orm
        .select({ session: workshopSessions, role: memberships.role })
        .from(memberships)
        .innerJoin(workshopSessions, eq(workshopSessions.id, memberships.sessionId))
        .where(and(eq(memberships.userId, userId), isNull(memberships.removedAt)))
        .orderBy(desc(workshopSessions.createdAt));
      return rows.map(({ session, role }) => ({ ...session, role }));
    },
  };
}
