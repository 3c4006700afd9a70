/**
 * Reads what an update brings that a document lacks, before Yjs sees it: only an update that Yjs would take in whole, in an
 * order in which nothing waits, and in time that grows with its length.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { ROOTS, type Root } from '#shared/document/document.ts';

/** Yjs adds clocks up as floats, and writes those beyond 2^53 so that nobody can read the document again. */
const MAX_CLOCK = 2 ** 32;
/** Client ids in one update, each for ever in every state vector: what a person drew offline over as many page loads. */
const MAX_CLIENTS = 64;
/** Lists of structs in one update, also of what the document has: who comes back may repeat everybody's. */
const MAX_LISTS = 10_000;

/** Items in one update: twice a board of 2,000 shapes, pasted at once. More would keep everybody waiting. */
const MAX_STRUCTS = 50_000;

export type Struct = Y.Item | Y.GC;

export interface Changes {
  /** The structs that the document lacks, by client, in clock order and without a gap. */
  incoming: Map<number, Struct[]>;
  /** The same, each after all that it refers to. */
  ordered: Struct[];
  /** Those of them that the update deletes, whole. */
  stillborn: Set<Struct>;
  /** Items of the document, alive until now, that the update deletes. */
  deleted: Y.Item[];
}

export class Refused extends Error {
  constructor(
    readonly why: 'malformed' | 'forbidden' | 'unresolved',
    message: string,
  ) {
    super(message);
  }
}

export const malformed = (message: string): never => {
  throw new Refused('malformed', message);
};

/** What it stands on is not here: not yet, or never. */
export const unresolved = (message: string): never => {
  throw new Refused('unresolved', message);
};

/** @throws {Refused} when Yjs could not apply it whole */
export function readChanges(doc: Y.Doc, update: Uint8Array): Changes {
  const lists = decoding.readVarUint(decoding.createDecoder(update));
  if (lists > MAX_LISTS) malformed('an update of too many clients');
  const { structs, ds } = Y.decodeUpdate(update);
  if (structs.length > MAX_STRUCTS) malformed('an update of too many items');
  // Yjs would read only the last of a client's lists.
  if (lists !== new Set(structs.map(({ id }) => id.client)).size) malformed('a client without one list');
  const incoming = newStructs(doc, structs);
  if (incoming.size > MAX_CLIENTS) malformed('an update of too many clients');
  // Sorted and merged, so that what follows is linear however the ranges were written.
  const deletions = readDeletions(doc, incoming, Y.mergeDeleteSets([ds]).clients);
  return { incoming, ordered: inOrder(incoming), ...deletions };
}

function newStructs(doc: Y.Doc, structs: (Struct | Y.AbstractStruct)[]): Map<number, Struct[]> {
  const incoming = new Map<number, Struct[]>();
  for (const struct of structs) {
    if (!(struct instanceof Y.Item || struct instanceof Y.GC)) return malformed('an update with a gap');
    const { client, clock } = struct.id;
    const list = incoming.get(client);
    const last = list?.at(-1);
    const next = last ? last.id.clock + last.length : Y.getState(doc.store, client);
    // Yjs takes in what has no length, whatever it stands on, and makes a root of every name that it reads.
    if (struct.length <= 0) return malformed('a struct without length');
    if (struct instanceof Y.Item && isUnknownRoot(struct.parent)) return malformed('an unknown root');
    if (clock + struct.length > MAX_CLOCK) return malformed('a clock too large');
    if (clock + struct.length <= next) continue;
    if (clock > next) return unresolved('an update whose predecessors are missing');
    if (list) list.push(struct);
    else incoming.set(client, [struct]);
  }
  return incoming;
}

/** Items that were only just read name a root by its name. */
const isUnknownRoot = (parent: unknown): boolean =>
  typeof parent === 'string' && !ROOTS.includes(parent as Root);

/** @throws {Refused} when structs wait for each other: Yjs would keep them as pending */
function inOrder(incoming: Map<number, Struct[]>): Struct[] {
  // One client's changes, as they come from a person who draws, are in order by themselves.
  const [only, more] = incoming.values();
  if (!more) return only ?? [];
  const ordered: Struct[] = [];
  const taken = new Map<number, number>();
  const next = (client: number): Struct | undefined => incoming.get(client)?.[taken.get(client) ?? 0];
  const isTaken = ({ client, clock }: { client: number; clock: number }) => {
    const struct = next(client);
    return !struct || clock < struct.id.clock;
  };
  for (const client of incoming.keys()) {
    /** What is to be taken before the others can be: everything of a client up to a clock. */
    const wanted = [{ client, clock: Number.POSITIVE_INFINITY }];
    for (let top = wanted.at(-1); top; top = wanted.at(-1)) {
      const struct = next(top.client);
      if (!struct || isTaken(top)) {
        wanted.pop();
        continue;
      }
      const missing = references(struct).find(id => id.client !== struct.id.client && !isTaken(id));
      if (missing) {
        if (wanted.some(({ client }) => client === missing.client))
          malformed('items that wait for each other');
        wanted.push(missing);
      } else {
        ordered.push(struct);
        taken.set(top.client, (taken.get(top.client) ?? 0) + 1);
      }
    }
  }
  return ordered;
}

function references(struct: Struct): Y.ID[] {
  if (struct instanceof Y.GC) return [];
  const { origin, rightOrigin, parent } = struct;
  return [origin, rightOrigin, parent].filter(id => id instanceof Y.ID);
}

function readDeletions(
  doc: Y.Doc,
  incoming: Map<number, Struct[]>,
  ranges: Map<number, { clock: number; len: number }[]>,
): Pick<Changes, 'deleted' | 'stillborn'> {
  const deleted: Y.Item[] = [];
  const stillborn = new Set<Struct>();
  for (const [client, list] of ranges) {
    const state = Y.getState(doc.store, client);
    const brought = incoming.get(client) ?? [];
    const last = brought.at(-1);
    const end = last ? last.id.clock + last.length : state;
    let next = 0;
    for (const { clock, len } of list) {
      if (len <= 0 || clock + len > end) unresolved('a deletion of what nobody wrote');
      if (clock < state) {
        for (const item of liveItems(doc.store.clients.get(client)!, clock, Math.min(clock + len, state)))
          deleted.push(item);
      }
      for (; next < brought.length && brought[next]!.id.clock < clock + len; next++) {
        const struct = brought[next]!;
        // What is deleted in part lives on in the rest.
        if (struct.id.clock >= clock && struct.id.clock + struct.length <= clock + len) stillborn.add(struct);
      }
    }
  }
  return { deleted, stillborn };
}

function liveItems(structs: Struct[], from: number, to: number): Y.Item[] {
  const items: Y.Item[] = [];
  for (let i = Y.findIndexSS(structs, from); i < structs.length && structs[i]!.id.clock < to; i++) {
    const struct = structs[i]!;
    if (struct instanceof Y.Item && !struct.deleted) items.push(struct);
  }
  return items;
}
