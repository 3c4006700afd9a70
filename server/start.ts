/** Puts the parts together and serves them. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import type { Context } from 'hono';
import { WebSocketServer } from 'ws';
import { openDatabase } from '#db/open.ts';
import { createApp } from './app.ts';
import { noBus } from './cluster/bus.ts';
import { redisBus } from './cluster/redis.ts';
import type { Config } from './config.ts';
import { createPlaces, type PlaceOptions } from './exchange/places.ts';
import { createPool, type PoolOptions } from './exchange/pool.ts';
import { createProgressBoard } from './exchange/progress.ts';
import { createGuesses, type GuessOptions } from './guesses.ts';
import { bearerOf } from './identity/bearer.ts';
import { createIdentity } from './identity/identity.ts';
import { createLog, type Log } from './log.ts';
import { closeVote } from './meeting/votes.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { addressOf, isOwnOrigin } from './origin.ts';
import { attendance } from './passes/attendance.ts';
import { minuteTaker } from './passes/minutes.ts';
import { numbering } from './passes/numbering.ts';
import { suggestionPass } from './passes/suggestions.ts';
import { titleKeeper } from './passes/title.ts';
import { voteCloser } from './passes/votes.ts';
import type { RouteDeps } from './routes/context.ts';
import { startingApp } from './routes/health.ts';
import { PATIENCE } from './routes/upload.ts';
import { serverCatalogue } from './rules.ts';
import { createConnections } from './sync/connections.ts';
import { createRooms, type RoomsOptions } from './sync/rooms.ts';
import type { Admission } from './sync/socket.ts';

/** Longest wait for everything to be stored at a shutdown, in ms. */
const SHUTDOWN_TIMEOUT = 5_000;
/** Longest wait, after that, for requests under way and for sockets to say goodbye, in ms. */
const DRAIN_TIMEOUT = 2_000;
/** A database that is silent for this long, in ms, can't do its work. */
const PING_TIMEOUT = 2_000;
/** A frame beyond our own limit is answered in words; one that is this many times larger is not even read. */
const UNREAD_FACTOR = 4;

export interface StartOptions extends RoomsOptions {
  log?: Log;
  guesses?: GuessOptions;
  files?: PoolOptions & PlaceOptions & { patience?: number };
}

export interface RunningServer {
  /** Where it answers, http://host:port. */
  url: string;
  /** Stores everything, tells everyone to come back, and ends. Rejects when not everything could be stored. */
  close(): Promise<void>;
}

/**
 * Listens before the database is opened: a port that is taken shows at once, and probes have an answer while it is migrated.
 * @throws {ConfigError} when the rules of the operator are none
 * @throws {DirectoryInUseError} when another process uses the embedded database
 * @throws the error of `listen` when the port is taken
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { publicUrl, limits } = config;
  const log = options.log ?? createLog(config.logLevel);
  let app: Pick<ReturnType<typeof startingApp>, 'fetch'> = startingApp();
  const sockets = new WebSocketServer({
    noServer: true,
    autoPong: false,
    maxPayload: limits.frameBytes * UNREAD_FACTOR,
  });
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    websocket: { server: sockets },
  }) as Server;
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const url = addressOfServer(server, config.host);

  try {
    const catalogue = await serverCatalogue(config.rulesFile);
    const db = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
    const identity = await createIdentity(db, { url, publicUrl, secret: config.authSecret, log });
    const services = [
      suggestionPass(log, seconds => metrics.pass.observe(seconds), catalogue),
      numbering,
      titleKeeper(db.sessions, log),
      minuteTaker(db.memberships, log, catalogue),
      attendance(),
      voteCloser((sessionId, voteId) => closeVote(routes, sessionId, voteId, null), log),
    ];
    const bus = config.redisUrl ? redisBus(config.redisUrl, log) : noBus;
    const metrics: Metrics = createMetrics({
      rooms: () => rooms.count(),
      hearsOthers: () => bus.connected,
    });
    const rooms = createRooms(
      {
        store: db.documents,
        leases: db.leases,
        bus,
        services,
        documentBytes: limits.documentBytes,
        log,
        observe: {
          tickLag: seconds => metrics.tickLag.observe(seconds),
          commit: seconds => metrics.commit.observe(seconds),
        },
      },
      options,
    );
    const files = {
      ...{ reading: createPool(options.files), writing: createPool(options.files) },
      progress: createProgressBoard(),
      places: createPlaces(options.files),
      patience: options.files?.patience ?? PATIENCE,
    };
    let closing: Promise<void> | null = null;

    async function admit(c: Context, sessionId: string): Promise<Admission> {
      const { headers } = c.req.raw;
      const ticket = c.req.query('ticket');
      // Who comes back too early would bring a room back into memory that is being stored.
      if (closing) return { refusal: 'restart' };
      if (!isOwnOrigin(headers, publicUrl)) return { refusal: 'foreignOrigin' };
      const token = bearerOf(headers);
      const userId = ticket
        ? await identity.userOfTicket(ticket, sessionId)
        : await (token === null ? identity.userOf(headers) : identity.ownerOf(token));
      if (!userId) return { refusal: 'notSignedIn' };
      const member = await db.memberships.find(sessionId, userId);
      if (member) {
        const writer = { id: userId, name: member.name, role: member.role };
        return { sessionId, writer, address: addressOf(c, publicUrl) };
      }
      if (await db.memberships.wasRemoved(sessionId, userId)) return { refusal: 'removed' };
      // A stranger learns as little as over HTTP: a session that is not theirs does not exist.
      return { refusal: 'unknownSession' };
    }

    const ping = () =>
      db.orm.execute(sql`select 1`).then(
        () => true,
        () => false,
      );
    const routes: RouteDeps = {
      db,
      identity,
      guesses: createGuesses(options.guesses),
      publicUrl,
      readDocument: rooms.read,
      changeDocument: rooms.change,
      files,
      catalogue,
      documentBytes: limits.documentBytes,
      renew: rooms.renew,
    };
    app = createApp({
      routes,
      health: {
        registry: metrics.registry,
        ready: async () => !closing && (await within(PING_TIMEOUT, ping(), false)),
      },
      sync: {
        rooms,
        connections: createConnections(limits),
        limits,
        log,
        refused: why => metrics.refused.inc({ why }),
        admit,
      },
      log,
      clientFolder: fileURLToPath(import.meta.resolve('#dist/client')),
    });

    const close = async () => {
      try {
        await rooms.close(SHUTDOWN_TIMEOUT);
      } catch (error) {
        log.error({ error }, 'shutdown was not clean');
        throw error;
      } finally {
        await Promise.all([files.reading.close(), files.writing.close()]);
        await drain(server, sockets, DRAIN_TIMEOUT);
        await bus.close();
        await db.close();
      }
    };
    return { url, close: () => (closing ??= close()) };
  } catch (error) {
    await drain(server, sockets, 0);
    throw error;
  }
}

/** An address that a browser on this machine can open. */
function addressOfServer(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Takes no new connections, lets the others end, and cuts those that have not after `timeout` ms. */
async function drain(server: Server, sockets: WebSocketServer, timeout: number): Promise<void> {
  const ended = new Promise(resolve => server.close(resolve));
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  }, timeout);
  await ended;
  clearTimeout(cut);
}

async function within<T>(timeout: number, promise: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<T>(resolve => {
    timer = setTimeout(() => resolve(late), timeout);
  });
  return Promise.race([promise, silence]).finally(() => clearTimeout(timer));
}
