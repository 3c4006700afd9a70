/**
 * Which node works on a session: its services (suggestion pass, numbering) run on one node at a time, the one that holds the session's
 * lease. The others try again until it is free.
 */
import type { Leases } from '#db/leases.ts';
import type { Bus } from '../cluster/bus.ts';
import type { Room } from './room.ts';

/** Something that works on a room while it is in memory, like a suggestion pass. Returns how to stop it. */
export type RoomService = (room: Room) => () => void;

/** How often a session without a node on duty is asked for, in ms. */
const TRY_EVERY = 1_000;

export interface Duty {
  /** Takes part in the work on a room: at once when its lease is free. */
  join(room: Room): Promise<void>;
  /** Tries again: the node that was on duty stopped. */
  retry(room: Room): void;
  /** Stops the services, before the room is unloaded. */
  stop(room: Room): void;
  /** Gives the lease back, so that another node may go on; what the services wrote must be stored. */
  leave(room: Room): Promise<void>;
  /** Stops trying; for the end of the process. */
  close(): void;
}

export function createDuty(
  leases: Leases,
  bus: Bus,
  services: readonly RoomService[],
  log: { warn(fields: object, message: string): void },
): Duty {
  const waiting = new Set<Room>();
  /** Rooms whose lease this node holds, its services running or stopped for good. */
  const leased = new Set<Room>();
  /** How to stop the services that run. */
  const working = new Map<Room, () => void>();

  async function attempt(room: Room): Promise<void> {
    waiting.add(room);
    const { sessionId } = room;
    const isFree = await leases.acquire(sessionId).catch(error => {
      log.warn({ sessionId, error }, 'lease could not be asked for');
      return false;
    });
    if (!isFree || leased.has(room)) return;
    // It was unloaded meanwhile.
    if (!waiting.delete(room)) return leases.release(sessionId);
    leased.add(room);
    const stops = services.map(service => service(room));
    working.set(room, () => {
      for (const stop of stops) stop();
    });
  }

  const timer = setInterval(() => {
    for (const room of waiting) void attempt(room);
  }, TRY_EVERY);
  timer.unref();

  leases.onLost(() => {
    leased.clear();
    // Not those that are on their way out already.
    for (const room of [...working.keys()]) {
      stop(room);
      waiting.add(room);
    }
  });

  function stop(room: Room): void {
    waiting.delete(room);
    working.get(room)?.();
    working.delete(room);
  }

  return {
    join: attempt,
    retry: room => {
      if (waiting.has(room)) void attempt(room);
    },
    stop,
    async leave(room) {
      if (!leased.delete(room)) return;
      await leases.release(room.sessionId);
      bus.send(room.sessionId, { kind: 'vacant' });
    },
    close: () => clearInterval(timer),
  };
}
