/** Servers that share one database, and one Redis when they are several: any of them serves any session. */
import { expect, vi } from 'vitest';
import { freshDatabase } from '#db/testing/databases.ts';
import { readMetrics } from './metrics.ts';
import { type RedisProcess, startRedis } from './redis.ts';
import { startTestServer, type TestServer } from './server.ts';

export interface Cluster {
  /** Addresses of the nodes. */
  urls: string[];
  /** What a further node must be told. */
  env: Record<string, string>;
  /** null for a node alone. */
  redis: RedisProcess | null;
  /** Resolves when no session is in memory: the next to enter one finds what is stored. */
  unloaded(): Promise<void>;
  close(): Promise<void>;
}

/** @param nodes all in this process, each with connections of its own */
export async function startCluster(nodes: number, env: Record<string, string> = {}): Promise<Cluster> {
  const database = await freshDatabase();
  const redis = nodes > 1 ? await startRedis() : null;
  const shared = { DATABASE_URL: database.url, ...(redis && { REDIS_URL: redis.url }), ...env };
  const servers: TestServer[] = [];
  // One after another: the first one migrates.
  for (let i = 0; i < nodes; i++) servers.push(await startTestServer(shared));
  return {
    urls: servers.map(({ url }) => url),
    env: shared,
    redis,
    unloaded: () =>
      vi.waitFor(
        async () => {
          for (const { url } of servers) expect((await readMetrics(url)).get('strideboard_rooms')).toBe(0);
        },
        { timeout: 10_000, interval: 20 },
      ),
    async close() {
      await Promise.all(servers.map(server => server.close()));
      await redis?.kill();
      await database.drop();
    },
  };
}
