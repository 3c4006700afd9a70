/** A session's Yjs document: a snapshot, and the log of updates since. */
import { bigint, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { bytea } from './bytea.ts';
import { sessionId } from './workshop.ts';

/** Counts a session's updates: 1, 2, 3, ... The log's order, and what a snapshot says it covers. */
const seq = () => bigint({ mode: 'number' }).notNull();

export const documentUpdates = pgTable(
  'document_updates',
  {
    sessionId: sessionId(),
    seq: seq(),
    payload: bytea().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.seq] })],
);

/**
 * The number of each session's last update. A row's number can't tell: snapshots delete rows, and a process that was left behind
 * would take such a number for free, behind everybody's back.
 */
export const documentHeads = pgTable('document_heads', {
  sessionId: sessionId().primaryKey(),
  seq: seq(),
});

export const documentSnapshots = pgTable(
  'document_snapshots',
  {
    sessionId: sessionId(),
    seq: seq(),
    chunk: integer().notNull(),
    payload: bytea().notNull(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.seq, table.chunk] })],
);

/**
 * Which user owns which Yjs client id (32 bits, unsigned), for ever: no foreign key to users, because an id must not become free
 * for somebody else to write under when its owner's account is deleted.
 */
export const writers = pgTable(
  'writers',
  {
    sessionId: sessionId(),
    clientId: bigint({ mode: 'number' }).notNull(),
    userId: text().notNull(),
  },
  table => [primaryKey({ columns: [table.sessionId, table.clientId] })],
);
