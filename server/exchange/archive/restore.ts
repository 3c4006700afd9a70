/** Makes a session's document anew of one that somebody brought. */
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { type Entry, ROOTS, type Root, root, SESSION_ENTRY } from '#shared/document/document.ts';
import { FIRST_PAGE } from '#shared/document/repair.ts';
import { FormatError, type Skipped } from '#shared/formats/threat-model.ts';
import type { Meeting } from '#shared/meeting/meeting.ts';
import { isPlainJson, isSafeEntry, isSafeKey } from '../../sync/values.ts';
import { inParts } from '../parts.ts';
import type { Restored } from './archive.ts';
import { wrongWith } from './checks.ts';

/** Most entries of a root: what the largest sessions hold, several times over. */
const MOST_ENTRIES = 100_000;
/** Longest register, as JSON text. */
const MOST_CHARACTERS = 512 * 1024;

type Registers = Record<string, Json>;

export function restore(brought: Y.Doc): Restored {
  const skipped: Skipped[] = [];
  const doc = new Y.Doc();
  let highest = 0;
  const updates = inParts(doc, function* () {
    for (const name of ROOTS) {
      const entries = entriesOf(brought, name);
      if (entries.length > MOST_ENTRIES) throw new FormatError(`The session has ${entries.length} ${name}.`);
      const sound = entries.flatMap(([id, entry]) => {
        const registers = registersOf(name, id, entry, skipped);
        return registers ? [[id, registers] as const] : [];
      });
      for (const [id, registers] of completed(name, sound)) {
        if (typeof registers.number === 'number') highest = Math.max(highest, registers.number);
        // The count of numbers comes after all that have one, and is never behind them.
        if (name === 'session' && highest > Number(registers.lastThreat ?? 0)) registers.lastThreat = highest;
        root(doc, name).set(id, new Y.Map(Object.entries(registers)) as Entry);
        yield JSON.stringify(registers).length;
      }
    }
  });
  return { doc, updates, skipped };
}

/** In one order, whatever the order in which they were written. */
function entriesOf(doc: Y.Doc, name: Root): [string, unknown][] {
  let entries: [string, unknown][];
  try {
    entries = [...(doc.getMap(name) as Y.Map<unknown>).entries()];
  } catch {
    throw new FormatError(`The session’s ${name} can’t be read.`);
  }
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @returns null for an entry that is left out */
function registersOf(name: Root, id: string, entry: unknown, skipped: Skipped[]): Registers | null {
  const skip = (why: string): null => {
    skipped.push({ what: `an entry of the ${name}: “${id.slice(0, 80)}”`, why, where: '' });
    return null;
  };
  if (!isSafeEntry(name, id)) return skip('its id is none that a session takes');
  if (!(entry instanceof Y.Map)) return skip('it holds nothing');
  const registers: Registers = {};
  for (const [key, value] of entry.entries() as IterableIterator<[string, unknown]>) {
    if (!isSafeKey(key)) return skip('a part of it has a name that a session does not take');
    if (!isPlainJson(value)) return skip(`its ${key} is no plain data`);
    if (JSON.stringify(value).length > MOST_CHARACTERS) return skip(`its ${key} is too long`);
    registers[key] = value as Json;
  }
  const wrong = wrongWith(name, id, registers);
  return wrong === null ? registers : skip(wrong);
}

/** A session has its one entry and a page to draw on; no number is given twice, and none again. */
function completed(name: Root, entries: (readonly [string, Registers])[]): (readonly [string, Registers])[] {
  switch (name) {
    // What was under way when it was taken is over: its ballots and drafts did not come along.
    case 'hands':
      return [];
    case 'votes':
      return entries.filter(([, { closedAt }]) => closedAt !== null);
    case 'session':
      return entries.length > 0
        ? entries.map(([id, { round: _, ...registers }]) => [id, withoutMeeting(registers)] as const)
        : [[SESSION_ENTRY, { title: 'Restored session', scope: '', method: '' }]];
    case 'board':
      return entries.some(([id]) => id.startsWith('page:'))
        ? entries
        : [[FIRST_PAGE, { name: 'Diagram', index: 'a1' }], ...entries];
    case 'threats': {
      const given = new Set<Json>();
      return entries.map(([id, { number, ...registers }]) => {
        if (number === undefined || given.has(number)) return [id, registers] as const;
        given.add(number);
        return [id, { ...registers, number }] as const;
      });
    }
    default:
      return entries;
  }
}

/** A meeting that was going on ended with the copy. */
function withoutMeeting({ meeting, ...registers }: Registers): Registers {
  if (!meeting) return registers;
  const { endedAt, phaseStartedAt, ...rest } = meeting as Meeting;
  const ended = { endedAt: endedAt ?? phaseStartedAt, phaseStartedAt, phase: null, endsAt: null, left: null };
  return { ...registers, meeting: { ...rest, ...ended } };
}
