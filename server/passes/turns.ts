/**
 * Jobs that wait for the event loop: one at a time, with a rest after each, so that however many there are, they take a small part of
 * the time and people are served in between.
 */
export interface Turns {
  /** Puts a job at the end of the queue; does nothing while it waits there already. */
  add(job: () => void): void;
  remove(job: () => void): void;
}

/** The part of the time that jobs may take. */
const SHARE = 1 / 20;

export function createTurns(): Turns {
  const waiting = new Set<() => void>();
  let running = false;
  /** How long jobs must rest for what they took, in ms. */
  let debt = 0;

  function next(): void {
    const [job] = waiting;
    running = job !== undefined;
    if (!job) return;
    waiting.delete(job);
    const begun = performance.now();
    try {
      job();
    } finally {
      debt += (performance.now() - begun) / SHARE;
      // A timer is a millisecond coarse: short jobs share a rest.
      if (debt < 1) setImmediate(next);
      else {
        setTimeout(next, debt);
        debt = 0;
      }
    }
  }

  return {
    add(job) {
      waiting.add(job);
      if (!running) setImmediate(next);
      running = true;
    },
    remove: job => void waiting.delete(job),
  };
}
