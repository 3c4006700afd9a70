/**
 * Who may write what: the one table behind the server's gate and the client's disabled buttons. It speaks about *registers*:
 * what an entry was and what it would be after the update.
 */
import { isAgenda } from '../meeting/agenda.ts';
import { FOLLOWUP_KINDS } from '../meeting/followups.ts';
import { isLetter } from '../stride/letters.ts';
import type { Json } from './board.ts';
import { HEIRS, type Root, SESSION_ENTRY } from './document.ts';
import type { Role } from './roles.ts';
import { type Author, SEVERITY, THREAT_STATUS, VERDICTS } from './threats.ts';

export interface Writer extends Author {
  role: Role;
}

/** A change of a whole entry: created (or replaced), or removed. Of the board it may say no more than `isLocked`, where that is all that matters. */
export interface EntryChange {
  root: Root;
  entry: string;
  /** What stood there before, null when nothing did. */
  before: Record<string, Json> | null;
  /** What stands there after the update, null when it is removed. */
  after: Record<string, Json> | null;
}

/** What the rights of a moment depend on beside the role: the session as it was before the change. */
export interface Circumstances {
  /** The board lock. */
  locked: boolean;
  /** Participants may propose threats for everybody to see. */
  proposing: boolean;
}

/** Why a change is refused, in words for the writer. */
export type Refusal = string;

/** Longest texts a person may write into one register, in UTF-16 units. */
export const LIMITS = {
  title: 300,
  description: 10_000,
  name: 80,
  tag: 40,
  reason: 2_000,
  rules: 100_000,
} as const;

/** Most entries of a list in one register. */
export const MOST = { flows: 500, rules: 2000, tags: 20, covered: 5000 } as const;

type Check = (value: Json | undefined) => boolean;

const text =
  (limit: number): Check =>
  value =>
    typeof value === 'string' && value.length <= limit;
const oneOf =
  (values: readonly string[]): Check =>
  value =>
    values.includes(value as string);
const names =
  (most: number): Check =>
  value =>
    Array.isArray(value) &&
    value.length <= most &&
    value.every(name => typeof name === 'string' && name.length <= 200);
const flag: Check = value => typeof value === 'boolean';
const day: Check = value => value === '' || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value));
const timestamp: Check = value => typeof value === 'number' && Number.isFinite(value) && value > 0;
const ends: Check = value =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every(end => end === null || (typeof end === 'string' && end.length <= 200));
const author: Check = value => {
  const by = value as Partial<Author> | undefined;
  return typeof by?.id === 'string' && typeof by.name === 'string' && Object.keys(by).length === 2;
};

/** The registers that people may write in each root but the board, and what a value must look like. */
const REGISTERS: Record<
  'triage' | 'threats' | 'workflows' | 'session' | 'hands' | 'followups',
  Record<string, Check>
> = {
  triage: { verdict: oneOf(VERDICTS), reason: text(LIMITS.reason), by: author, at: timestamp, ends },
  threats: {
    title: text(LIMITS.title),
    description: text(LIMITS.description),
    stride: value => Array.isArray(value) && value.every(isLetter) && new Set(value).size === value.length,
    category: text(LIMITS.name),
    target: text(200),
    status: oneOf(Object.keys(THREAT_STATUS)),
    severity: value => value === null || oneOf(Object.keys(SEVERITY))(value),
    justification: text(LIMITS.description),
    mitigation: text(LIMITS.description),
    by: author,
    at: timestamp,
    suggestion: text(400),
    tags: value => names(MOST.tags)(value) && (value as string[]).every(tag => tag.length <= LIMITS.tag),
    owner: text(LIMITS.name),
    into: text(400),
  },
  hands: { by: author, at: timestamp },
  followups: {
    kind: oneOf(FOLLOWUP_KINDS),
    text: text(LIMITS.reason),
    owner: text(LIMITS.name),
    due: day,
    done: flag,
    about: text(400),
    by: author,
    at: timestamp,
  },
  workflows: { name: text(LIMITS.title), flows: names(MOST.flows) },
  session: {
    rulesOff: names(MOST.rules),
    title: text(LIMITS.title),
    scope: text(LIMITS.description),
    method: text(40),
    locked: flag,
    proposalsClosed: flag,
    newcomersClosed: flag,
    agenda: isAgenda,
    crossing: text(200),
    covered: names(MOST.covered),
  },
};

/** Roots where it depends on the writer alone, not on what is written: an entry there need not be looked at. */
export const BY_WRITER_ALONE: ReadonlySet<Root> = new Set(['suggestions', 'votes', 'minutes']);

/**
 * Whether a writer may take an entry from `before` to `after`.
 * @returns null when allowed, else the reason in words for the writer.
 */
export function refuse(
  writer: Writer,
  change: EntryChange,
  { locked, proposing }: Circumstances,
): Refusal | null {
  if (writer.role === 'observer') return 'observers do not change the session';
  switch (change.root) {
    case 'board':
      return can.draw(writer.role, locked)
        ? refuseProtected(writer, change)
        : 'the moderator has locked the board';
    case 'suggestions':
    case 'votes':
    case 'minutes':
      return `${change.root} are written by the server`;
    case 'hands':
      return refuseHand(writer, change) ?? refuseValues(change, 'hands');
    case 'followups':
      return refuseFollowup(writer, change) ?? refuseValues(change, 'followups');
    case 'session':
      return (
        refuseUnlessModerator(writer, 'session') ?? refuseSession(change) ?? refuseValues(change, 'session')
      );
    case 'triage':
      return (
        refuseUnlessModerator(writer, 'triage') ??
        refuseValues(change, 'triage') ??
        refuseAuthor(writer, change)
      );
    case 'workflows':
      return can.draw(writer.role, locked)
        ? refuseValues(change, 'workflows')
        : 'the moderator has locked the board';
    case 'threats':
      return refuseThreat(writer, change, proposing) ?? refuseValues(change, 'threats');
  }
}

