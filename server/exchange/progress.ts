/** How far the reading of each file is, under the id that its sender gave it: for who asks meanwhile, on this node. */
import type { Progress } from './jobs.ts';

export interface ProgressBoard {
  /** Runs something whose progress can be asked for under `id` until it has ended; without an id, it just runs. */
  during<T>(id: string | undefined, run: (report: (progress: Progress) => void) => Promise<T>): Promise<T>;
  find(id: string): Progress | null;
}

export function createProgressBoard(): ProgressBoard {
  const all = new Map<string, Progress>();
  return {
    async during(id, run) {
      if (id === undefined) return run(() => {});
      all.set(id, { done: 0, of: 0 });
      try {
        return await run(progress => all.set(id, progress));
      } finally {
        all.delete(id);
      }
    },
    find: id => all.get(id) ?? null,
  };
}
