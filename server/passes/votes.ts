/** Closes votes when their time is up, whoever is there then. */
import { readVotes, root } from '#shared/document/document.ts';
import type { Log } from '../log.ts';
import type { Room } from '../sync/room.ts';

/** Longest time that a timer of Node takes, in ms. */
const LONGEST = 2 ** 31 - 1;
/** Pause before closing is tried again, in ms. */
const RETRY = 5_000;

/** @returns the service for a room */
export const voteCloser =
  (close: (sessionId: string, voteId: string) => Promise<unknown>, log: Pick<Log, 'error'>) =>
  ({ doc, sessionId }: Pick<Room, 'doc' | 'sessionId'>): (() => void) => {
    const timers = new Map<string, NodeJS.Timeout>();
    const votes = root(doc, 'votes');

    function wait(id: string, ms: number): void {
      const timer = setTimeout(
        () => {
          close(sessionId, id).catch(error => {
            log.error({ sessionId, error }, 'vote could not be closed');
            if (timers.has(id)) wait(id, RETRY);
          });
        },
        Math.min(Math.max(ms, 0), LONGEST),
      );
      timer.unref();
      timers.set(id, timer);
    }

    const follow = () => {
      for (const { id, endsAt, closedAt } of readVotes(doc)) {
        const isDue = endsAt !== null && closedAt === null;
        if (isDue && !timers.has(id)) wait(id, endsAt - Date.now());
        if (!isDue) forget(id);
      }
    };
    const forget = (id: string) => {
      clearTimeout(timers.get(id));
      timers.delete(id);
    };
    votes.observeDeep(follow);
    follow();
    return () => {
      votes.unobserveDeep(follow);
      for (const id of [...timers.keys()]) forget(id);
    };
  };
