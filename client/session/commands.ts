/**
 * Everything the panels write into the document. Each obeys the table of rights in `shared/document/rights.ts`, which the server
 * holds every update against.
 */
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import { type Element, type Flow, isElement } from '#shared/dfd/model.ts';
import { type Json, same } from '#shared/document/board.ts';
import {
  isLocked,
  isProtected,
  putEntry,
  type Root,
  readHeirs,
  readSession,
  readThreats,
  root,
  SESSION_ENTRY,
  type SessionInfo,
} from '#shared/document/document.ts';
import { can, LIMITS, MOST, type Writer } from '#shared/document/rights.ts';
import {
  type Author,
  type Ends,
  type Suggestion,
  type Threat,
  type Triage,
  threatIdOf,
  type Workflow,
} from '#shared/document/threats.ts';
import type { Phase } from '#shared/meeting/agenda.ts';
import type { Followup } from '#shared/meeting/followups.ts';
import { threatFrom } from '#shared/stride/accepted.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import { doesNotApply } from '#shared/stride/gaps.ts';
import type { Letter } from '#shared/stride/letters.ts';
import type { Method } from '#shared/stride/method-names.ts';
import { LOCAL_EDIT } from '../board/origin.ts';

/** Where somebody writes, and who it is. */
export interface Desk {
  doc: Y.Doc;
  me: Writer;
  /** For what goes to the server beside the document; a desk without one writes into the document alone. */
  sessionId?: string;
}

const authorOf = ({ id, name }: Writer): Author => ({ id, name });

export interface NewThreat {
  title: string;
  description?: string;
  stride: Letter[];
  target: string;
}

/** @returns the new threat's id; its number is the server's to give. */
export function addThreat({ doc, me }: Desk, threat: NewThreat): string {
  const id = nanoid();
  putEntry(root(doc, 'threats'), id, {
    description: '',
    ...threat,
    status: me.role === 'moderator' ? 'open' : 'proposed',
    by: authorOf(me),
    at: Date.now(),
    suggestion: '',
  });
  return id;
}

export type ThreatEdit = Partial<
  Pick<
    Threat,
    | 'title'
    | 'description'
    | 'stride'
    | 'target'
    | 'status'
    | 'severity'
    | 'mitigation'
    | 'justification'
    | 'tags'
    | 'owner'
    | 'into'
  >
>;

/** Does nothing once the right is gone, as when a moderator judged the threat while its author was typing. */
export function editThreat({ doc, me }: Desk, id: string, edit: ThreatEdit): void {
  const threat = readThreats(doc).find(each => each.id === id);
  if (threat && can.editThreat(me.role, me.id, threat)) writeRegisters(doc, 'threats', id, edit);
}

/** Removes a threat; the suggestion it came from is open again. */
export function deleteThreat({ doc, me }: Desk, { id, suggestion }: Threat): void {
  doc.transact(() => {
    root(doc, 'threats').delete(id);
    if (suggestion && me.role === 'moderator') root(doc, 'triage').delete(suggestion);
  });
}

/** Makes a suggestion a threat. Two moderators who do it at once make one. */
export function acceptSuggestion(
  { doc, me }: Desk,
  suggestion: Pick<Suggestion, 'id' | 'rule' | 'target' | 'stride'>,
  catalogue: Catalogue,
): string {
  const threat = threatIdOf(suggestion.id);
  doc.transact(() => {
    if (!root(doc, 'threats').has(threat)) {
      putEntry(root(doc, 'threats'), threat, {
        ...threatFrom(suggestion, catalogue),
        status: 'open',
        by: authorOf(me),
        at: Date.now(),
      });
    }
    judge({ doc, me }, suggestion.id, 'accepted', '');
  });
  return threat;
}

export function dismissSuggestion(desk: Desk, { id }: Suggestion, reason: string): void {
  judge(desk, id, 'dismissed', reason);
}

/** Opens a judged suggestion again; a threat it became stays. */
export function undoVerdict({ doc }: Desk, id: string): void {
  root(doc, 'triage').delete(id);
}

/** Says that a letter does not apply to an element or a flow, and why; `undoVerdict` with the id takes it back. */
export function ruleOut(desk: Desk, letter: Letter, thing: Element | Flow, reason: string): void {
  const ends: Ends | undefined = isElement(thing) ? undefined : [thing.source, thing.target];
  judge(desk, doesNotApply(letter, thing.id, readHeirs(desk.doc)), 'dismissed', reason, ends);
}

function judge({ doc, me }: Desk, id: string, verdict: Triage['verdict'], reason: string, ends?: Ends): void {
  putEntry(root(doc, 'triage'), id, { verdict, reason, by: authorOf(me), at: Date.now(), ends });
}

/** `undefined` puts a register back to what it is in a new session. */
export type SessionEdit = {
  [Key in 'title' | 'scope' | 'crossing' | 'covered' | 'proposalsClosed' | 'newcomersClosed']?:
    | SessionInfo[Key]
    | undefined;
} & { method?: Method; agenda?: Phase[] | undefined };

export const editSession = ({ doc }: Desk, edit: SessionEdit): void =>
  writeRegisters(doc, 'session', SESSION_ENTRY, edit);

