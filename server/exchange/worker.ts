/** A thread that does jobs with files, one at a time, and may be ended at any moment: built as a file of its own beside the server's. */
import { parentPort } from 'node:worker_threads';
import { FormatError } from '#shared/formats/threat-model.ts';
import { type Job, type Progress, run } from './jobs.ts';

/** Any number of times how far it is, then one of the others. */
export type Answer =
  | { progress: Progress }
  | { result: unknown }
  /** The file can't be read. */
  | { refused: { message: string; where: string } };

const answer = (message: Answer, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

parentPort?.on('message', async (job: Job) => {
  try {
    const result = await run(job, progress => answer({ progress }));
    const bytes = Object.values(result)
      .flat()
      .filter(value => value instanceof Uint8Array);
    answer({ result }, [...new Set(bytes.map(({ buffer }) => buffer as ArrayBuffer))]);
  } catch (error) {
    // What nobody foresaw ends the thread, and is what the job throws.
    if (!(error instanceof FormatError)) throw error;
    answer({ refused: { message: error.message, where: error.where } });
  }
});

// It could not be handed over: who waits for its answer would wait in vain.
parentPort?.on('messageerror', error => {
  throw error;
});
