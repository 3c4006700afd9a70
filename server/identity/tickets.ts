/** Tickets: what a client that can't send the cookie opens its socket with. Signed, for one session, for a minute. */
import { sign, verify } from 'hono/jwt';

/** In seconds: long enough for a slow handshake, short enough for a URL that lands in some log. */
const LIFETIME = 60;
const ALGORITHM = 'HS256';

export interface Tickets {
  /** A short-lived pass for one session's socket. */
  ticket(userId: string, sessionId: string): Promise<string>;
  /** Id of the user whom the ticket admits to the session; null when it is forged, expired or for another. */
  userOfTicket(ticket: string, sessionId: string): Promise<string | null>;
}

/** @param now the clock for issuing, in ms */
export function createTickets(secret: string, now: () => number = Date.now): Tickets {
  return {
    ticket(userId, sessionId) {
      const exp = Math.floor(now() / 1000) + LIFETIME;
      return sign({ sub: userId, aud: sessionId, exp }, secret, ALGORITHM);
    },
    async userOfTicket(ticket, sessionId) {
      try {
        const { sub } = await verify(ticket, secret, { alg: ALGORITHM, aud: sessionId });
        return typeof sub === 'string' ? sub : null;
      } catch {
        // Whatever is wrong with it, it opens nothing.
        return null;
      }
    },
  };
}
