/** What one client may cost the server. Every limit can be set, see config.ts; README.md tells operators why each is there. */
import { MAX_FRAME_BYTES } from '#shared/document/protocol.ts';

export interface Limits {
  /** Largest frame, in bytes: everybody waits while it is checked. */
  frameBytes: number;
  /** Messages per second and connection, averaged over {@link RATE_WINDOW}: a fast hand with cursor, drag and typing makes 70. */
  messagesPerSecond: number;
  /** Bytes that may wait for one slow reader; past this it is closed and gets the difference when it is back. */
  queueBytes: number;
  /** Sockets in one session: each costs every other one its frames. */
  connectionsPerSession: number;
  /** Sockets from one address. A whole hospital may stand behind one, so this only stops a single runaway. */
  connectionsPerAddress: number;
  /** Stored bytes of one session: it is held in memory here and in everybody's browser. */
  documentBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  frameBytes: MAX_FRAME_BYTES,
  messagesPerSecond: 200,
  queueBytes: 16 * 1024 * 1024,
  connectionsPerSession: 1_500,
  connectionsPerAddress: 1_000,
  documentBytes: 64 * 1024 * 1024,
};

/** Seconds over which the rate is averaged, so that a burst after a stall is no offence. */
export const RATE_WINDOW = 10;