const refuseUnlessModerator = ({ role }: Writer, what: Root): Refusal | null =>
  role === 'moderator' ? null : `only a moderator changes the ${what}`;

/** Registers of the session entry that the server writes: it counts threats, keeps the heirs of flows, and reads rules before it takes them. */
const OF_SERVER = ['lastThreat', HEIRS, 'rules', 'meeting', 'round'];

/** There is one session entry, made by the server. */
function refuseSession({ entry, before, after }: EntryChange): Refusal | null {
  const stays =
    entry === SESSION_ENTRY &&
    before &&
    after &&
    OF_SERVER.every(key => JSON.stringify(before[key]) === JSON.stringify(after[key]));
  return stays ? null : 'the session entry is the server’s to make';
}

/** What a moderator locked is prepared: others leave it as it is. */
function refuseProtected({ role }: Writer, { before, after }: EntryChange): Refusal | null {
  if (role === 'moderator') return null;
  if (before?.isLocked === true) return 'the moderator has locked this element';
  return after?.isLocked === true ? 'only a moderator locks elements' : null;
}

/** Everybody raises their own hand; a moderator may put down any. */
function refuseHand(writer: Writer, { entry, after }: EntryChange): Refusal | null {
  const isOwn = entry === writer.id && (!after || isBy(after.by, writer));
  return isOwn || (writer.role === 'moderator' && !after) ? null : 'everybody raises their own hand';
}

function refuseFollowup(writer: Writer, { before, after }: EntryChange): Refusal | null {
  if (!before) return isBy(after?.by, writer) ? null : 'what is new carries its own author';
  if (after && JSON.stringify(before.by) !== JSON.stringify(after.by)) return 'the author stays';
  const isOwn = (before.by as Author | undefined)?.id === writer.id;
  return isOwn || writer.role === 'moderator' ? null : "another person's note";
}

function refuseThreat(writer: Writer, { before, after }: EntryChange, proposing: boolean): Refusal | null {
  if (after?.number !== undefined && before?.number !== after.number)
    return 'threats are numbered by the server';
  if (after?.ends !== undefined && JSON.stringify(before?.ends) !== JSON.stringify(after.ends))
    return 'the ends of a flow are noted by the server';
  if (!before) {
    if (!isBy(after?.by, writer)) return 'a new threat carries its own author';
    if (writer.role === 'moderator') return null;
    if (after?.status !== 'proposed') return 'a participant proposes a threat';
    return proposing ? null : 'no threats are proposed openly at the moment';
  }
  if (writer.role === 'moderator') {
    // Two who accept one suggestion at once write it twice, each as its author.
    const authored =
      !after || JSON.stringify(before.by) === JSON.stringify(after.by) || isBy(after.by, writer);
    return authored ? null : 'the author of a threat stays';
  }
  if ((before.by as Author | undefined)?.id !== writer.id) return "another person's threat";
  if (before.status !== 'proposed') return 'this threat was judged already';
  if (after?.into) return 'only a moderator merges threats';
  if (after && (after.status !== 'proposed' || JSON.stringify(before.by) !== JSON.stringify(after.by))) {
    return 'only a moderator judges a threat';
  }
  return null;
}

/** A verdict carries the name of who gave it, whenever it is given anew. */
function refuseAuthor(writer: Writer, { before, after }: EntryChange): Refusal | null {
  if (!after || JSON.stringify(before) === JSON.stringify(after)) return null;
  return isBy(after.by, writer) ? null : 'a verdict carries the name of who gave it';
}

function refuseValues({ before, after }: EntryChange, root: keyof typeof REGISTERS): Refusal | null {
  const checks = REGISTERS[root];
  for (const [key, value] of Object.entries(after ?? {})) {
    if (before && JSON.stringify(before[key]) === JSON.stringify(value)) continue;
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (!check) return `${root} have no ${key.slice(0, 40)}`;
    if (!check(value)) return `not a valid ${key} of ${root}`;
  }
  return null;
}

const isBy = (by: Json | undefined, writer: Writer): boolean =>
  (by as Author | undefined)?.id === writer.id && (by as Author | undefined)?.name === writer.name;

/** What a role may do at all: the client's switch for tools and buttons. */
export const can = {
  draw: (role: Role, locked: boolean): boolean => role === 'moderator' || (role === 'participant' && !locked),
  /** @param isProtected whether a moderator locked this very shape */
  change: (role: Role, locked: boolean, isProtected: boolean): boolean =>
    can.draw(role, locked) && (role === 'moderator' || !isProtected),
  addThreat: (role: Role, proposing: boolean): boolean =>
    role === 'moderator' || (role === 'participant' && proposing),
  note: (role: Role): boolean => role !== 'observer',
  editNote: (role: Role, userId: string, { by }: { by: Author }): boolean =>
    role === 'moderator' || (role === 'participant' && by.id === userId),
  raiseHand: (role: Role): boolean => role !== 'observer',
  point: (role: Role): boolean => role !== 'observer',
  vote: (role: Role): boolean => role !== 'observer',
  facilitate: (role: Role): boolean => role === 'moderator',
  judge: (role: Role): boolean => role === 'moderator',
  lock: (role: Role): boolean => role === 'moderator',
  invite: (role: Role): boolean => role === 'moderator',
  editThreat: (role: Role, userId: string, threat: { by: Author; status: string }): boolean =>
    role === 'moderator' ||
    (role === 'participant' && threat.by.id === userId && threat.status === 'proposed'),
};
