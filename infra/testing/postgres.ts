/** A real PostgreSQL for the test run: the one of DATABASE_URL_TEST, or one that lives as long as the run. */
import type { TestProject } from 'vitest/node';
import { createPostgres, type PostgresProcess } from './postgres-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server where tests may create databases; see `freshDatabase` in db/testing. */
    postgresUrl: string;
  }
}

let server: PostgresProcess | undefined;

export async function setup(project: TestProject): Promise<void> {
  project.provide('postgresUrl', process.env.DATABASE_URL_TEST ?? (await start()));
}

export async function teardown(): Promise<void> {
  await server?.remove();
}

export async function start(): Promise<string> {
  server = await createPostgres();
  await server.start();
  return server.url;
}
