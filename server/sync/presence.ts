/**
 * Who is where: the awareness states of a room. The identity in a state belongs to the server: whatever a client says of itself
 * under `user` is replaced by who it is, and a connection speaks for one Yjs client only.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Writer } from '#shared/document/rights.ts';

/** Cursor, selection and the like stay far below; more would be a way to flood everyone. */
const MAX_STATE_LENGTH = 16_384;

/** What others see of a person, in every awareness state under `user`. */
export interface PresenceUser extends Writer {
  color: string;
}

interface Entry {
  clock: number;
  /** The encoded entry, ready to be copied into frames. */
  bytes: Uint8Array;
  live: boolean;
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

  /**
   * Takes over a client's own state from an awareness update; what it says of other clients is theirs to say and is ignored.
   * @param mine whether the connection speaks for a client
   * @returns the client that the state is of, or undefined when the update held none of its own
   * @throws when the update is not of the protocol
   */
  accept(update: Uint8Array, user: PresenceUser, mine: (client: number) => boolean): number | undefined {
    const decoder = decoding.createDecoder(update);
    let own: number | undefined;
    for (let count = decoding.readVarUint(decoder); count > 0; count--) {
      const id = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const state = readState(decoding.readVarString(decoder));
      const known = this.entries.get(id);
      if ((own !== undefined && id !== own) || (state === null && !known) || !mine(id)) continue;
      own = id;
      this.put(id, clock, state && { ...state, user });
    }
    return own;
  }

  /** Marks a client as gone. */
  leave(client: number): void {
    const entry = this.entries.get(client);
    if (entry?.live) this.put(client, entry.clock, null);
  }

  /** The clients that are here. */
  live(): number[] {
    return [...this.entries].filter(([, { live }]) => live).map(([id]) => id);
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
  private put(id: number, clock: number, state: object | null): void {
    const last = this.entries.get(id)?.clock ?? -1;
    const next = Math.max(clock, last + 1);
    const bytes = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, id);
      encoding.writeVarUint(encoder, next);
      encoding.writeVarString(encoder, JSON.stringify(state));
    });
    this.entries.set(id, { clock: next, bytes, live: state !== null });
  }
}

/** @throws when it is neither an object nor null, or too large */
function readState(text: string): object | null {
  if (text.length > MAX_STATE_LENGTH) throw new Error('awareness state too large');
  const state: unknown = JSON.parse(text);
  if (typeof state !== 'object' || Array.isArray(state)) throw new Error('not an awareness state');
  return state;
}
