/** Databases for tests: nothing that a test does to one is seen by another test file. */
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../open.ts';
import { emptyDirectory, freshDirectory } from './directories.ts';

/** An empty database on the test run's PostgreSQL (infra/testing/postgres.ts). */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const url = new URL(inject('postgresUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const administer = async (statement: string) => {
    const client = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
    await client.unsafe(statement).finally(() => client.end());
  };
  await administer(`create database ${name}`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) };
}

/** A database with its schema and nothing in it; `discard` closes and removes it. */
export async function openFresh(
  kind: Database['kind'],
): Promise<{ database: Database; discard(): Promise<void> }> {
  const server = kind === 'postgres' ? await freshDatabase() : null;
  const { dataDir, remove } = await (server ? emptyDirectory() : freshDirectory());
  const database = await openDatabase({ url: server?.url, dataDir });
  return {
    database,
    discard: async () => {
      await database.close();
      await server?.drop();
      await remove();
    },
  };
}
