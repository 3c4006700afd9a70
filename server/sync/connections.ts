/** Counts sockets and what comes through them, so that no address, no session and no connection takes more than its share. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type Limits, RATE_WINDOW } from './limits.ts';

export interface Connections {
  /**
   * Counts a connection in.
   * @returns how to count it out again; null when its session or its address has too many
   */
  open(connection: { sessionId: string; address: string }): (() => void) | null;
  /** Counts the messages of a connection, and calls back when there are too many. */
  rate(connectionId: string, tooFast: () => void): Rate;
}

export interface Rate {
  count(): void;
}

/** Messages that are counted at once: a limiter that is asked for each would cost more than most of them. */
const COUNTED_TOGETHER = 16;

export function createConnections(
  limits: Pick<Limits, 'messagesPerSecond' | 'connectionsPerSession' | 'connectionsPerAddress'>,
): Connections {
  const sessions = counter(limits.connectionsPerSession);
  const addresses = counter(limits.connectionsPerAddress);
  const rate = new RateLimiterMemory({
    points: limits.messagesPerSecond * RATE_WINDOW,
    duration: RATE_WINDOW,
  });
  return {
    open({ sessionId, address }) {
      if (sessions.isFull(sessionId) || addresses.isFull(address)) return null;
      const leave = [sessions.add(sessionId), addresses.add(address)];
      return () => {
        for (const out of leave) out();
      };
    },
    rate(connectionId, tooFast) {
      let messages = 0;
      return {
        count() {
          if (++messages % COUNTED_TOGETHER === 0)
            rate.consume(connectionId, COUNTED_TOGETHER).catch(tooFast);
        },
      };
    },
  };
}

function counter(limit: number) {
  const counts = new Map<string, number>();
  const change = (key: string, by: number) => {
    const count = (counts.get(key) ?? 0) + by;
    if (count > 0) counts.set(key, count);
    else counts.delete(key);
  };
  return {
    isFull: (key: string) => (counts.get(key) ?? 0) >= limit,
    add(key: string): () => void {
      change(key, 1);
      return () => change(key, -1);
    },
  };
}
