/**
 * One Y.Doc per session. Every entry of a root is a nested Y.Map keyed by register; see board.ts for what a register is and
 * rights.ts for who may write which.
 */
import * as Y from 'yjs';
import type { Json } from './board.ts';
import type { Suggestion, Threat, Triage, Workflow } from './threats.ts';

export const ROOTS = ['board', 'suggestions', 'triage', 'threats', 'workflows', 'session'] as const;

export type Root = (typeof ROOTS)[number];
export type Entry = Y.Map<Json>;
export type EntryMap = Y.Map<Entry>;

/** The `session` root's one entry so far. */
export const SESSION_ENTRY = 'session';

/** Server-only register of it: see {@link Heirs}. */
export const HEIRS = 'heirs';

/** What the whole team agreed on about the session, in the document so that it changes live. */
export type SessionInfo = {
  title: string;
  scope: string;
  method: string;
  /** Only moderators write to the board. */
  locked: boolean;
  /** The team's own rules, as the YAML that it brought; empty when it has none. */
  rules: string;
  /** Ids of the rules that it switched off. */
  rulesOff: string[];
};

/**
 * Flows that took the place of others that are gone, by their ids, and whose place that is: an arrow that is drawn anew between the
 * same elements takes over what was decided about the old one. Written by the server.
 */
export type Heirs = ReadonlyMap<string, string>;

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
  const { why, rank = 0, stale = false, change = null } = suggestion;
  return { ...suggestion, why: { ...why, facts: why.facts ?? [] }, rank, stale, change };
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

/** Threats in the order of their numbers, the unnumbered last; those on a flow that is gone are on its heir. */
export function readThreats(doc: Y.Doc): Threat[] {
  const heirOf = heirsByPlace(readHeirs(doc));
  return readEntries(root(doc, 'threats'), readThreat)
    .map(threat => ({ ...threat, target: heirOf.get(threat.target) ?? threat.target }))
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || a.at - b.at);
}

function readWorkflow(id: string, entry: unknown): Workflow | null {
  const workflow = readEntry<Workflow>(id, entry, ['name', 'flows']);
  const flows = workflow && Array.isArray(workflow.flows) ? workflow.flows : [];
  return workflow && { ...workflow, flows: flows.filter(flow => typeof flow === 'string') };
}

/** In the order of their names; a flow that is gone has its heir in its place. */
export function readWorkflows(doc: Y.Doc, heirs = readHeirs(doc)): Workflow[] {
  const heirOf = heirsByPlace(heirs);
  return storedWorkflows(doc).map(workflow => ({
    ...workflow,
    flows: workflow.flows.map(flow => heirOf.get(flow) ?? flow),
  }));
}

const storedWorkflows = (doc: Y.Doc): Workflow[] =>
  readEntries(root(doc, 'workflows'), readWorkflow).sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  );

/** Heirs by the ids of the flows whose place they took. */
export const heirsByPlace = (heirs: Heirs): ReadonlyMap<string, string> =>
  new Map(Array.from(heirs, ([heir, key]) => [key, heir]));

export function readHeirs(doc: Y.Doc): Heirs {
  const heirs = root(doc, 'session').get(SESSION_ENTRY)?.get(HEIRS);
  return new Map(
    Object.entries(typeof heirs === 'object' && heirs !== null ? heirs : {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );
}

export function readSession(doc: Y.Doc): SessionInfo {
  const entry = root(doc, 'session').get(SESSION_ENTRY);
  const text = (key: 'title' | 'scope' | 'method' | 'rules') => {
    const value = entry?.get(key);
    return typeof value === 'string' ? value : '';
  };
  const rulesOff = entry?.get('rulesOff');
  return {
    title: text('title'),
    scope: text('scope'),
    method: text('method'),
    locked: isLocked(doc),
    rules: text('rules'),
    rulesOff: Array.isArray(rulesOff) ? rulesOff.filter(id => typeof id === 'string') : [],
  };
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
