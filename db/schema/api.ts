/** What programs that use the HTTP API are known by, and what their repeated requests are answered from. */
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { bytea } from './bytea.ts';
import { user } from './identity.ts';

const userId = () =>
  text()
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });

export const tokens = pgTable(
  'api_tokens',
  {
    id: text().primaryKey(),
    userId: userId(),
    /** What its owner calls it. */
    name: text().notNull(),
    /** SHA-256 of the token, in base64url: who reads the database can't act as anybody. */
    hash: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  table => [unique().on(table.hash), index().on(table.userId)],
);

/** Requests that carried an Idempotency-Key, with their answers. */
export const keyedRequests = pgTable(
  'keyed_requests',
  {
    userId: userId(),
    key: text().notNull(),
    /** SHA-256 of method, path and body, in base64url. */
    requestHash: text().notNull(),
    /** null while the request is being worked on. */
    status: integer(),
    headers: jsonb().$type<Record<string, string>>(),
    body: bytea(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.userId, table.key] }), index().on(table.createdAt)],
);
