/**
 * Group commit across rooms: while one transaction is under way, and for a moment after it, the rooms wait for their turn, and then
 * bring what they have gathered by then. A hundred rooms at once cost the database one fsync, not a hundred; a single change waits for
 * nobody.
 */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { LogEntry } from './store.ts';

/** Shortest time from the start of one transaction to that of the next, in ms: each costs about the same for one room and for fifty. */
const INTERVAL = 12;

export interface Committer {
  /** Resolves when a transaction is about to begin: what is brought in the same turn of the event loop is part of it. */
  turn(): Promise<void>;
  /**
   * Resolves when the entry is committed, or with false when its number is taken.
   * @throws what the store throws
   */
  commit(entry: LogEntry): Promise<boolean>;
}

interface Waiting {
  entry: LogEntry;
  resolve: (stored: boolean) => void;
  reject: (error: unknown) => void;
}

/**
 * @param append stores entries, and returns those whose number is taken
 * @param committed told how long each transaction took, in seconds
 */
export function createCommitter(
  append: (entries: LogEntry[]) => Promise<LogEntry[]>,
  committed: (seconds: number) => void,
): Committer {
  const turns: (() => void)[] = [];
  let gathered: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (turns.length + gathered.length > 0) {
      const begun = performance.now();
      for (const take of turns.splice(0)) take();
      await setImmediate();
      const batch = gathered;
      gathered = [];
      if (batch.length > 0) await commitBatch(batch);
      const rest = INTERVAL - (performance.now() - begun);
      if (rest >= 1) await sleep(rest);
    }
    running = false;
  }

  /** A transaction that fails is taken apart, so that one room's fault is not its neighbours'. */
  async function commitBatch(batch: Waiting[]): Promise<void> {
    try {
      const begun = performance.now();
      const late = new Set(await append(batch.map(({ entry }) => entry)));
      committed((performance.now() - begun) / 1000);
      for (const { entry, resolve } of batch) resolve(!late.has(entry));
    } catch (error) {
      if (batch.length === 1) return batch[0]!.reject(error);
      for (const waiting of batch) await commitBatch([waiting]);
    }
  }

  function wake(): void {
    if (!running) void run();
  }

  return {
    turn: () =>
      new Promise(take => {
        turns.push(take);
        wake();
      }),
    commit: entry =>
      new Promise((resolve, reject) => {
        gathered.push({ entry, resolve, reject });
        wake();
      }),
  };
}
