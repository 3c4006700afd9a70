import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import * as schema from './schema.ts';

/** Drizzle over every table; what the stores and better-auth speak. */
export type Orm = PostgresJsDatabase<typeof schema>;

/** The casing must be the one of drizzle.config.ts, which names the columns. */
export function createOrm(client: Sql): Orm {
  return drizzle(client, { schema, casing: 'snake_case' });
}
