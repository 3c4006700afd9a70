import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';

const migrationsFolder = fileURLToPath(import.meta.resolve('#db/migrations'));
/** Any number will do, as long as nothing else locks it: "STRD" in ASCII. */
const LOCK = 0x53545244;

/**
 * Brings the schema up to date. Drizzle takes no lock, and nodes that start together would apply the same migration twice, so all
 * but one wait here.
 * @param client of a single connection (`max: 1`): the lock belongs to the connection that took it
 */
export async function migrate(client: Sql): Promise<void> {
  await client`select pg_advisory_lock(${LOCK})`;
  try {
    await applyMigrations(drizzle(client), { migrationsFolder });
  } finally {
    await client`select pg_advisory_unlock(${LOCK})`;
  }
}
