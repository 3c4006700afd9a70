import { defineConfig } from 'vitest/config';

const BROWSER = 'client/**/*.browser.test.ts';
/** What is expected to come may take its time on a busy machine. */
const PATIENT = { poll: { timeout: 10_000 } };

export default defineConfig({
  test: {
    // Two cores: what starts a Chromium or a database runs in files side by side, but not many at once.
    maxWorkers: 2,
    // The server as it is served, and one PostgreSQL, and an embedded database to copy, for the whole run.
    globalSetup: ['infra/testing/build.ts', 'infra/testing/postgres.ts', 'infra/testing/embedded.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,db,server,client,infra}/**/*.test.ts'],
          exclude: [BROWSER, '**/node_modules/**'],
          testTimeout: 60_000,
          expect: PATIENT,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [BROWSER],
          testTimeout: 120_000,
          expect: PATIENT,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
