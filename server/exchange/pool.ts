/**
 * Runs jobs with files in threads of their own, a few at once: a file may be large, or made to be slow, and everybody's changes go
 * through the one thread that serves. A thread that takes too long or too much memory is ended.
 */
import { on, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { FormatError } from '#shared/formats/threat-model.ts';
import { ApiError } from '../errors.ts';
import type { Job, Progress, Results } from './jobs.ts';
import type { Answer } from './worker.ts';

/** How long a thread without a job is kept, in ms: starting one takes a third of a second. */
const REST = 30_000;

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
  run<J extends Job>(job: J, report?: (progress: Progress) => void): Promise<Results[J['kind']]>;
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
  /** Those that rest too. */
  const running = new Set<Worker>();
  const resting = new Map<Worker, NodeJS.Timeout>();
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
    async run(job, report = () => {}) {
      await turn();
      let thread: Worker | undefined;
      try {
        if (closed) throw stopping();
        thread = wake() ?? start();
        const answer = await answerOf(thread, job, timeout, report);
        if (closed) throw stopping();
        rest(thread);
        thread = undefined;
        if ('result' in answer) return answer.result as never;
        throw new FormatError(answer.refused.message, answer.refused.where);
      } finally {
        // What was to end it, or ended it, may have left anything behind.
        await thread?.terminate();
        done();
      }
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(stopping());
      await Promise.all([...running].map(thread => thread.terminate()));
    },
  };

  function start(): Worker {
    const thread = open(memory, script);
    running.add(thread);
    // It may go while it rests, too.
    thread.on('error', () => {});
    thread.on('exit', () => {
      clearTimeout(resting.get(thread));
      resting.delete(thread);
      running.delete(thread);
    });
    return thread;
  }

  /** It waits for the next job, which then starts at once. */
  function rest(thread: Worker): void {
    resting.set(thread, setTimeout(() => thread.terminate(), REST).unref());
  }

  function wake(): Worker | undefined {
    const [thread] = resting.keys();
    clearTimeout(resting.get(thread!));
    resting.delete(thread!);
    return thread;
  }
}

const stopping = () => new FormatError('The file was not read: the server stops.');

function open(memory: number, script?: URL): Worker {
  const options = {
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

async function answerOf(
  thread: Worker,
  job: Job,
  timeout: number,
  report: (progress: Progress) => void,
): Promise<Exclude<Answer, { progress: Progress }>> {
  const settled = new AbortController();
  const { signal } = settled;
  const answered = async () => {
    for await (const [answer] of on(thread, 'message', { signal }) as AsyncIterable<[Answer]>) {
      if (!('progress' in answer)) return answer;
      report(answer.progress);
    }
    throw stopping();
  };
  thread.postMessage(job, bytesOf(job));
  try {
    return await Promise.race([
      // Rejects with what the thread throws, too.
      answered(),
      once(thread, 'exit', { signal }).then(() => {
        throw stopping();
      }),
      sleep(timeout, null, { signal }).then(() => {
        throw new FormatError(`The file took longer than ${timeout / 1000} seconds to read.`);
      }),
    ]);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw new FormatError('The file takes more memory to read than there is.');
  } finally {
    settled.abort();
  }
}
