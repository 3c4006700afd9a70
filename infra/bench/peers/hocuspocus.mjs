/** Hocuspocus without extensions: in memory, no hooks. */
import { createServer } from 'node:http';
import { Hocuspocus } from '@hocuspocus/server';
import { WebSocketServer } from 'ws';
import { serve } from './ready.mjs';

const hocuspocus = new Hocuspocus({ quiet: true });
const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  socket.setMaxListeners(Number.POSITIVE_INFINITY);
  hocuspocus.handleConnection(socket, request);
});

serve(http);
