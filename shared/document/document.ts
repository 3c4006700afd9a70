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
};

export const root = (doc: Y.Doc, name: Root): EntryMap => doc.getMap(name) as EntryMap;

/** Entries of a list root as plain objects, in order of their ids. Entries that lack a register are left out, never guessed. */
export function readEntries<T extends { id: string }>(
  entries: EntryMap,
  required: readonly (keyof T)[],
): T[] {
  const list: T[] = [];
  for (const [id, entry] of entries) {
    if (!(entry instanceof Y.Map)) continue;
    const value = { id, ...entry.toJSON() } as unknown as T;
    if (required.every(key => value[key] !== undefined)) list.push(value);
  }
  return list.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const readSuggestions = (doc: Y.Doc): Suggestion[] =>
  readEntries<Suggestion>(root(doc, 'suggestions'), ['rule', 'target', 'stride', 'why']).map(suggestion => ({
    ...suggestion,
    stale: suggestion.stale ?? false,
  }));

export const readTriage = (doc: Y.Doc): Triage[] =>
  readEntries<Triage>(root(doc, 'triage'), ['verdict', 'reason', 'by', 'at']);

/** Threats in the order of their numbers, the unnumbered last. */
export const readThreats = (doc: Y.Doc): Threat[] =>
  readEntries<Threat>(root(doc, 'threats'), ['title', 'stride', 'target', 'status', 'by', 'at'])
    .map(threat => ({
      ...threat,
      number: threat.number ?? null,
      description: threat.description ?? '',
      suggestion: threat.suggestion ?? '',
    }))
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.at - b.at);

export function readSession(doc: Y.Doc): SessionInfo {
  const entry = root(doc, 'session').get(SESSION_ENTRY);
  const text = (key: keyof SessionInfo) => {
    const value = entry?.get(key);
    return typeof value === 'string' ? value : '';
  };
  return { title: text('title'), scope: text('scope'), method: text('method') };
}

/** Writes an entry whole: the form for creating one. */
export function putEntry(entries: EntryMap, id: string, registers: Record<string, Json | undefined>): void {
  const present = Object.entries(registers).filter((pair): pair is [string, Json] => pair[1] !== undefined);
  entries.set(id, new Y.Map(present) as Entry);
}
