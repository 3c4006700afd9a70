import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const BROWSER = 'client/**/*.browser.test.ts';
/** What computes, and touches nothing but its own: its files need no process each. */
const SHARED = 'shared/**/*.test.ts';
/**
 * What takes longest, in the order in which it starts: files in browsers take turns with those that wait for processes, and no long
 * one is left for the end, when the other core has nothing to do.
 */
const LONGEST = [
  'client/session.browser',
  'infra/chaos/chaos',
  'db/embedded/crash',
  'client/board/board.browser',
  'server/durability',
  'server/start',
  'client/questions.browser',
  'server/meeting/hostile',
  'client/meeting/meeting.browser',
  'server/exchange',
  'client/attention.browser',
  'server/uploads',
  'client/triage.browser',
  'client/minutes.browser',
  'client/method.browser',
  'db/open',
  'infra/scripts/start',
  'client/exchange.browser',
  'server/fuzz/sockets',
  'client/session/connection.browser',
  'server/fuzz/convergence',
].map(name => `/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex(name => moduleId.endsWith(name));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** What is expected to come may take its time on a busy machine. */
const PATIENT = { poll: { timeout: 10_000 } };

export default defineConfig({
  test: {
    // Two cores: what starts a Chromium or a database runs in files side by side, but not many at once.
    maxWorkers: 2,
    // The server as it is served, and one PostgreSQL, and an embedded database to copy, for the whole run.
    globalSetup: ['infra/testing/build.ts', 'infra/testing/postgres.ts', 'infra/testing/embedded.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'shared',
          include: [SHARED],
          isolate: false,
          testTimeout: 60_000,
          expect: PATIENT,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'unit',
          include: ['{db,server,client,infra}/**/*.test.ts'],
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
        },
      },
    ],
  },
});
