/** Keeps the title in the list of sessions as the document has it: moderators rename it there. */
import type { SessionStore } from '#db/stores/sessions.ts';
import { readSession, root } from '#shared/document/document.ts';
import type { Log } from '../log.ts';
import type { Room } from '../sync/room.ts';

/** @returns the service for a room */
export const titleKeeper =
  (sessions: Pick<SessionStore, 'rename'>, log: Pick<Log, 'warn'>) =>
  (room: Room): (() => void) => {
    const session = root(room.doc, 'session');
    let last = readSession(room.doc).title;
    const keep = () => {
      const { title } = readSession(room.doc);
      if (title === last || title === '') return;
      last = title;
      sessions
        .rename(room.sessionId, title)
        .catch(error => log.warn({ sessionId: room.sessionId, error }, 'title not listed'));
    };
    session.observeDeep(keep);
    return () => session.unobserveDeep(keep);
  };
