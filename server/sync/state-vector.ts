/** State vectors: how far somebody has each client's changes. */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** Longest state vector, in bytes: 60,000 clients, one for each page load of years. */
const MAX_LENGTH = 512 * 1024;

/** @throws when it is none, or too long */
export function readStateVector(bytes: Uint8Array): Map<number, number> {
  if (bytes.length > MAX_LENGTH) throw new Error('state vector too long');
  const decoder = decoding.createDecoder(bytes);
  const vector = new Map<number, number>();
  for (let count = decoding.readVarUint(decoder); count > 0; count--) {
    vector.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder));
  }
  return vector;
}

/** The state of a document before these updates, which it holds and which nothing outside them depends on. */
export function lowered(doc: Y.Doc, updates: Uint8Array[]): Uint8Array {
  const vector = Y.decodeStateVector(Y.encodeStateVector(doc));
  for (const update of updates) {
    for (const [client, clock] of Y.parseUpdateMeta(update).from) {
      vector.set(client, Math.min(vector.get(client) ?? 0, clock));
    }
  }
  return Y.encodeStateVector(vector);
}
