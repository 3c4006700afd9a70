/**
 * What `/sync/:id` says beyond the y-websocket protocol: two messages that stock clients never see, and the close codes.
 *
 * `SAVED n` from a client asks: tell me when everything I sent before this is committed. The server answers `SAVED n` then.
 * `TROUBLE 1` (type and value are varuints) from the server says that storing fails at the moment and is tried again,
 * `TROUBLE 0` that it works again. A client that has never asked on its connection is sent neither.
 */
export const MESSAGE = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, saved: 4, trouble: 5 } as const;

/** y-websocket stops reconnecting on 4400-4499 and retries on every other code, after 200 ms at first, after 2.5 s in the end. */
export const CLOSE = {
  /** Come back at once: the server restarts, or what it knew of the connection has changed. */
  restart: { code: 1012, reason: 'the server is restarting' },
  /** The person's name or role changed: the client connects again under the new one. */
  renewed: { code: 1012, reason: 'your name or role changed' },
  overload: { code: 1013, reason: 'too much to send; connect again' },
  crowded: { code: 1013, reason: 'too many connections; connect again later' },
  tooFast: { code: 1013, reason: 'too many messages; connect again' },
  malformed: { code: 4400, reason: 'not a message of this protocol' },
  notSignedIn: { code: 4401, reason: 'no valid ticket or cookie' },
  foreignOrigin: { code: 4403, reason: 'foreign origin' },
  unknownSession: { code: 4404, reason: 'no such session' },
  /** A moderator sent the person away. */
  removed: { code: 4410, reason: 'a moderator removed you from this session' },
  /** An update outside the writer's rights: the client drops its copy and loads the session anew. */
  refused: { code: 4409, reason: 'change refused' },
  tooLarge: { code: 4413, reason: 'message too large' },
  /** The session holds as many bytes as it may. */
  full: { code: 4414, reason: 'the session is full' },
} as const satisfies Record<string, { code: number; reason: string }>;

export type CloseReason = keyof typeof CLOSE;

/** WebSocket's own code (RFC 6455) for a frame that was too large to be read at all. */
export const UNREADABLE = 1009;

/**
 * Largest frame a client may send unless the operator sets another, in bytes: a board of 2,000 shapes pasted at once is half of it.
 * Reading it keeps everybody waiting.
 */
export const MAX_FRAME_BYTES = 1024 * 1024;
