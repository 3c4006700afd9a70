/** Writes into the minutes of a meeting who came and who left. Who is away for less than a minute has not left. */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import { readMinutes, readSession, root } from '#shared/document/document.ts';
import type { Writer } from '#shared/document/rights.ts';
import type { Author } from '#shared/document/threats.ts';
import { record } from '#shared/meeting/minutes.ts';
import type { Room } from '../sync/room.ts';
import { PASS } from './origin.ts';

/** How often it is looked who is here, in ms. */
const LOOK_EVERY = 2_000;
/** How long somebody may be away, in ms: a reload, or a network that drops. */
const GRACE = 60_000;

/** Somebody who came and has not left. */
interface Present {
  by: Author;
  /** The line that says so. */
  line: string;
  /** In ms since 1970. */
  lastSeen: number;
}

interface Gone {
  /** The line that says so, and that who it is had come. */
  line: string;
  came: string;
  at: number;
}

/** The minutes of a meeting as far as they say who is here. */
interface Roll {
  startedAt: number;
  present: Map<string, Present>;
  gone: Map<string, Gone>;
}

/** @returns the service for a room */
export const attendance =
  (now: () => number = Date.now) =>
  (room: Pick<Room, 'doc' | 'people'>): (() => void) => {
    const { doc } = room;
    const session = root(doc, 'session');
    let roll: Roll | null = null;
    let timer: NodeJS.Timeout | undefined;

    /** Another node's clock may have started the meeting. */
    const timeIn = ({ startedAt }: Roll) => Math.max(now(), startedAt);

    function look(called: Roll): void {
      const at = timeIn(called);
      const here = room.people;
      doc.transact(() => {
        for (const person of here) enter(called, person, at);
        for (const [id, { lastSeen }] of called.present) if (at - lastSeen >= GRACE) leave(called, id);
      }, PASS);
    }

    function enter({ present, gone }: Roll, { id, name, role }: Writer, at: number): void {
      const known = present.get(id);
      if (known) {
        known.lastSeen = at;
        return;
      }
      const by = { id, name };
      const left = gone.get(id);
      gone.delete(id);
      if (left && at - left.at < GRACE) {
        root(doc, 'minutes').delete(left.line);
        present.set(id, { by, line: left.came, lastSeen: at });
        return;
      }
      const line = nanoid(10);
      record(doc, line, { at, by }, { what: 'came', role });
      present.set(id, { by, line, lastSeen: at });
    }

    /** The line has a name that follows: two nodes of which each takes itself for the one on duty write it once. */
    function leave({ present }: Roll, id: string): void {
      const { by, line, lastSeen } = present.get(id)!;
      present.delete(id);
      record(doc, leftLine(line), { at: lastSeen, by }, { what: 'left' });
    }

    /** Nobody will look any more: who is away now has left, and has not if they are back within the minute. */
    function end(): void {
      clearInterval(timer);
      const called = roll;
      roll = null;
      if (!called) return;
      const here = new Set(room.people.map(({ id }) => id));
      doc.transact(() => {
        for (const id of [...called.present.keys()]) if (!here.has(id)) leave(called, id);
      }, PASS);
    }

    const follow = () => {
      const { meeting } = readSession(doc);
      const startedAt = meeting?.endedAt === null ? meeting.startedAt : null;
      if (startedAt === (roll?.startedAt ?? null)) return;
      end();
      if (startedAt === null) return;
      const called = readRoll(doc, startedAt, Math.max(now(), startedAt));
      roll = called;
      look(called);
      timer = setInterval(() => look(called), LOOK_EVERY);
      timer.unref();
    };
    session.observeDeep(follow);
    follow();
    return () => {
      session.unobserveDeep(follow);
      end();
    };
  };

const leftLine = (came: string): string => `${came}-left`;

/** What the minutes say already; who is not here now was seen just before. */
function readRoll(doc: Y.Doc, startedAt: number, now: number): Roll {
  const roll: Roll = { startedAt, present: new Map(), gone: new Map() };
  for (const { id, at, by, what } of readMinutes(doc)) {
    if (at < startedAt || !by) continue;
    const known = roll.present.get(by.id);
    if (what === 'came') roll.present.set(by.id, { by, line: id, lastSeen: now });
    if (what !== 'left' || !known) continue;
    roll.present.delete(by.id);
    roll.gone.set(by.id, { line: id, came: known.line, at });
  }
  return roll;
}
