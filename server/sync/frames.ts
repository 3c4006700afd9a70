/** Frames of the y-websocket protocol, and our SAVED: pure functions between bytes and messages. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MESSAGE } from '#shared/document/protocol.ts';

/** The three kinds of sync message (y-protocols PROTOCOL.md). */
const SYNC = { step1: 0, step2: 1, update: 2 } as const;

export type Message =
  /** The sender's state vector: it wants what it lacks. */
  | { type: 'step1'; stateVector: Uint8Array }
  /** What the receiver lacked (the answer to a step 1), or an update as it happens. */
  | { type: 'update'; update: Uint8Array; isAnswer: boolean }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'queryAwareness' }
  /** "Tell me when everything before this is saved." */
  | { type: 'saved'; question: number };

const frame = (write: (encoder: encoding.Encoder) => void): Uint8Array => encoding.encode(write);

const syncFrame = (kind: number, payload: Uint8Array): Uint8Array =>
  frame(encoder => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, payload);
  });

export const frames = {
  step1: (stateVector: Uint8Array) => syncFrame(SYNC.step1, stateVector),
  step2: (update: Uint8Array) => syncFrame(SYNC.step2, update),
  update: (update: Uint8Array) => syncFrame(SYNC.update, update),
  awareness: (update: Uint8Array) =>
    frame(encoder => {
      encoding.writeVarUint(encoder, MESSAGE.awareness);
      encoding.writeVarUint8Array(encoder, update);
    }),
  trouble: (failing: boolean) =>
    frame(encoder => {
      encoding.writeVarUint(encoder, MESSAGE.trouble);
      encoding.writeVarUint(encoder, Number(failing));
    }),
  saved: (question: number) =>
    frame(encoder => {
      encoding.writeVarUint(encoder, MESSAGE.saved);
      encoding.writeVarUint(encoder, question);
    }),
};

/**
 * Reads a frame, which may hold several messages.
 * @throws when it is not of the protocol; what came before the fault in the same frame was yielded already.
 */
export function* readMessages(data: Uint8Array): Generator<Message> {
  const decoder = decoding.createDecoder(data);
  while (decoding.hasContent(decoder)) yield readMessage(decoder);
}

function readMessage(decoder: decoding.Decoder): Message {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case MESSAGE.sync:
      return readSync(decoder);
    case MESSAGE.awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(decoder) };
    case MESSAGE.queryAwareness:
      return { type: 'queryAwareness' };
    case MESSAGE.saved:
      return { type: 'saved', question: decoding.readVarUint(decoder) };
    default:
      throw new Error(`unknown message type ${type}`);
  }
}

function readSync(decoder: decoding.Decoder): Message {
  const kind = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  switch (kind) {
    case SYNC.step1:
      return { type: 'step1', stateVector: payload };
    case SYNC.step2:
    case SYNC.update:
      return { type: 'update', update: payload, isAnswer: kind === SYNC.step2 };
    default:
      throw new Error(`unknown sync message ${kind}`);
  }
}
