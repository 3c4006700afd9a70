/**
 * The embedded database's thread: PGlite, spoken to in PostgreSQL's wire protocol. A query takes PGlite's whole thread, so
 * it must not be the server's. Plain JavaScript, since a thread starts bare, whichever way its parent runs TypeScript.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, protocol } from '@electric-sql/pglite';

const { directory } = workerData;
const TERMINATE = 'X'.charCodeAt(0);
/** The end of every answer after which no transaction and no half-sent statement is open: ReadyForQuery, idle. */
const IDLE = Buffer.from('Z\0\0\0\x05I');
/** Received bytes after which to tidy up. At 32 MB it takes a fraction of a second, and the log stays below max_wal_size. */
const UPKEEP_AFTER_BYTES = 32 * 2 ** 20;
/** Small, since memory that a thread of WebAssembly once took is not given back before it ends. */
const SETTINGS = ['shared_buffers=32MB', 'min_wal_size=32MB', 'max_wal_size=64MB'];

let untidied = 0;
const database = await open();
// After a panic (the disk is full) PGlite would spin for ever. A new thread recovers from the log instead.
database.Module.onAbort = () => process.exit(1);

parentPort.on('message', async bytes => {
  if (bytes[0] === TERMINATE) {
    await database.close();
    return parentPort.close();
  }
  let last;
  run(bytes, answer => {
    last = answer.slice(-IDLE.length);
    parentPort.postMessage(answer, [answer.buffer]);
  });
  untidied += bytes.length;
  if (untidied > UPKEEP_AFTER_BYTES && last && IDLE.equals(last)) tidyUp();
});

/** A kill while the first start writes would leave half a cluster: make it beside its place, move it there when it is whole. */
async function open() {
  if (!existsSync(directory)) {
    const draft = `${directory}.new`;
    rmSync(draft, { recursive: true, force: true });
    const initial = await PGlite.create(draft);
    await initial.close();
    renameSync(draft, directory);
  }
  const said = [];
  let started = false;
  try {
    const opened = await PGlite.create(directory, {
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap(setting => ['-c', setting])],
      onStderr: line => started || said.push(line),
    });
    started = true;
    return opened;
  } catch {
    throw new Error(`The embedded database in ${directory} does not start:\n${said.join('\n')}`);
  }
}

/**
 * Streaming, although every answer is wanted whole: `execProtocolRaw` keeps a parsed copy of each answer for ever.
 * The work is done when this returns; what PGlite throws ends the thread.
 */
function run(bytes, onAnswer) {
  void database.execProtocolRawStream(bytes, { onRawData: view => onAnswer(view.slice()) });
}

/** PostgreSQL's checkpointer and autovacuum are processes of their own, which PGlite lacks: its log and its tables only grow. */
function tidyUp() {
  untidied = 0;
  for (const command of ['vacuum analyze', 'checkpoint']) run(protocol.serialize.query(command), () => {});
}
