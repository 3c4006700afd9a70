/**
 * Runs jobs with files in threads of their own, a few at once: a file may be large, or made to be slow, and everybody's changes go
 * through the one thread that serves. A thread that takes too long or too much memory is ended.
 */
import { Worker } from 'node:worker_threads';
import { FormatError } from '#shared/formats/threat-model.ts';
import { ApiError } from '../errors.ts';
import type { Job, Results } from './jobs.ts';
import type { Answer } from './worker.ts';

export interface PoolOptions {
  /** Threads at once. */
  threads?: number;
  /** Jobs that may wait for one; more are refused. */
  waiting?: number;
  /** Longest time of a job, in ms. */
  timeout?: number;
  /** Of a thread, in MB. */
  memory?: number;
  /** The built `worker.ts`; without one it stands beside this file. */
  script?: URL | undefined;
}

export interface Pool {
  /**
   * @throws {FormatError} when the file can't be read, or not in the time and memory there is
   * @throws {ApiError} `unavailable` when too many wait
   * @throws what the job throws beyond that
   */
  run<J extends Job>(job: J): Promise<Results[J['kind']]>;
  /** Ends all of them, and what waits for one. */
  close(): Promise<void>;
}

export function createPool({
  threads = 2,
  waiting = 8,
  timeout = 30_000,
  memory = 768,
  script,
}: PoolOptions = {}): Pool {
  const running = new Set<Worker>();
  const queue: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let free = threads;
  let closed = false;

  async function turn(): Promise<void> {
    if (free > 0) {
      free--;
      return;
    }
    if (queue.length >= waiting)
      throw new ApiError('unavailable', 'Too many files are being read. Try again in a moment.');
    await new Promise<void>((resolve, reject) => queue.push({ resolve, reject }));
  }
  function done(): void {
    const next = queue.shift();
    if (next) next.resolve();
    else free++;
  }

  return {
    async run(job) {
      await turn();
      let worker: Worker | undefined;
      try {
        if (closed) throw stopping();
        worker = start(job, memory, script);
        running.add(worker);
        return (await answerOf(worker, timeout)) as never;
      } finally {
        if (worker) {
          running.delete(worker);
          await worker.terminate();
        }
        done();
      }
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(stopping());
      await Promise.all([...running].map(worker => worker.terminate()));
    },
  };
}

const stopping = () => new FormatError('The file was not read: the server stops.');

function start(job: Job, memory: number, script?: URL): Worker {
  const options = {
    workerData: job,
    transferList: bytesOf(job),
    resourceLimits: { maxOldGenerationSizeMb: memory },
    // The server's flags are none that a thread takes.
    execArgv: [],
  };
  const isBuilt = !import.meta.url.endsWith('.ts');
  const built = script ?? (isBuilt ? new URL('./exchange.js', import.meta.url) : null);
  if (built) return new Worker(built, options);
  // From the sources, in development: Node of itself reads no TypeScript that names its files as we do.
  const source = new URL('./worker.ts', import.meta.url).href;
  const loader = import.meta.resolve('tsx/esm/api');
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(source)})))`;
  return new Worker(code, { ...options, eval: true });
}

/** Handed over, not copied: nobody else uses them. */
function bytesOf(job: Job): ArrayBuffer[] {
  const bytes = [...('upload' in job ? [job.upload.body] : []), ...('document' in job ? [job.document] : [])];
  return bytes.map(({ buffer }) => buffer as ArrayBuffer);
}

function answerOf(worker: Worker, timeout: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new FormatError(`The file took longer than ${timeout / 1000} seconds to read.`)),
      timeout,
    );
    const settle = (how: () => void) => {
      clearTimeout(timer);
      how();
    };
    worker.once('message', (answer: Answer) =>
      settle(() => {
        if ('result' in answer) resolve(answer.result);
        else reject(new FormatError(answer.refused.message, answer.refused.where));
      }),
    );
    worker.once('error', (error: Error & { code?: string }) =>
      settle(() =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new FormatError('The file takes more memory to read than there is.')
            : error,
        ),
      ),
    );
    worker.once('exit', () => settle(() => reject(stopping())));
  });
}
