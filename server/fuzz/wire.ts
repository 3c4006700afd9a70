/** Writes Yjs updates (format 1) struct by struct, also those that Yjs never would. */
import * as encoding from 'lib0/encoding';

export interface Id {
  client: number;
  clock: number;
}

/** What an item holds: a content's number in Yjs, and how its bytes are written. */
export interface Content {
  ref: number;
  write: (encoder: encoding.Encoder) => void;
}

export interface WireItem {
  origin?: Id;
  rightOrigin?: Id;
  /** The name of a root, or the id of the item that holds the parent; written only without origins, as Yjs reads it. */
  parent?: string | Id;
  key?: string;
  content: Content;
}

export type WireStruct = { gc: number } | { skip: number } | WireItem;

/** The structs of one client; `count` is what is claimed of their number. */
export interface Section extends Id {
  structs: WireStruct[];
  count?: number;
}

/** What is deleted of one client's: ranges of clock and length, in any order, however they overlap. */
export interface Deletions {
  client: number;
  ranges: readonly (readonly [clock: number, length: number])[];
}

const uint = encoding.writeVarUint;
const counted = (
  ref: number,
  values: readonly unknown[],
  write: (e: encoding.Encoder, value: never) => void,
) => ({
  ref,
  write: (encoder: encoding.Encoder) => {
    uint(encoder, values.length);
    for (const value of values) write(encoder, value as never);
  },
});

/** Every content that Yjs knows, by its name there. */
export const content = {
  deleted: (length: number): Content => ({ ref: 1, write: encoder => uint(encoder, length) }),
  json: (...values: string[]): Content => counted(2, values, encoding.writeVarString),
  binary: (bytes: Uint8Array): Content => ({ ref: 3, write: e => encoding.writeVarUint8Array(e, bytes) }),
  string: (text: string): Content => ({ ref: 4, write: e => encoding.writeVarString(e, text) }),
  embed: (json: string): Content => ({ ref: 5, write: e => encoding.writeVarString(e, json) }),
  format: (key: string, json: string): Content => ({
    ref: 6,
    write: encoder => {
      encoding.writeVarString(encoder, key);
      encoding.writeVarString(encoder, json);
    },
  }),
  /** 0 array, 1 map, 2 text, 3 XML element, 4 fragment, 5 hook, 6 XML text; 3 and 5 carry a name. */
  type: (kind: number): Content => ({
    ref: 7,
    write: encoder => {
      uint(encoder, kind);
      if (kind === 3 || kind === 5) encoding.writeVarString(encoder, 'name');
    },
  }),
  any: (...values: unknown[]): Content => counted(8, values, encoding.writeAny),
  subdocument: (guid: string): Content => ({
    ref: 9,
    write: encoder => {
      encoding.writeVarString(encoder, guid);
      encoding.writeAny(encoder, { autoLoad: true } as never);
    },
  }),
  /** Bytes as they are, under a number of one's choice. */
  raw: (ref: number, bytes: Uint8Array): Content => ({ ref, write: e => encoding.writeUint8Array(e, bytes) }),
};

/** The eighth, seventh and sixth bit of an item's first byte say what follows it. */
const HAS = { origin: 0x80, rightOrigin: 0x40, key: 0x20 } as const;

export function writeUpdate(sections: readonly Section[], deletions: readonly Deletions[] = []): Uint8Array {
  return encoding.encode(encoder => {
    uint(encoder, sections.length);
    for (const { client, clock, structs, count = structs.length } of sections) {
      uint(encoder, count);
      uint(encoder, client);
      uint(encoder, clock);
      for (const struct of structs) writeStruct(encoder, struct);
    }
    uint(encoder, deletions.length);
    for (const { client, ranges } of deletions) {
      uint(encoder, client);
      uint(encoder, ranges.length);
      for (const [clock, length] of ranges) {
        uint(encoder, clock);
        uint(encoder, length);
      }
    }
  });
}

function writeStruct(encoder: encoding.Encoder, struct: WireStruct): void {
  if ('gc' in struct || 'skip' in struct) {
    encoding.writeUint8(encoder, 'gc' in struct ? 0 : 10);
    return uint(encoder, 'gc' in struct ? struct.gc : struct.skip);
  }
  const { origin, rightOrigin, parent = 'board', key, content } = struct;
  const has =
    (origin ? HAS.origin : 0) | (rightOrigin ? HAS.rightOrigin : 0) | (key === undefined ? 0 : HAS.key);
  encoding.writeUint8(encoder, has | content.ref);
  if (origin) writeId(encoder, origin);
  if (rightOrigin) writeId(encoder, rightOrigin);
  if (!origin && !rightOrigin) {
    uint(encoder, typeof parent === 'string' ? 1 : 0);
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent);
    else writeId(encoder, parent);
    if (key !== undefined) encoding.writeVarString(encoder, key);
  }
  content.write(encoder);
}

function writeId(encoder: encoding.Encoder, { client, clock }: Id): void {
  uint(encoder, client);
  uint(encoder, clock);
}
