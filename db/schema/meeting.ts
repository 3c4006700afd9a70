/** What is not everybody's to see while a meeting goes on: threats of a private round before they are revealed, and ballots. */
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Letter } from '#shared/stride/letters.ts';
import { user } from './identity.ts';
import { sessionId } from './workshop.ts';

const userId = () =>
  text()
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });
const at = () => timestamp({ withTimezone: true });

export const privateRounds = pgTable(
  'private_rounds',
  {
    sessionId: sessionId(),
    id: text().notNull(),
    openedAt: at().notNull().defaultNow(),
    /** null while people write. */
    closedAt: at(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.id] })],
);

/** What a threat of a private round says so far. */
export type DraftContent = { title: string; description: string; stride: Letter[]; target: string };

export const drafts = pgTable(
  'drafts',
  {
    sessionId: sessionId(),
    roundId: text().notNull(),
    id: text().notNull(),
    userId: userId(),
    content: jsonb().$type<DraftContent>().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.roundId, table.id] }), index().on(table.userId)],
);

export const votes = pgTable(
  'votes',
  {
    sessionId: sessionId(),
    id: text().notNull(),
    dots: integer().notNull(),
    perThreat: integer().notNull(),
    threats: jsonb().$type<string[]>().notNull(),
    /** From then on no ballot counts; null when that is the moderator's to say. */
    endsAt: at(),
    closedAt: at(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.id] })],
);

export const ballots = pgTable(
  'ballots',
  {
    sessionId: sessionId(),
    voteId: text().notNull(),
    userId: userId(),
    dots: jsonb().$type<Record<string, number>>().notNull(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.voteId, table.userId] }), index().on(table.userId)],
);
