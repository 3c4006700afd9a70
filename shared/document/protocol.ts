/**
 * What `/sync/:id` says beyond the y-websocket protocol: one message that stock clients never send, and the close codes.
 *
 * `SAVED n` from a client asks: tell me when everything I sent before this is committed. The server answers `SAVED n` then.
 * A client that never asks is never sent one.
 */
export const MESSAGE = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, saved: 4 } as const;

/** y-websocket stops reconnecting on 4400-4499 and retries for ever on every other code. */
export const CLOSE = {
  /** The server is going away and will be back. */
  restart: { code: 1012, reason: 'the server is restarting' },
  overload: { code: 1013, reason: 'too much to send; connect again' },
  malformed: { code: 4400, reason: 'not a message of this protocol' },
  notSignedIn: { code: 4401, reason: 'no valid ticket or cookie' },
  foreignOrigin: { code: 4403, reason: 'foreign origin' },
  unknownSession: { code: 4404, reason: 'no such session' },
  /** An update outside the writer's rights: the client drops its copy and loads the session anew. */
  refused: { code: 4409, reason: 'change refused' },
  tooLarge: { code: 4413, reason: 'message too large' },
} as const satisfies Record<string, { code: number; reason: string }>;

export type CloseReason = keyof typeof CLOSE;

/** Largest frame a client may send, in bytes: a whole board pasted at once stays far below. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
