import { upgradeWebSocket } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { WSEvents } from 'hono/ws';
import { type Admission, type SocketDeps, socketEvents } from './socket.ts';

export interface SyncDeps extends SocketDeps {
  /** Finds out who wants to enter which session, from the cookie or the ticket of the handshake. */
  admit(c: Context, sessionId: string): Promise<Admission>;
}

/** `WS /sync/:id`: the y-websocket protocol. */
export const syncRoute = (deps: SyncDeps) =>
  new Hono().get(
    '/sync/:id',
    // Its sockets are those of `ws`, by a narrower name.
    upgradeWebSocket(async c => socketEvents(await deps.admit(c, c.req.param('id') ?? ''), deps) as WSEvents),
  );
