/** A real Redis (or Valkey) for tests, which they may stop and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.ts';

export interface RedisProcess {
  url: string;
  /** kill -9: what it held is gone. */
  kill(): Promise<void>;
  /** On the same port as before. */
  start(): Promise<void>;
}

/** The program that `npm test` found, or the one on the PATH. */
const PROGRAM = process.env.REDIS_SERVER_PATH ?? 'redis-server';

export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const redis: RedisProcess = {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      if (!child || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async start() {
      const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn(PROGRAM, settings, { stdio: 'ignore' });
      const failed = once(child, 'error').then(([error]) => {
        throw error;
      });
      await Promise.race([answers(port), failed]);
    },
  };
  await redis.start();
  return redis;
}

/** Resolves when somebody listens on the port. */
async function answers(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const is = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (is) return;
    await sleep(20);
  }
}
