/** The server that y-websocket 2 ships, as its `bin/server.cjs` runs it: in memory. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { setupWSConnection } from 'y-websocket/bin/utils';
import { serve } from './ready.mjs';

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', setupWSConnection);

serve(http);
