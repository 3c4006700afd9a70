/**
 * One Y.Doc per session. Every entry of a root is a nested Y.Map keyed by register; see board.ts for what a register is and
 * rights.ts for who may write which.
 */
import * as Y from 'yjs';
import type { Json } from './board.ts';
import type { Suggestion, Threat, Triage } from './threats.ts';

export const ROOTS = ['board', 'suggestions', 'triage', 'threats', 'session'] as const;

export type Root = (typeof ROOTS)[number];
export type Entry = Y.Map<Json>;
export type EntryMap = Y.Map<Entry>;

/** The `session` root's one entry so far. */
export const SESSION_ENTRY = 'session';

/** What the whole team agreed on about the session, in the document so that it changes live. */
export type SessionInfo = {
  title: string;
  scope: string;
  method: string;
  /** Only moderators write to the board. */
  locked: boolean;
};

export const root = (doc: Y.Doc, name: Root): EntryMap => doc.getMap(name) as EntryMap;

/** An entry of a list root as a plain object; null when it lacks a register: what is missing is never guessed. */
function readEntry<T extends { id: string }>(
  id: string,
  entry: unknown,
  required: readonly (keyof T)[],
): T | null {
  if (!(entry instanceof Y.Map)) return null;
  const value = { id, ...entry.toJSON() } as unknown as T;
  return required.every(key => value[key] !== undefined) ? value : null;
}

/** Every entry of a list root that can be read, in order of their ids. */
function readEntries<T extends { id: string }>(
  entries: EntryMap,
  read: (id: string, entry: unknown) => T | null,
): T[] {
  return Array.from(entries, ([id, entry]) => read(id, entry))
    .filter(value => value !== null)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function readSuggestion(id: string, entry: unknown): Suggestion | null {
  const suggestion = readEntry<Suggestion>(id, entry, ['rule', 'target', 'stride', 'why']);
  if (!suggestion) return null;
  // Written before suggestions had ranks and facts.
  const { why, rank = 0, stale = false } = suggestion;
  return { ...suggestion, why: { ...why, facts: why.facts ?? [] }, rank, stale };
}

export const readVerdict = (id: string, entry: unknown): Triage | null =>
  readEntry<Triage>(id, entry, ['verdict', 'reason', 'by', 'at']);

function readThreat(id: string, entry: unknown): Threat | null {
  const threat = readEntry<Threat>(id, entry, ['title', 'stride', 'target', 'status', 'by', 'at']);
  return (
    threat && {
      ...threat,
      number: threat.number ?? null,
      description: threat.description ?? '',
      category: threat.category ?? '',
      severity: threat.severity ?? null,
      justification: threat.justification ?? '',
      mitigation: threat.mitigation ?? '',
      foreign: threat.foreign ?? {},
      suggestion: threat.suggestion ?? '',
    }
  );
}

export const readSuggestions = (doc: Y.Doc): Suggestion[] =>
  readEntries(root(doc, 'suggestions'), readSuggestion);

export const readTriage = (doc: Y.Doc): Triage[] => readEntries(root(doc, 'triage'), readVerdict);

/** Threats in the order of their numbers, the unnumbered last. */
export const readThreats = (doc: Y.Doc): Threat[] =>
  readEntries(root(doc, 'threats'), readThreat).sort(
    (a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.at - b.at,
  );

export function readSession(doc: Y.Doc): SessionInfo {
  const entry = root(doc, 'session').get(SESSION_ENTRY);
  const text = (key: 'title' | 'scope' | 'method') => {
    const value = entry?.get(key);
    return typeof value === 'string' ? value : '';
  };
  return { title: text('title'), scope: text('scope'), method: text('method'), locked: isLocked(doc) };
}

/** The register is not stored while the board is open to everyone who draws. */
export const isLocked = (doc: Y.Doc): boolean =>
  root(doc, 'session').get(SESSION_ENTRY)?.get('locked') === true;

/** Writes an entry whole: the form for creating one. */
export function putEntry(entries: EntryMap, id: string, registers: Record<string, Json | undefined>): void {
  const present = Object.entries(registers).filter((pair): pair is [string, Json] => pair[1] !== undefined);
  entries.set(id, new Y.Map(present) as Entry);
}

/** Ids of the entries that a deep change of a root touched. Call while its events are being handled, as Yjs asks. */
export function changedEntries(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Set<string> {
  const ids = new Set<string>();
  for (const event of events) {
    const [id] = event.path;
    if (id !== undefined) ids.add(String(id));
    else for (const key of event.keys.keys()) ids.add(key);
  }
  return ids;
}
