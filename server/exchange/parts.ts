import type * as Y from 'yjs';

/** Size of one update, in bytes: everybody waits while it is applied, stored and sent. */
const PART = 128 * 1024;

/**
 * Runs what writes into a document in as few transactions as keep each near {@link PART}.
 * @param writes yields how much it wrote, in characters
 * @returns the updates, to be applied in this order; none where nothing changed
 */
export function inParts(doc: Y.Doc, writes: () => Generator<number>): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  doc.on('update', keep);
  const steps = writes();
  for (let done = false; !done; ) {
    doc.transact(() => {
      for (let size = 0; size < PART && !done; ) {
        const step = steps.next();
        done = step.done === true;
        size += step.value ?? 0;
      }
    });
  }
  doc.off('update', keep);
  return updates;
}
