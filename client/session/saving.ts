/**
 * What the connection lamp may say: a state machine over what really happened. "Saved" is said only when the server answered the
 * question that was asked after the last edit.
 */

export interface Link {
  phase: 'connecting' | 'open' | 'synced' | 'down' | 'ended';
  /** Whether it ever held the whole document. */
  everSynced: boolean;
  /** When it went down, in ms since 1970; null while it is not down. */
  downSince: number | null;
  /** What the browser says about the network. */
  online: boolean;
  /** Edits made here so far. */
  edits: number;
  /** Of these, how many the server has committed. */
  saved: number;
  /** The server said that it can't store at the moment. */
  trouble: boolean;
}

export type LinkEvent =
  | { type: 'opened' }
  | { type: 'synced' }
  | { type: 'lost'; at: number }
  /** The server closed it for good. */
  | { type: 'ended' }
  | { type: 'network'; online: boolean }
  | { type: 'edited' }
  /** The server committed everything up to this many edits. */
  | { type: 'committed'; edits: number }
  /** Storing fails at the moment, or works again. */
  | { type: 'trouble'; failing: boolean };

export type Lamp =
  | 'connecting'
  | 'connected'
  | 'saving'
  | 'saved'
  | 'unstored'
  | 'reconnecting'
  | 'offline'
  | 'refused';

export const LAMPS: Record<Lamp, { label: string; meaning: string }> = {
  connecting: { label: 'Connecting', meaning: 'Loading the session from the server.' },
  connected: { label: 'Connected', meaning: 'You see what the others do as it happens.' },
  saving: { label: 'Saving', meaning: 'Your last change is on its way to the database.' },
  saved: { label: 'Saved', meaning: 'The database has every change you made.' },
  unstored: {
    label: 'Not saved',
    meaning: 'The server can’t reach its database; it keeps trying. Keep this tab open.',
  },
  reconnecting: {
    label: 'Reconnecting',
    meaning: 'The connection broke. You can go on; changes wait in this tab.',
  },
  offline: {
    label: 'Offline',
    meaning: 'No connection. Changes wait in this tab and are sent once it is back; keep the tab open.',
  },
  refused: { label: 'Closed', meaning: 'The server closed the session for you.' },
};

/** A connection that is down this long, in ms, is called offline, whatever the browser believes. */
export const OFFLINE_AFTER = 10_000;

export const newLink = (online: boolean): Link => ({
  phase: 'connecting',
  everSynced: false,
  downSince: null,
  online,
  edits: 0,
  saved: 0,
  trouble: false,
});

export function advance(link: Link, event: LinkEvent): Link {
  switch (event.type) {
    case 'network':
      return { ...link, online: event.online };
    case 'edited':
      return { ...link, edits: link.edits + 1 };
    case 'committed':
      return { ...link, saved: Math.max(link.saved, Math.min(event.edits, link.edits)) };
    case 'trouble':
      return { ...link, trouble: event.failing };
    case 'ended':
      return { ...link, phase: 'ended', downSince: null };
  }
  if (link.phase === 'ended') return link;
  switch (event.type) {
    case 'opened':
      return { ...link, phase: 'open' };
    case 'synced':
      return { ...link, phase: 'synced', everSynced: true, downSince: null };
    case 'lost':
      // What holds of the next connection is said there.
      return { ...link, phase: 'down', downSince: link.downSince ?? event.at, trouble: false };
  }
}

export const isUnsaved = ({ edits, saved }: Link): boolean => edits > saved;

export function lampOf(link: Link, now: number): Lamp {
  if (link.phase === 'ended') return 'refused';
  if (!link.online || (link.downSince !== null && now - link.downSince >= OFFLINE_AFTER)) return 'offline';
  if (link.phase === 'synced') {
    if (isUnsaved(link)) return link.trouble ? 'unstored' : 'saving';
    return link.edits > 0 ? 'saved' : 'connected';
  }
  return link.everSynced || link.downSince !== null ? 'reconnecting' : 'connecting';
}

/** Whether what is shown of the others is as they are now. */
export const isLive = (lamp: Lamp): boolean =>
  lamp === 'connected' || lamp === 'saving' || lamp === 'saved' || lamp === 'unstored';
