/**
 * The suggestion pass of a room: after the board changed, writes the difference in suggestions into the document. It is the only
 * writer of the `suggestions` root.
 */
import type * as Y from 'yjs';
import { CATALOGUE, type Catalogue } from '#shared/stride/catalogue.ts';
import type { Log } from '../log.ts';
import type { Room } from '../sync/room.ts';
import { LivePass } from './live-pass.ts';
import { createTurns } from './turns.ts';

/**
 * Time from a change to its pass, in ms. Nobody reads suggestions as fast as twenty people draw, and one that lasts a
 * blink only distracts.
 */
const PASS_DELAY = 200;

/**
 * Runs the pass while a room's services run: a full one at once, in case the last run was cut off, then one after each change. The
 * rooms of a server take turns. A pass that fails is logged: it must end neither the process nor the session.
 * @param catalogue the rules of the server
 * @param onPass told how long each pass took, in seconds
 * @returns the service for a room
 */
export function suggestionPass(
  log: Pick<Log, 'error'>,
  onPass: (seconds: number) => void = () => {},
  catalogue: Catalogue = CATALOGUE,
): (room: Room) => () => void {
  const turns = createTurns();
  return room => {
    const pass = new LivePass(room.doc, catalogue);
    const run = () => {
      const start = performance.now();
      try {
        pass.run();
      } catch (error) {
        log.error({ sessionId: room.sessionId, error }, 'suggestion pass failed');
      }
      onPass((performance.now() - start) / 1000);
    };
    let timer: NodeJS.Timeout | null = null;
    const unwatch = pass.watch(() => {
      timer ??= setTimeout(() => {
        timer = null;
        turns.add(run);
      }, PASS_DELAY);
    });
    run();
    return () => {
      unwatch();
      if (timer) clearTimeout(timer);
      turns.remove(run);
    };
  };
}

/** One full pass over a document. */
export const runPass = (doc: Y.Doc): void => new LivePass(doc).run();
