/** A thread that does one job with a file, and may be ended at any time: built as a file of its own beside the server's. */
import { parentPort, workerData } from 'node:worker_threads';
import { FormatError } from '#shared/formats/threat-model.ts';
import { type Job, run } from './jobs.ts';

export type Answer =
  | { result: unknown }
  /** The file can't be read. */
  | { refused: { message: string; where: string } };

const answer = (message: Answer, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);

try {
  const result = await run(workerData as Job);
  const bytes = Object.values(result)
    .flat()
    .filter(value => value instanceof Uint8Array);
  answer({ result }, [...new Set(bytes.map(({ buffer }) => buffer as ArrayBuffer))]);
} catch (error) {
  if (!(error instanceof FormatError)) throw error;
  answer({ refused: { message: error.message, where: error.where } });
}
