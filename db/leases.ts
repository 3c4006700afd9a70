/**
 * Which process works on a session: a PostgreSQL advisory lock per session, all on one connection, so that a process which dies or
 * loses its database loses all of them at once and another can take over.
 */
import type { Sql } from 'postgres';

export interface Leases {
  /**
   * Tries to become the one process that holds a session's lease.
   * @returns whether it is held now; false when another process has it
   */
  acquire(sessionId: string): Promise<boolean>;
  /** Gives a lease back. */
  release(sessionId: string): Promise<void>;
  /** Calls back whenever the leases held here may be lost, with their connection. */
  onLost(callback: () => void): void;
}

/** The embedded database has one process: it holds every lease. */
export const soleLeases: Leases = {
  acquire: async () => true,
  release: async () => {},
  onLost: () => {},
};

/**
 * @param connect opens a client of exactly one connection that calls back when it is closed; not through a pooler that
 *   shares connections between transactions
 */
export function createLeases(connect: (onclose: () => void) => Sql): {
  leases: Leases;
  end(): Promise<void>;
} {
  const held = new Set<string>();
  const listeners: (() => void)[] = [];
  const client = connect(() => {
    if (held.size === 0) return;
    held.clear();
    for (const listener of listeners) listener();
  });
  return {
    leases: {
      async acquire(sessionId) {
        // A second lock by the same connection would need a second unlock.
        if (held.has(sessionId)) return true;
        const [row] = await client`select pg_try_advisory_lock(hashtextextended(${sessionId}, 0)) as locked`;
        if (row!.locked) held.add(sessionId);
        return row!.locked;
      },
      async release(sessionId) {
        if (held.delete(sessionId))
          await client`select pg_advisory_unlock(hashtextextended(${sessionId}, 0))`;
      },
      onLost: callback => listeners.push(callback),
    },
    end: () => client.end(),
  };
}
