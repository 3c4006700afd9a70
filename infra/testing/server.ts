/** A real server for tests, in this process or in one of its own, and people who talk to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDirectory, freshDirectory } from '#db/testing/directories.ts';
import { buildServer, SERVER } from '#infra/scripts/prepare.mjs';
import { readConfig } from '#server/config.ts';
import { type StartOptions, startServer } from '#server/start.ts';
import type { Role } from '#shared/document/roles.ts';

export interface TestServer {
  url: string;
  dataDir: string;
  close(): Promise<void>;
}

/** In this process, on a free port, with an embedded database of its own unless `env` names another. */
export async function startTestServer(
  env: Record<string, string> = {},
  files: StartOptions['files'] = {},
): Promise<TestServer> {
  const { dataDir, remove } = await (env.DATABASE_URL ? emptyDirectory() : freshDirectory());
  const server = await startServer(
    readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env }),
    // Files are read by the built thread: it starts at once.
    {
      idleTimeout: 50,
      files: { script: new URL('../../dist/server/exchange.js', import.meta.url), ...files },
    },
  );
  return {
    url: server.url,
    dataDir,
    async close() {
      await server.close();
      await remove();
    },
  };
}

export interface ServerProcess {
  url: string;
  pid: number;
  /** Resolves with the exit code, null after a signal, whoever ended it. */
  exited: Promise<number | null>;
  /** What it printed so far, errors included. */
  output(): string;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** As `npm start` runs it, in a process of its own: built anew when a source changed. */
export async function spawnServer(
  env: Record<string, string>,
  nodeFlags: string[] = [],
): Promise<ServerProcess> {
  buildServer();
  const child: ChildProcess = spawn(process.execPath, [...nodeFlags, ...SERVER], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let output = '';
  child.stderr!.on('data', chunk => {
    output += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', chunk => {
      output += chunk;
      const address = output.match(/Strideboard is on (\S+)/)?.[1];
      if (address) resolve(address);
    });
    // Not `exit`: the last words of its output may still be on their way then.
    child.on('close', code => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
  return {
    url,
    pid: child.pid!,
    exited,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Somebody's browser, as far as HTTP goes: keeps cookies, sends and reads JSON. */
export class Person {
  private cookies = new Map<string, string>();

  constructor(public url: string) {}

  /** The header that a browser of theirs would send, for a socket too. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async fetch(
    path: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const { method = init.body === undefined ? 'GET' : 'POST', body, headers } = init;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookies.size > 0 && { cookie: this.cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
      this.cookies.set(name, value);
    }
    return response;
  }

  /**
   * Asks again while the server says that it is not available, as our client does.
   * @throws when the answer is an error
   */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  async json<T = any>(path: string, init?: Parameters<Person['fetch']>[1]): Promise<T> {
    let response = await this.fetch(path, init);
    for (let i = 0; i < 20 && response.status === 503; i++) {
      await sleep(100);
      response = await this.fetch(path, init);
    }
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<T>;
  }

  start(more: object = {}): Promise<{ id: string; invites: Record<Role, string> }> {
    return this.json('/api/sessions', {
      body: { title: 'Sensor', template: 'wearable-sensor', name: 'Mo', ...more },
    });
  }

  join(token: string, name: string): Promise<{ sessionId: string; role: Role }> {
    return this.json('/api/join', { body: { token, name } });
  }

  async ticket(sessionId: string): Promise<string> {
    return (await this.json(`/api/sessions/${sessionId}/ticket`, { method: 'POST' })).ticket;
  }
}
