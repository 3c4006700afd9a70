/** An attacker's sockets: send hostile frames one after another, and come back whenever they are thrown out. */
import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Person } from '#infra/testing/server.ts';
import { MESSAGE } from '#shared/document/protocol.ts';
import { frames } from '../sync/frames.ts';
import { type HostileFrame, hostileFrame } from './frames.ts';
import type { Attacker } from './updates.ts';

/** Our own question after each frame: no generated one asks with such a number. */
const FIRST_QUESTION = 2 ** 50;
const NOTHING = Y.encodeStateAsUpdate(new Y.Doc());
/** How long a ticket is used, in ms; it lives a minute. */
const TICKET_LIFE = 20_000;

export interface Attack extends Attacker {
  url: string;
  sessionId: string;
  person: Person;
  /** The last frames that were sent, for when something goes wrong. */
  sent: HostileFrame[];
}

/** Sends `count` frames over one socket at a time; resolves when the server has dealt with each. */
export async function attack(attacker: Attack, count: number): Promise<void> {
  let socket: WebSocket | null = null;
  let ticket = '';
  let issued = Number.NEGATIVE_INFINITY;
  for (let sent = 0; sent < count; ) {
    if (socket?.readyState !== WebSocket.OPEN) {
      if (performance.now() - issued > TICKET_LIFE) {
        ticket = await attacker.person.ticket(attacker.sessionId);
        issued = performance.now();
      }
      socket = await connect(attacker, ticket);
      if (!socket) continue;
    }
    const frame = hostileFrame(attacker);
    attacker.sent.push(frame);
    if (attacker.sent.length > 20) attacker.sent.shift();
    socket.send(frame.data);
    await dealtWith(socket, FIRST_QUESTION + sent++);
  }
  socket?.close();
}

async function connect({ url, sessionId }: Attack, ticket: string): Promise<WebSocket | null> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${sessionId}?ticket=${ticket}`);
  socket.binaryType = 'nodebuffer';
  socket.on('error', () => {});
  await Promise.race([once(socket, 'open'), once(socket, 'close')]);
  if (socket.readyState !== WebSocket.OPEN) return null;
  // Who has not answered the server's question is told nothing of what is saved.
  socket.send(frames.step2(NOTHING));
  return socket;
}

/** Resolves when the server has read everything sent before, or has closed the socket. */
function dealtWith(socket: WebSocket, question: number): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      socket.off('message', read);
      socket.off('close', done);
      resolve();
    };
    const read = (data: Buffer) => {
      const decoder = decoding.createDecoder(data);
      if (decoding.readVarUint(decoder) !== MESSAGE.saved) return;
      if (decoding.readVarUint(decoder) === question) done();
    };
    socket.on('message', read);
    socket.on('close', done);
    if (socket.readyState !== WebSocket.OPEN) return done();
    socket.send(frames.saved(question));
  });
}
