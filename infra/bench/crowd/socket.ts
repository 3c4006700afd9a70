/** Sockets of the crowd: `ws` as it is, and one that puts on and takes off Hocuspocus' envelope. */
import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import type { Protocol } from './person.ts';

/** Every connection of this process, for counting bytes. */
const connections: Socket[] = [];

/** Bytes received so far, frame headers and handshakes included. */
export const bytesReceived = (): number => connections.reduce((sum, { bytesRead }) => sum + bytesRead, 0);

export class CrowdSocket extends WebSocket {
  constructor(url: string | URL) {
    super(url, { perMessageDeflate: false, skipUTF8Validation: true });
    this.on('upgrade', ({ socket }) => connections.push(socket));
  }
}

const MESSAGE_AUTH = 2;
const TOKEN = 0;

/**
 * Hocuspocus speaks the y-websocket protocol in an envelope: each frame starts with the document's name, and a client
 * introduces itself with a token first. With it off, the very same clients serve for both.
 */
class HocuspocusSocket extends CrowdSocket {
  private readonly envelope: Uint8Array;

  constructor(url: string | URL) {
    super(url);
    const name = new URL(url).pathname.slice(1);
    this.envelope = encoding.encode(encoder => encoding.writeVarString(encoder, name));
    const token = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, MESSAGE_AUTH);
      encoding.writeVarUint(encoder, TOKEN);
      encoding.writeVarString(encoder, 'bench');
    });
    this.once('open', () => this.send(token));
  }

  override send(frame: Uint8Array): void {
    super.send(Buffer.concat([this.envelope, frame]));
  }

  // biome-ignore lint/suspicious/noExplicitAny: as wide as the method it narrows
  override emit(event: string | symbol, ...args: any[]): boolean {
    if (event !== 'message') return super.emit(event, ...args);
    const [data, isBinary] = args as [Buffer | ArrayBuffer, boolean];
    const skip = this.envelope.length;
    return super.emit(event, data instanceof ArrayBuffer ? data.slice(skip) : data.subarray(skip), isBinary);
  }
}

export const socketOf = (protocol: Protocol): typeof CrowdSocket =>
  protocol === 'hocuspocus' ? HocuspocusSocket : CrowdSocket;
