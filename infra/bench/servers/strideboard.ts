/** Strideboard as it is run: `server/main.ts` in its own process, on a PostgreSQL of its own, nothing switched off. */
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { start as startPostgres, teardown as stopPostgres } from '#infra/testing/postgres.ts';
import { Person, spawnServer } from '#infra/testing/server.ts';
import { inParallel } from '../parallel.ts';
import type { BenchServer } from './server.ts';

/** The whole crowd comes from one address. */
const ENV = { MAX_CONNECTIONS_PER_ADDRESS: '100000', MAX_CONNECTIONS_PER_SESSION: '100000' };

let server: Promise<string> | undefined;

/** An empty database on the run's PostgreSQL, which is started at the first call. */
export async function freshDatabase(): Promise<string> {
  server ??= startPostgres();
  const url = new URL(await server);
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  const client = postgres(url.href, { max: 1, onnotice: () => {} });
  await client.unsafe(`create database ${name}`).finally(() => client.end());
  url.pathname = `/${name}`;
  return url.href;
}

export async function endPostgres(): Promise<void> {
  if (server) await stopPostgres();
}

export interface Strideboard extends BenchServer {
  url: string;
}

/** @param databaseUrl an empty database, or one that an earlier server left */
export async function startStrideboard(databaseUrl?: string): Promise<Strideboard> {
  const spawned = await spawnServer({ ...ENV, DATABASE_URL: databaseUrl ?? (await freshDatabase()) });
  return {
    url: spawned.url,
    pid: spawned.pid,
    open: (rooms, people) => openSessions(spawned.url, rooms, people),
    stop: async () => void (await spawned.stop()),
  };
}

/** Starts sessions and lets the same people join each; their tickets last a minute. */
async function openSessions(url: string, rooms: number, people: number) {
  const [moderator, ...others] = Array.from({ length: people }, () => new Person(url));
  // One by one at first: who has no cookie yet would become a new user with each request.
  const sessions = [await moderator!.start({ template: 'blank' })];
  const more = await inParallel(Array.from({ length: rooms - 1 }), () =>
    moderator!.start({ template: 'blank' }),
  );
  sessions.push(...more);
  const sync = url.replace(/^http/, 'ws');
  const seats = sessions.map(({ id, invites }, room) =>
    [moderator!, ...others].map((person, n) => ({ person, n, room, id, token: invites.participant })),
  );
  await inParallel(others, (person, n) => person.join(sessions[0]!.invites.participant, `Person ${n}`));
  await inParallel(
    seats.flat().filter(({ n, room }) => n > 0 && room > 0),
    ({ person, n, token }) => person.join(token, `Person ${n}`),
  );
  const tickets = await inParallel(seats.flat(), ({ person, id }) => person.ticket(id));
  return seats.map((room, i) =>
    room.map(({ id }, n) => ({
      url: `${sync}/sync/${id}?ticket=${tickets[i * people + n]}`,
      protocol: 'y-websocket' as const,
    })),
  );
}
