/**
 * One process per data directory. PGlite takes no lock of its own, and what a second process writes vanishes without an error.
 *
 * Who wants the directory puts up a note under a name that is never used again, then looks for others. Who finds one of a
 * process that is alive takes the own note down. So of two at least one sees the other, and a note left by a kill can be removed
 * by anybody at any time.
 *
 * A process on this host is recognised by its pid and its start time, since pids are given out again (in a container the server
 * has the same pid after every restart). One on another host, which may be another container on the same volume, can't be seen from
 * here; it counts as alive as long as it touches its note.
 */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DirectoryInUseError } from '../errors.ts';

const PREFIX = 'database.lock.';
const HEARTBEAT_MS = 5_000;
const SILENT_AFTER_MS = 30_000;
/** Two that start in the same instant both step back, so each tries again after a time of its own. */
const ATTEMPTS = 3;
const PAUSE_MS = 200;

interface Note {
  pid: number;
  host: string;
  /** null where the system does not tell. */
  startedAt: string | null;
}

/**
 * Takes the directory for this process until the returned function is called.
 * @throws {DirectoryInUseError} when a process that is alive has it, this one included
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt++) {
    const own = await putUp(directory);
    const other = await findOther(directory, own);
    if (!other) return holding(own);
    await unlink(own);
    if (attempt === ATTEMPTS) throw new DirectoryInUseError(directory, other.pid, other.host, other.path);
    await delay(Math.random() * PAUSE_MS);
  }
}

function holding(own: string): () => Promise<void> {
  const heartbeat = setInterval(() => void utimes(own, new Date(), new Date()).catch(absent), HEARTBEAT_MS);
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    await unlink(own).catch(absent);
  };
}

async function putUp(directory: string): Promise<string> {
  const id = randomUUID();
  const [draft, path] = [join(directory, `.${id}`), join(directory, `${PREFIX}${id}`)];
  const note: Note = { pid: process.pid, host: hostname(), startedAt: await startTime(process.pid) };
  await writeFile(draft, JSON.stringify(note));
  // Renamed when it is finished: nobody may read half a note and take it for one of the dead.
  await rename(draft, path);
  return path;
}

/** The note of another process that is alive; removes those of the dead. */
async function findOther(directory: string, own: string): Promise<(Note & { path: string }) | null> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if (!name.startsWith(PREFIX) || path === own) continue;
    const note = await read(path);
    if (note && (await isAlive(note, path))) return { ...note, path };
    await unlink(path).catch(absent);
  }
  return null;
}

/** null for a note that was taken down, and for one that a power failure emptied: its writer did not survive that either. */
async function read(path: string): Promise<Note | null> {
  const text = await readFile(path, 'utf8').catch(absent);
  try {
    return text === null ? null : (JSON.parse(text) as Note);
  } catch {
    return null;
  }
}

async function isAlive({ pid, host, startedAt }: Note, path: string): Promise<boolean> {
  if (host === hostname()) return exists(pid) && (await startTime(pid)) === startedAt;
  const touched = (await stat(path).catch(absent))?.mtimeMs ?? 0;
  return Date.now() - touched < SILENT_AFTER_MS;
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Clock ticks from boot to the start of a process, from Linux's /proc; null elsewhere, and for a process that ended. */
async function startTime(pid: number): Promise<string | null> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(absent);
  // The second field is the command's name in brackets and may hold spaces; the state is field 3, the start time field 22.
  const fields = status?.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : fields[19]!;
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
