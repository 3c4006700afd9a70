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

/** Some parts were stored and the next was not: what is there is sound, and the file brought again brings the rest. */
export class PartlyStoredError extends Error {
  override name = 'PartlyStoredError';
  /** For the person who brought it, after what went wrong. */
  readonly advice = 'A part of the file is in already; import it again to bring in the rest.';

  /** @param cause what the store threw */
  constructor(override readonly cause: unknown) {
    super('a file was stored in part');
  }
}

/**
 * Stores the parts one after the other.
 * @param store says whether there is something to store it in
 * @returns the same
 * @throws {PartlyStoredError} for what `store` throws, except for the first part, whose error is thrown as it is
 */
export async function storeParts(
  parts: readonly Uint8Array[],
  store: (part: Uint8Array) => Promise<boolean>,
): Promise<boolean> {
  for (const [n, part] of parts.entries()) {
    const stored = await store(part).catch(error => {
      throw n > 0 ? new PartlyStoredError(error) : error;
    });
    if (!stored) return false;
  }
  return true;
}
