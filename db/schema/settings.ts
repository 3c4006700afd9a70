import { pgTable, text } from 'drizzle-orm/pg-core';

/** What an installation decides once and keeps, such as a generated secret. */
export const settings = pgTable('settings', { key: text().primaryKey(), value: text().notNull() });
