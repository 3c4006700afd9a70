/** The floor: sends each update frame on to everyone else in the room, and knows nothing of its content. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { serve } from './ready.mjs';

/** The first two bytes of an update frame in the y-websocket protocol: sync, update. Steps 1 and 2 have nobody to answer them. */
const SYNC = 0;
const UPDATE = 2;

const rooms = new Map();
const http = createServer();

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(socket));
  socket.on('message', frame => {
    if (frame[0] !== SYNC || frame[1] !== UPDATE) return;
    for (const other of room) if (other !== socket) other.send(frame);
  });
  socket.on('close', () => room.delete(socket));
});

serve(http);
