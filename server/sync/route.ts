import { upgradeWebSocket } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { WebSocket } from 'ws';
import { type Admission, type SocketDeps, serveSocket } from './socket.ts';

export interface SyncDeps extends SocketDeps {
  /** Finds out who wants to enter which session, from the cookie or the ticket of the handshake. */
  admit(c: Context, sessionId: string): Promise<Admission>;
}

/** `WS /sync/:id`: the y-websocket protocol. */
export const syncRoute = (deps: SyncDeps) =>
  new Hono().get(
    '/sync/:id',
    upgradeWebSocket(async c => {
      const admission = await deps.admit(c, c.req.param('id') ?? '');
      // The socket itself: Hono would copy each message into an event.
      return { onOpen: (_, { raw }) => serveSocket(raw as WebSocket, admission, deps) };
    }),
  );
