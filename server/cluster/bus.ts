/**
 * What the nodes of one installation tell each other about the sessions they share. It may lose messages: the log in the database is
 * the truth, and whoever misses something reads it there.
 */
import type { LogEntry } from '../sync/store.ts';

export type BusMessage =
  /** A row of the session's log is committed; `update` is null when it is too large to send around. */
  | { kind: 'committed'; seq: number; update: Uint8Array | null; writers: LogEntry['writers'] }
  /** An awareness update: where people of the sending node are. */
  | { kind: 'presence'; update: Uint8Array }
  /** "Who is where?", from a node that just loaded the session. */
  | { kind: 'whereabouts' }
  /** A person's name or role in the session changed. */
  | { kind: 'renew'; userId: string }
  /** The node that ran the session's services stopped. */
  | { kind: 'vacant' };

export interface Bus {
  /** Whether this node can hear others at the moment. */
  readonly connected: boolean;
  /** Hears what others send about a session, until the returned function is called. `joined` is called once it is heard for certain. */
  join(sessionId: string, hear: (message: BusMessage) => void, joined: () => void): () => void;
  /** Tells the other nodes; lost when they can't be reached. */
  send(sessionId: string, message: BusMessage): void;
  /** Calls back whenever the connection is there again after a break: something may have been missed. */
  onReturn(callback: () => void): void;
  close(): Promise<void>;
}

/** A single node has nobody to talk to. */
export const noBus: Bus = {
  connected: false,
  join: () => () => {},
  send: () => {},
  onReturn: () => {},
  close: async () => {},
};
