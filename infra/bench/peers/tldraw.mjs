/** tldraw's sync server: one TLSocketRoom per path, in memory. */
import { createServer } from 'node:http';
import { TLSocketRoom } from '@tldraw/sync-core';
import { createTLSchema } from '@tldraw/tlschema';
import { WebSocketServer } from 'ws';
import { serve } from './ready.mjs';

const schema = createTLSchema();
const rooms = new Map();
const http = createServer();
let sessions = 0;

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new TLSocketRoom({ schema });
  rooms.set(request.url, room);
  room.handleSocketConnect({ sessionId: `session-${++sessions}`, socket });
});

serve(http, { schema: schema.serialize() });
