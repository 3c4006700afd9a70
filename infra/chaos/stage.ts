/** The processes of a run: PostgreSQL, Redis, the nodes, and the proxies through which a node reaches the other two. */
import { setTimeout as delay } from 'node:timers/promises';
import { freshDirectory } from '#db/testing/directories.ts';
import { freePort } from '#infra/testing/ports.ts';
import { createPostgres, type PostgresProcess } from '#infra/testing/postgres-process.ts';
import { type RedisProcess, startRedis } from '#infra/testing/redis.ts';
import { type ServerProcess, spawnServer } from '#infra/testing/server.ts';
import type { Topology } from './plan.ts';
import { createProxy, type FaultyLink } from './proxy.ts';

/** Longest wait for a process to start, in ms. */
const START_TIMEOUT = 60_000;

export interface Stage {
  nodes: Node[];
  /** null with the embedded database. */
  postgres: PostgresProcess | null;
  redis: RedisProcess | null;
  /** Where the harness finds the store, without a proxy. */
  store: { url: string | undefined; dataDir: string };
  /** Runs something that reads the store: the embedded database has one reader at a time, so its node is down meanwhile. */
  withFreeStore<T>(read: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function setStage({ nodes: count, database }: Topology): Promise<Stage> {
  const { dataDir, remove } = await freshDirectory();
  const postgres = database === 'postgres' ? await createPostgres() : null;
  await postgres?.start();
  const redis = count > 1 ? await startRedis() : null;
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => {
      const toDatabase = postgres && (await createProxy(() => postgres.port));
      const toRedis = redis && (await createProxy(() => Number(new URL(redis.url).port)));
      const url = postgres && new URL(postgres.url);
      if (url) url.port = `${toDatabase!.port}`;
      const env = {
        PORT: `${await freePort()}`,
        DATA_DIR: dataDir,
        DATABASE_URL: url?.href ?? '',
        REDIS_URL: toRedis ? `redis://127.0.0.1:${toRedis.port}` : '',
        LOG_LEVEL: 'warn',
        // Everybody comes from this machine.
        MAX_CONNECTIONS_PER_ADDRESS: '10000',
      };
      const node = new Node(env, toDatabase, toRedis);
      await node.start();
      return node;
    }),
  );
  return {
    nodes,
    postgres,
    redis,
    store: { url: postgres?.url, dataDir },
    async withFreeStore(read) {
      if (postgres) return read();
      await nodes[0]!.kill();
      return read().finally(() => nodes[0]!.start());
    },
    async close() {
      await Promise.all(nodes.map(node => node.close()));
      await redis?.kill();
      await postgres?.remove();
      await remove();
    },
  };
}

/** A server process that is started again whenever it can't start, as a supervisor would; one that ends by itself is a finding. */
export class Node {
  readonly port: number;
  /** The output of a process that ended though nobody killed it. */
  crash: string | null = null;
  private process: ServerProcess | null = null;
  private stopping = false;

  constructor(
    private readonly env: Record<string, string> & { PORT: string },
    readonly database: FaultyLink | null,
    readonly redis: FaultyLink | null,
  ) {
    this.port = Number(env.PORT);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get running(): boolean {
    return this.process !== null;
  }

  async start(): Promise<void> {
    const started = await retrying(() => spawnServer(this.env));
    this.process = started;
    this.stopping = false;
    void started.exited.then(code => {
      if (this.process === started && !this.stopping)
        this.crash = `a node ended with ${code}: ${started.output()}`;
    });
  }

  /** Asks it to stop, and doesn't wait for it. */
  shutDown(): void {
    this.stopping = true;
    void this.process?.stop();
  }

  async kill(): Promise<void> {
    const killed = this.process;
    this.process = null;
    await killed?.kill();
  }

  output(): string {
    return this.process?.output() ?? '';
  }

  async close(): Promise<void> {
    await this.kill();
    await Promise.all([this.database?.close(), this.redis?.close()]);
  }
}

/** Tries until it works; rejects with the last error when it is too late. */
export async function retrying<T>(step: () => Promise<T>, timeout = START_TIMEOUT): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}
