/** The way in: one driver, whether PostgreSQL is a server or the embedded PGlite. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import postgres from 'postgres';
import { lockDirectory } from './embedded/lock.ts';
import { EmbeddedSocket } from './embedded/socket.ts';
import { createLeases, type Leases, soleLeases } from './leases.ts';
import { migrate } from './migrate.ts';
import { createOrm, type Orm } from './orm.ts';
import { createDocumentStore, type DocumentStore } from './stores/documents.ts';
import { createInviteStore, type InviteStore } from './stores/invites.ts';
import { createKeyedRequestStore, type KeyedRequestStore } from './stores/keyed-requests.ts';
import { createMembershipStore, type MembershipStore } from './stores/memberships.ts';
import { createRoundStore, type RoundStore } from './stores/rounds.ts';
import { createSessionStore, type SessionStore } from './stores/sessions.ts';
import { createSettingStore, type SettingStore } from './stores/settings.ts';
import { createTokenStore, type TokenStore } from './stores/tokens.ts';
import { createVoteStore, type VoteStore } from './stores/votes.ts';

export interface DatabaseOptions {
  /** `postgres://...`; without it the embedded database is used. */
  url?: string | undefined;
  /** Where the embedded database lives; made if it is missing. */
  dataDir: string;
}

export interface Database {
  kind: 'embedded' | 'postgres';
  /** For what has its own SQL (better-auth). Inside a transaction use only its handle: the embedded database has one connection. */
  orm: Orm;
  documents: DocumentStore;
  sessions: SessionStore;
  memberships: MembershipStore;
  invites: InviteStore;
  settings: SettingStore;
  tokens: TokenStore;
  keyedRequests: KeyedRequestStore;
  rounds: RoundStore;
  votes: VoteStore;
  leases: Leases;
  /** Waits for the queries under way, then ends the connections, the thread and the lock. */
  close(): Promise<void>;
}

/** `fetch_types` asks every new connection for array types, which no table has; `onnotice` would print to the console. */
const COMMON = {
  fetch_types: false,
  onnotice: () => {},
  connection: { application_name: 'strideboard' },
};

/**
 * Opens the database and brings its schema up to date.
 * @throws {DirectoryInUseError} when another process has the embedded database of `dataDir` open
 */
export async function openDatabase({ url, dataDir }: DatabaseOptions): Promise<Database> {
  return url ? openServer(url) : openEmbedded(dataDir);
}

async function openServer(url: string): Promise<Database> {
  const migrator = postgres(url, { ...COMMON, max: 1 });
  await migrate(migrator).finally(() => migrator.end());
  const client = postgres(url, COMMON);
  const { leases, end: endLeases } = createLeases(onclose =>
    postgres(url, { ...COMMON, max: 1, idle_timeout: 0, max_lifetime: null, onclose }),
  );
  return database('postgres', client, leases, () => Promise.all([end(client), endLeases()]));
}

async function openEmbedded(dataDir: string): Promise<Database> {
  await mkdir(dataDir, { recursive: true });
  const release = await lockDirectory(dataDir);
  const client = postgres({
    ...COMMON,
    // The connection is the database itself: one, from start to close, and the first start may take its time.
    max: 1,
    max_lifetime: 0,
    idle_timeout: 0,
    connect_timeout: 0,
    user: 'postgres',
    database: 'postgres',
    socket: () => new EmbeddedSocket(join(dataDir, 'pglite')),
  } as postgres.Options<Record<string, never>>);
  const close = () => end(client).finally(release);
  try {
    await migrate(client);
  } catch (error) {
    await close();
    throw error;
  }
  return database('embedded', client, soleLeases, close);
}

/** postgres.js forgets the queries that still wait for a connection when it ends, and who asked them would wait for ever. */
async function end(client: postgres.Sql): Promise<void> {
  // Drizzle hands a query over some microtasks after it was asked.
  await setImmediate();
  // Connections are given out first come, first served: when this is answered, nothing that was asked before is still waiting. A
  // database that can't answer has refused it already.
  await client`select 1`.catch(() => {});
  await client.end();
}

function database(
  kind: Database['kind'],
  client: postgres.Sql,
  leases: Leases,
  close: () => Promise<unknown>,
): Database {
  const orm = createOrm(client);
  return {
    kind,
    orm,
    documents: createDocumentStore(orm, client),
    sessions: createSessionStore(orm),
    memberships: createMembershipStore(orm),
    invites: createInviteStore(orm),
    settings: createSettingStore(orm),
    tokens: createTokenStore(orm),
    keyedRequests: createKeyedRequestStore(orm),
    rounds: createRoundStore(orm),
    votes: createVoteStore(orm),
    leases,
    close: async () => {
      await close();
    },
  };
}
