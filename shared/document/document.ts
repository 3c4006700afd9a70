/**
 * One Y.Doc per session. Every entry of a root is a nested Y.Map keyed by register; see board.ts for what a register is and
 * rights.ts for who may write which.
 */
import * as Y from 'yjs';
import { type Phase, readAgenda } from '../meeting/agenda.ts';
import type { Followup } from '../meeting/followups.ts';
import type { Meeting, Round } from '../meeting/meeting.ts';
import type { Minute } from '../meeting/minutes.ts';
import type { Vote } from '../meeting/votes.ts';
import type { Json } from './board.ts';
import type { Circumstances } from './rights.ts';
import type { Author, Suggestion, Threat, Triage, Workflow } from './threats.ts';

export const ROOTS = [
  'board',
  'suggestions',
  'triage',
  'threats',
  'workflows',
  'session',
  'hands',
  'votes',
  'followups',
  'minutes',
] as const;

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
  /** Participants may propose no threats for the moment. */
  proposalsClosed: boolean;
  /** Nobody new comes in, whatever link they have. */
  newcomersClosed: boolean;
  agenda: readonly Phase[];
  /** null when none was ever begun. */
  meeting: Meeting | null;
  /** null when no private round is open. */
  round: Round | null;
  /** Id of the flow that the team looks at together; empty when it looks at none. */
  crossing: string;
  /** Ids of the flows that it has been through. */
  covered: string[];
};

/** A person who wants to speak; the id is theirs. */
export type Hand = {
  id: string;
  by: Author;
  /** Milliseconds since 1970, by the server's clock as the person's window knows it. */
  at: number;
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
      tags: threat.tags ?? [],
      owner: threat.owner ?? '',
      into: threat.into ?? '',
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
  const text = (key: 'title' | 'scope' | 'method' | 'rules' | 'crossing') => {
    const value = entry?.get(key);
    return typeof value === 'string' ? value : '';
  };
  const ids = (key: 'rulesOff' | 'covered') => {
    const value = entry?.get(key);
    return Array.isArray(value) ? value.filter(id => typeof id === 'string') : [];
  };
  // Written by the server alone.
  const own = <T>(key: 'meeting' | 'round') => (entry?.get(key) as T | undefined) ?? null;
  const heirOf = heirsByPlace(readHeirs(doc));
  return {
    title: text('title'),
    scope: text('scope'),
    method: text('method'),
    ...{ rules: text('rules'), rulesOff: ids('rulesOff') },
    locked: isLocked(doc),
    proposalsClosed: entry?.get('proposalsClosed') === true,
    newcomersClosed: entry?.get('newcomersClosed') === true,
    agenda: readAgenda(entry?.get('agenda')),
    meeting: own<Meeting>('meeting'),
    round: own<Round>('round'),
    crossing: heirOf.get(text('crossing')) ?? text('crossing'),
    covered: ids('covered').map(id => heirOf.get(id) ?? id),
  };
}

/** The register is not stored while the board is open to everyone who draws. */
export const isLocked = (doc: Y.Doc): boolean =>
  root(doc, 'session').get(SESSION_ENTRY)?.get('locked') === true;

/** Whether participants may propose threats openly, by two registers of the session. */
export const isProposing = ({
  proposalsClosed,
  round,
}: {
  proposalsClosed: unknown;
  round: unknown;
}): boolean => proposalsClosed !== true && !round;

/** What the rights of a moment depend on beside the role. */
export const circumstancesOf = (doc: Y.Doc): Circumstances => {
  const entry = root(doc, 'session').get(SESSION_ENTRY);
  const proposing = isProposing({
    proposalsClosed: entry?.get('proposalsClosed'),
    round: entry?.get('round'),
  });
  return { locked: isLocked(doc), proposing };
};

/**
 * Whether a moderator locked a shape, or the arrow that a binding holds, so that only moderators change it.
 * @param fromId the arrow that the binding is to hold from now on, where that is written
 */
export function isProtected(doc: Y.Doc, id: string, fromId?: Json): boolean {
  const board = root(doc, 'board');
  const shapes = id.startsWith('binding:') ? [board.get(id)?.get('fromId'), fromId] : [id];
  return shapes.some(shape => typeof shape === 'string' && board.get(shape)?.get('isLocked') === true);
}

/** Raised hands, the first to be raised first. */
export const readHands = (doc: Y.Doc): Hand[] =>
  readEntries<Hand>(root(doc, 'hands'), (id, entry) => readEntry<Hand>(id, entry, ['by', 'at'])).sort(
    (a, b) => a.at - b.at,
  );

/** In the order in which they were opened. */
export const readVotes = (doc: Y.Doc): Vote[] =>
  readEntries<Vote>(root(doc, 'votes'), (id, entry) =>
    readEntry<Vote>(id, entry, ['threats', 'openedAt']),
  ).sort((a, b) => a.openedAt - b.openedAt);

/** In the order in which they were written. */
export const readFollowups = (doc: Y.Doc): Followup[] =>
  readEntries<Followup>(root(doc, 'followups'), (id, entry) =>
    readEntry<Followup>(id, entry, ['kind', 'text', 'owner', 'due', 'done', 'about', 'by', 'at']),
  ).sort((a, b) => a.at - b.at);

/** In the order in which it happened; of what happened in one moment, what the rest came of is first. */
export const readMinutes = (doc: Y.Doc): Minute[] =>
  readEntries<Minute>(root(doc, 'minutes'), (id, entry) => readEntry<Minute>(id, entry, ['what', 'at'])).sort(
    (a, b) => a.at - b.at || rank(a) - rank(b),
  );

const CAUSES: readonly Minute['what'][] = ['meeting-started', 'phase-started', 'suggestion-accepted'];
const rank = ({ what }: Minute): number => (CAUSES.includes(what) ? CAUSES.indexOf(what) : CAUSES.length);

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
