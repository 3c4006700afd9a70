/**
 * A client that writes real Yjs updates from a document of its own, and searches what it receives for moves instead of applying
 * it: 200 documents that each apply 800 updates a second are more than a machine can do beside the server it measures.
 */
import type { Buffer } from 'node:buffer';
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from 'y-protocols/sync';
import * as Y from 'yjs';
import { type EntryMap, root } from '#shared/document/document.ts';
import { drawOrMove } from './board.ts';
import { readBytes } from './marker.ts';
import type { Ears, Person, Seat } from './person.ts';
import { socketOf } from './socket.ts';

const SYNC = 0;
/** Hocuspocus' sync message that asks for no answer of the same kind. */
const SYNC_REPLY = 4;

export function leanPerson(seat: Seat, ears: Ears): Person {
  const socket = new (socketOf(seat.protocol))(seat.url);
  const doc = new Y.Doc();
  const board: EntryMap = root(doc, 'board');
  const send = (write: (encoder: encoding.Encoder) => void) =>
    socket.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, SYNC);
        write(encoder);
      }),
    );
  doc.on('update', (update: Uint8Array) => send(encoder => writeUpdate(encoder, update)));

  let closing = false;
  socket.on('close', (code, reason) => closing || ears.lost(`${code} ${reason}`));
  const ready = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      send(encoder => writeSyncStep1(encoder, doc));
      if (seat.protocol === 'relay') resolve();
    });
    socket.on('message', (frame: Buffer) => {
      ears.frame(frame, seat.sampled ? readBytes : null);
      if (frame[0] === SYNC || frame[0] === SYNC_REPLY) {
        if (frame[1] === messageYjsSyncStep1) {
          const decoder = createDecoder(frame);
          readVarUint(decoder);
          readVarUint(decoder);
          const stateVector = readVarUint8Array(decoder);
          return send(encoder => writeSyncStep2(encoder, doc, stateVector));
        }
        if (frame[1] === messageYjsSyncStep2) resolve();
      }
    });
  });
  return {
    ready,
    move: at => drawOrMove(board, seat.shape, at),
    board: () => new Map(),
    close() {
      closing = true;
      socket.terminate();
      doc.destroy();
    },
  };
}
