import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';

/**
 * What postgres.js takes for a socket to a PostgreSQL server: its other end is the thread that runs PGlite on `directory`.
 *
 * The connection is the thread. Closing it closes the database cleanly; when the thread dies, the open queries are refused, and
 * postgres.js's next connection starts a thread that recovers, as the backend of a real server would.
 */
export class EmbeddedSocket extends Duplex {
  readonly #worker: Worker;

  constructor(directory: string) {
    super();
    this.#worker = new Worker(new URL(import.meta.resolve('#db/embedded/worker.mjs')), {
      workerData: { directory },
      execArgv: [],
    });
    this.#worker.on('message', (answer: Uint8Array<ArrayBuffer>) => this.push(Buffer.from(answer.buffer)));
    this.#worker.on('error', error => this.destroy(error));
    this.#worker.on('exit', code =>
      this.destroy(code === 0 ? undefined : new Error('The embedded database stopped.')),
    );
  }

  /** postgres.js asks for this before it says goodbye. */
  get readyState(): 'open' | 'closed' {
    return this.destroyed ? 'closed' : 'open';
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    // A copy of its own to transfer: cloning a Buffer would clone the whole pool that it is a view on.
    const message = new Uint8Array(bytes);
    this.#worker.postMessage(message, [message.buffer]);
    done();
  }

  /** 'close' comes when the thread has ended, so that a directory never has two. */
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.terminate().then(() => done(error), done);
  }
}