/** Switches a rule off for this session, or on again; beyond the most that a register holds it stays on. */
export function switchRule({ doc }: Desk, id: string, on: boolean): void {
  const others = readSession(doc).rulesOff.filter(each => each !== id);
  const rulesOff = on ? others : [...others, id].sort();
  if (rulesOff.length <= MOST.rules) writeRegisters(doc, 'session', SESSION_ENTRY, { rulesOff });
}

/**
 * Marks a workflow: flows in the order in which they are walked.
 * @returns its id; null once the right to draw is gone
 */
export function addWorkflow({ doc, me }: Desk, flows: readonly string[]): string | null {
  if (!can.draw(me.role, isLocked(doc))) return null;
  const id = nanoid();
  const name = `Workflow ${root(doc, 'workflows').size + 1}`;
  putEntry(root(doc, 'workflows'), id, { name, flows: flows.slice(0, MOST.flows) });
  return id;
}

export function editWorkflow(
  { doc, me }: Desk,
  id: string,
  { name, flows }: Partial<Pick<Workflow, 'name' | 'flows'>>,
): void {
  if (!can.draw(me.role, isLocked(doc))) return;
  writeRegisters(doc, 'workflows', id, {
    ...(name !== undefined && { name: name.slice(0, LIMITS.title) }),
    ...(flows && { flows: flows.slice(0, MOST.flows) }),
  });
}

export function deleteWorkflow({ doc, me }: Desk, id: string): void {
  if (can.draw(me.role, isLocked(doc))) root(doc, 'workflows').delete(id);
}

/** Notes a question or an action; does nothing for who only looks on. */
export function addFollowup(
  { doc, me }: Desk,
  followup: Pick<Followup, 'kind' | 'text' | 'owner' | 'due' | 'about'>,
): void {
  if (!can.note(me.role)) return;
  putEntry(root(doc, 'followups'), nanoid(), {
    ...followup,
    done: false,
    by: authorOf(me),
    at: Date.now(),
  });
}

export type FollowupEdit = Partial<Pick<Followup, 'text' | 'owner' | 'due' | 'done'>>;

export function editFollowup({ doc, me }: Desk, followup: Followup, edit: FollowupEdit): void {
  if (can.editNote(me.role, me.id, followup)) writeRegisters(doc, 'followups', followup.id, edit);
}

export function deleteFollowup({ doc, me }: Desk, followup: Followup): void {
  if (can.editNote(me.role, me.id, followup)) root(doc, 'followups').delete(followup.id);
}

/** Opens the board to participants, or leaves it to the moderators. */
export const lockBoard = ({ doc }: Desk, locked: boolean): void =>
  writeRegisters(doc, 'session', SESSION_ENTRY, { locked: locked || undefined });

/**
 * Writes registers of a shape, undoable on the board; `undefined` puts one back to its default. Does nothing once the right is
 * gone, as when a moderator locked the board or the shape meanwhile.
 */
export function editShape({ doc, me }: Desk, id: string, registers: Record<string, Json | undefined>): void {
  if (can.change(me.role, isLocked(doc), isProtected(doc, id)))
    doc.transact(() => writeRegisters(doc, 'board', id, registers), LOCAL_EDIT);
}

/**
 * Leaves shapes to the moderators, or to everybody who draws, as one step of undo. What holds a shape is locked with it: who moved that
 * would move the shape.
 */
export function lockShapes({ doc, me }: Desk, ids: Iterable<string>, locked: boolean): void {
  if (!can.lock(me.role)) return;
  const all = new Set([...ids].flatMap(id => (locked ? [id, ...holdersOf(doc, id)] : [id])));
  doc.transact(() => {
    for (const id of all) writeRegisters(doc, 'board', id, { isLocked: locked || undefined });
  }, LOCAL_EDIT);
}

/** The boundaries and groups that a shape lies in, from the inside out; concurrent moves may have left a ring. */
function holdersOf(doc: Y.Doc, id: string): Set<string> {
  const holders = new Set<string>();
  for (let at = id; ; ) {
    const place = root(doc, 'board').get(at)?.get('place');
    const parent = Array.isArray(place) ? place[0] : null;
    if (typeof parent !== 'string' || !parent.startsWith('shape:') || holders.has(parent)) return holders;
    holders.add(parent);
    at = parent;
  }
}

/** Everything that is drawn so far, on all pages. */
export const lockEverything = (desk: Desk, locked: boolean): void =>
  lockShapes(
    desk,
    [...root(desk.doc, 'board').keys()].filter(id => id.startsWith('shape:')),
    locked,
  );

/** @param at by the server's clock */
export function raiseHand({ doc, me }: Desk, at: number): void {
  if (can.raiseHand(me.role)) putEntry(root(doc, 'hands'), me.id, { by: authorOf(me), at });
}

/** @param id of the person whose it is: one's own, or for a moderator anybody's */
export function lowerHand({ doc, me }: Desk, id: string): void {
  if (can.raiseHand(me.role) && (id === me.id || can.facilitate(me.role))) root(doc, 'hands').delete(id);
}

/** Writes what differs into an entry that exists; an entry that somebody deleted meanwhile stays deleted. */
function writeRegisters(
  doc: Y.Doc,
  name: Root,
  id: string,
  registers: Record<string, Json | undefined>,
): void {
  const entry = root(doc, name).get(id);
  if (!entry) return;
  doc.transact(() => {
    for (const [key, value] of Object.entries(registers)) {
      if (value === undefined) entry.delete(key);
      else if (!same(entry.get(key), value)) entry.set(key, value);
    }
  });
}
