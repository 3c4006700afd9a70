/**
 * Who is where: the awareness states of a room. The identity in a state belongs to the server: whatever a client says of itself
 * under `user` is replaced by who it is, and a connection speaks for one Yjs client only.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as string from 'lib0/string';
import type { Writer } from '#shared/document/rights.ts';
import { isPlainJson } from './values.ts';

/** Cursor, selection and the like stay far below; more would be a way to flood everyone. */
const MAX_STATE_LENGTH = 16_384;
/** Stock clients repeat what they hear of everyone else in the room. */
const MAX_CLIENTS = 10_000;
/** Clocks count up from 0; one near 2^53 would leave no next one that others can read. */
const MAX_CLOCK = 2 ** 32;

/** What others see of a person, in every awareness state under `user`. */
export interface PresenceUser extends Writer {
  color: string;
}

/** Clients that left and are remembered, for their clocks: who makes up ids only pushes out others who left. */
const MAX_GONE = 10_000;
/** A client of another node that was not heard of for this long, in ms, is gone: each renews its state every 15 s. */
const FORGOTTEN_AFTER = 45_000;

interface Entry {
  /** The clock that is sent on. */
  clock: number;
  /** The clock of the client itself differs: it must not be sent its own state, which would overwrite a newer one. */
  ahead: boolean;
  /** The encoded entry, ready to be copied into frames. */
  bytes: Uint8Array;
  /** null when it left. */
  state: object | null;
  /** When it was heard of from another node, in ms since 1970; null for a client of this one. */
  heard: number | null;
}

/** Colours of people, by their id: told apart on both themes, and never the only sign, since the name stands beside. */
const COLORS = ['#0b6e99', '#b4530a', '#6b4fbb', '#2f7d32', '#b3261e', '#00796b', '#8a5a00', '#ad1f74'];

export function presenceUser({ id, name, role }: Writer): PresenceUser {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return { id, name, role, color: COLORS[hash % COLORS.length]! };
}

export class Presence {
  private readonly entries = new Map<number, Entry>();
  /** Who left, oldest first. */
  private readonly gone = new Set<number>();

  /**
   * Takes over a client's own state from an awareness update; what it says of other clients is theirs to say and is ignored.
   * @param mine whether the connection speaks for a client
   * @returns the client that the state is of, or undefined when the update held none of its own
   * @throws when the update is not of the protocol
   */
  accept(update: Uint8Array, user: PresenceUser, mine: (client: number) => boolean): number | undefined {
    let own: Said | undefined;
    // Read to its end before anything is taken from it: a state that came before a fault would be nobody's, and stay.
    for (const said of readAll(update)) {
      if (own ? own.id !== said.id : isFarewell(said) && !this.entries.has(said.id)) continue;
      if (own || mine(said.id)) own = said;
    }
    if (!own) return undefined;
    const state = readState(own);
    this.put(own.id, own.clock, state && { ...state, user }, null);
    return own.id;
  }

  /**
   * Takes over what another node says, where it is news. That somebody left who is here is answered with a newer state.
   * @returns the clients that there is news of, and whether they are live on the other node
   */
  hear(update: Uint8Array, isHere: (client: number) => boolean): Map<number, boolean> {
    const news = new Map<number, boolean>();
    for (const { id, clock, json } of readAll(update, Number.POSITIVE_INFINITY)) {
      const state: object | null = JSON.parse(string.decodeUtf8(json));
      const known = this.entries.get(id);
      if (known && known.clock >= clock) continue;
      if (known && state === null && isHere(id)) this.put(id, clock + 1, known.state, null);
      else this.put(id, clock, state, Date.now());
      news.set(id, state !== null);
    }
    return news;
  }

  /** Marks a client as gone. */
  leave(client: number): void {
    const entry = this.entries.get(client);
    if (entry?.state) this.put(client, entry.clock, null, null);
  }

  /** The clients that are here, on this node or another. */
  live(): number[] {
    const now = Date.now();
    const isHere = ({ state, heard }: Entry) => state && (heard === null || now - heard < FORGOTTEN_AFTER);
    return [...this.entries].filter(([, entry]) => isHere(entry)).map(([id]) => id);
  }

  /** Whose the live states are. */
  users(): PresenceUser[] {
    const states = this.live().map(client => this.entries.get(client)!.state as { user: PresenceUser });
    return states.map(({ user }) => user);
  }

  /** All that are known, those who left included: for who may have missed their leaving. */
  known(): number[] {
    return [...this.entries.keys()];
  }

  /** Whether a client is live on another node, as far as was heard. */
  isElsewhere(client: number): boolean {
    const { state, heard } = this.entries.get(client)!;
    return state !== null && heard !== null;
  }

  /** Whether a client's state is sent on with another clock than its own. */
  isAhead(client: number): boolean {
    return this.entries.get(client)?.ahead === true;
  }

  /** One awareness update with the states of these clients. */
  encode(clients: readonly number[]): Uint8Array {
    const known = clients.map(id => this.entries.get(id)).filter(entry => entry !== undefined);
    return encoding.encode(encoder => {
      encoding.writeVarUint(encoder, known.length);
      for (const { bytes } of known) encoding.writeUint8Array(encoder, bytes);
    });
  }

  /**
   * The clock that is sent on never stands still: a client that comes back with the clock it left with would else be taken
   * for gone until its next renewal.
   */
  private put(id: number, clock: number, state: object | null, heard: number | null): void {
    const last = this.entries.get(id)?.clock ?? -1;
    const next = Math.max(clock, last + 1);
    const bytes = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, id);
      encoding.writeVarUint(encoder, next);
      encoding.writeVarString(encoder, JSON.stringify(state));
    });
    this.entries.set(id, { clock: next, ahead: next !== clock, bytes, state, heard });
    this.gone.delete(id);
    if (state !== null) return;
    this.gone.add(id);
    for (const oldest of this.gone) {
      if (this.gone.size <= MAX_GONE) break;
      this.gone.delete(oldest);
      this.entries.delete(oldest);
    }
  }
}

/** What an update says of one client, its state as JSON in UTF-8. */
interface Said {
  id: number;
  clock: number;
  json: Uint8Array;
}

const NULL = string.encodeUtf8('null');
const isFarewell = ({ json }: Said): boolean => Buffer.compare(json, NULL) === 0;

function readAll(update: Uint8Array, limit = MAX_CLIENTS): Said[] {
  const decoder = decoding.createDecoder(update);
  const count = decoding.readVarUint(decoder);
  if (count > limit) throw new Error('an awareness update of too many clients');
  // Nobody reads most of the states: they are others', repeated.
  return Array.from({ length: count }, () => ({
    id: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    json: decoding.readVarUint8Array(decoder),
  }));
}

/** @throws when it is neither an object nor null, or too large, or nothing that others could count on from */
function readState({ clock, json }: Said): object | null {
  if (clock > MAX_CLOCK) throw new Error('an awareness clock too large');
  if (json.length > MAX_STATE_LENGTH) throw new Error('awareness state too large');
  const state: unknown = JSON.parse(string.decodeUtf8(json));
  if (typeof state !== 'object' || Array.isArray(state) || !isPlainJson(state))
    throw new Error('not an awareness state');
  return state;
}
