/** Threat-modelling sessions and who takes part in them. */
import { boolean, index, pgEnum, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { ROLES } from '#shared/document/roles.ts';
import { user } from './identity.ts';

/** Declared strongest first, which is also how PostgreSQL compares its values: `least(a, b)` is the stronger role. */
export const memberRole = pgEnum('member_role', ROLES);

export const workshopSessions = pgTable(
  'workshop_sessions',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    method: text().notNull(),
    /** null once that user's account is gone: the team's work stays. */
    createdBy: text().references(() => user.id, { onDelete: 'set null' }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  // Without it, deleting one of many anonymous users would read every session to find theirs.
  table => [index().on(table.createdBy)],
);

/** What hangs on a session goes when it goes. */
export const sessionId = () =>
  text()
    .notNull()
    .references(() => workshopSessions.id, { onDelete: 'cascade' });

export const memberships = pgTable(
  'memberships',
  {
    sessionId: sessionId(),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    role: memberRole().notNull(),
    /** A moderator gave them the role: no link changes it. */
    assigned: boolean().notNull().default(false),
    name: text().notNull(),
    joinedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When a moderator sent them away: the row stays, so that no link brings them back. */
    removedAt: timestamp({ withTimezone: true }),
  },
  table => [primaryKey({ columns: [table.sessionId, table.userId] }), index().on(table.userId)],
);

/** One link per role. The token is kept as it is, because moderators may look the link up again at any time. */
export const invites = pgTable(
  'invites',
  {
    sessionId: sessionId(),
    role: memberRole().notNull(),
    token: text().notNull().unique(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.role] })],
);
