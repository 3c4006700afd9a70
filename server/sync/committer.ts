/**
 * Group commit across rooms: while one transaction is under way, what the rooms bring is gathered into the next. A hundred rooms
 * at once cost the database one fsync, not a hundred.
 */
import type { LogEntry } from './store.ts';

export interface Committer {
  /** Resolves when the entry is committed; rejects when its transaction failed. */
  commit(entry: LogEntry): Promise<void>;
}

interface Waiting {
  entry: LogEntry;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export function createCommitter(append: (entries: LogEntry[]) => Promise<void>): Committer {
  let gathered: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (gathered.length > 0) {
      const batch = gathered;
      gathered = [];
      await commitBatch(batch);
    }
    running = false;
  }

  /** A transaction that fails is taken apart, so that one room's fault is not its neighbours'. */
  async function commitBatch(batch: Waiting[]): Promise<void> {
    try {
      await append(batch.map(({ entry }) => entry));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) return batch[0]!.reject(error);
      for (const waiting of batch) await commitBatch([waiting]);
    }
  }

  return {
    commit: entry =>
      new Promise((resolve, reject) => {
        gathered.push({ entry, resolve, reject });
        if (!running) void run();
      }),
  };
}
