/** What a session came to, meeting by meeting: the minutes put in order, with votes, open questions and actions. */
import type * as Y from 'yjs';
import { readFollowups, readMinutes, readSession, readThreats, readVotes } from '../document/document.ts';
import { ROLES, type Role } from '../document/roles.ts';
import { type Author, type Threat, threatRef } from '../document/threats.ts';
import type { Phase } from './agenda.ts';
import type { Followup } from './followups.ts';
import type { Meeting } from './meeting.ts';
import type { Minute } from './minutes.ts';
import type { Vote } from './votes.ts';
import { plain, subjectOf, type ThreatsById, tell, text } from './words.ts';

/** All times are in ms since 1970 by the server's clock. */
export interface ToldLine {
  at: number;
  by: Author | null;
  what: Minute['what'];
  /** A sentence. */
  text: string;
}

export interface Attendance {
  who: Author;
  /** At the end. */
  role: Role;
  /** Each stay; the last has no end while it goes on. */
  stays: { from: number; to: number | null }[];
}

export interface HeldPhase {
  title: string;
  kind: string;
  /** Minutes of its time box by the agenda; null when that has no such phase any more. */
  planned: number | null;
  /** Minutes that were added. */
  added: number;
  /** null for one that was passed over. */
  startedAt: number | null;
  /** null while it runs, and for one that was passed over. */
  endedAt: number | null;
}

export interface Decision {
  /** Id of the threat or of the suggestion. */
  about: string;
  /** `T7`; null for what is no threat, or none any more. */
  ref: string | null;
  title: string;
  lines: ToldLine[];
}

export interface VoteResult {
  title: string;
  voters: number;
  /** null while it is open. */
  closedAt: number | null;
  /** Those with dots, the most first. */
  threats: { id: string; ref: string; title: string; dots: number }[];
}

export interface Held {
  startedAt: number;
  /** null while it goes on. */
  endedAt: number | null;
  people: Attendance[];
  phases: HeldPhase[];
  decisions: Decision[];
  votes: VoteResult[];
  /** What else happened: rounds, roles, removals. */
  further: ToldLine[];
}

export interface Report {
  title: string;
  scope: string;
  meetings: Held[];
  /** Decided while no meeting went on. */
  between: Decision[];
  /** Those that are open first. */
  questions: Followup[];
  actions: Followup[];
  /** Threats that are proposed or open. */
  undecided: { id: string; ref: string; title: string; status: string; owner: string }[];
  /** Refs and titles of the threats that follow-ups are about, by their ids. */
  about: Record<string, string>;
}

export function reportOf(doc: Y.Doc): Report {
  const info = readSession(doc);
  const threats = readThreats(doc);
  const byId: ThreatsById = new Map(threats.map(threat => [threat.id, threat]));
  const { meetings, between } = divided(readMinutes(doc), info.meeting);
  const votes = readVotes(doc);
  const followups = readFollowups(doc);
  const ofKind = (kind: Followup['kind']) =>
    followups.filter(each => each.kind === kind).sort((a, b) => Number(a.done) - Number(b.done));
  return {
    title: info.title,
    scope: info.scope,
    meetings: meetings.map(meeting => ({
      startedAt: meeting.startedAt,
      endedAt: meeting.endedAt,
      people: peopleOf(meeting),
      phases: phasesOf(meeting, info.agenda),
      decisions: decisionsOf(meeting.minutes, byId),
      votes: votes
        .filter(({ openedAt }) => openedAt >= meeting.startedAt && openedAt <= (meeting.endedAt ?? Infinity))
        .map(vote => resultOf(vote, threats)),
      further: meeting.minutes.filter(({ what }) => FURTHER.has(what)).flatMap(each => toldLine(each, byId)),
    })),
    between: decisionsOf(between, byId),
    questions: ofKind('question'),
    actions: ofKind('action'),
    undecided: threats
      .filter(({ status, into }) => (status === 'proposed' || status === 'open') && !into)
      .map(({ id, title, status, owner, ...threat }) => ({
        id,
        ref: threatRef(threat),
        title,
        status,
        owner,
      })),
    about: Object.fromEntries(
      threats
        .filter(({ id }) => followups.some(({ about }) => about === id))
        .map(threat => [threat.id, `${threatRef(threat)} ${threat.title}`]),
    ),
  };
}

const FURTHER: ReadonlySet<Minute['what']> = new Set([
  'role-changed',
  'removed',
  'round-opened',
  'round-revealed',
  'round-dropped',
]);

interface Span {
  startedAt: number;
  endedAt: number | null;
  minutes: Minute[];
}

/** @param current the meeting that the session knows, the last one */
function divided(
  minutes: readonly Minute[],
  current: Meeting | null,
): { meetings: Span[]; between: Minute[] } {
  const meetings: Span[] = [];
  const between: Minute[] = [];
  for (const minute of minutes) {
    const last = meetings.at(-1);
    const open = last?.endedAt === null ? last : null;
    if (minute.what === 'meeting-started') {
      // The end of one that is not told of, as of a session that was restored in the middle of it.
      if (open) open.endedAt = open.minutes.at(-1)?.at ?? open.startedAt;
      meetings.push({ startedAt: minute.at, endedAt: null, minutes: [] });
    } else if (minute.what === 'meeting-ended') {
      if (open) open.endedAt = minute.at;
    } else (open?.minutes ?? between).push(minute);
  }
  const last = meetings.at(-1);
  if (last && last.endedAt === null && current) last.endedAt = current.endedAt;
  return { meetings, between };
}

/** In the order in which they came. */
function peopleOf({ minutes, endedAt }: Span): Attendance[] {
  const people = new Map<string, Attendance>();
  for (const minute of minutes) {
    const { what, at, by } = minute;
    if (what === 'role-changed') {
      const changed = people.get(minute.who?.id);
      if (changed) changed.role = roleOf(minute.role);
    }
    if (!by) continue;
    const known = people.get(by.id);
    if (what === 'came') {
      const person = known ?? { who: by, role: roleOf(minute.role), stays: [] };
      person.role = roleOf(minute.role);
      person.stays.push({ from: at, to: null });
      people.set(by.id, person);
    }
    const stay = known?.stays.at(-1);
    if (what === 'left' && stay) stay.to = at;
  }
  for (const { stays } of people.values()) for (const stay of stays) stay.to ??= endedAt;
  return [...people.values()];
}

const roleOf = (role: unknown): Role => (ROLES.includes(role as Role) ? (role as Role) : 'observer');

function phasesOf({ minutes, endedAt }: Span, agenda: readonly Phase[]): HeldPhase[] {
  const phases: HeldPhase[] = [];
  const begun = (): HeldPhase | undefined => phases.findLast(({ startedAt }) => startedAt !== null);
  for (const minute of minutes) {
    if (minute.what === 'phase-extended') {
      const current = begun();
      if (current) current.added += minute.minutes;
    }
    if (minute.what !== 'phase-started' && minute.what !== 'phase-skipped') continue;
    const { what, title, kind, at } = minute;
    const planned = agenda.find(each => each.title === title && each.kind === kind)?.minutes ?? null;
    const current = begun();
    if (what === 'phase-started' && current) current.endedAt ??= at;
    phases.push({
      ...{ title: text(title), kind: text(kind), planned, added: 0 },
      ...{ startedAt: what === 'phase-started' ? at : null, endedAt: null },
    });
  }
  const last = begun();
  if (last) last.endedAt ??= endedAt;
  // One that was passed over at first may have been begun later.
  return phases.filter(
    ({ startedAt, title }) =>
      startedAt !== null || !phases.some(each => each.startedAt !== null && each.title === title),
  );
}

/** What a line decides on, and what that is called; null for a line that decides nothing. */
function decidedOn(minute: Minute): { about: string; title: string } | null {
  switch (minute.what) {
    case 'threat-decided':
    case 'suggestion-accepted':
      return { about: minute.threat, title: minute.title };
    case 'suggestion-dismissed':
      return { about: minute.suggestion, title: minute.title };
    case 'reopened':
      return { about: minute.about, title: minute.title };
    default:
      return null;
  }
}

function decisionsOf(minutes: readonly Minute[], threats: ThreatsById): Decision[] {
  const decisions = new Map<string, Decision>();
  for (const minute of minutes) {
    const on = decidedOn(minute);
    if (!on) continue;
    const threat = threats.get(on.about);
    const decision = decisions.get(on.about) ?? {
      ...{ about: on.about, ref: threat ? threatRef(threat) : null, title: text(threat?.title ?? on.title) },
      lines: [],
    };
    decision.lines.push(...toldLine(minute, threats, on.about));
    decisions.set(on.about, decision);
  }
  return [...decisions.values()];
}

function toldLine(minute: Minute, threats: ThreatsById, about?: string): ToldLine[] {
  const told = tell(minute, threats);
  if (!told) return [];
  const { at, by, what } = minute;
  const sentence = `${subjectOf(minute)} ${plain(told, about)}`;
  return [{ at, by, what, text: /[.!?…]$/.test(sentence) ? sentence : `${sentence}.` }];
}

function resultOf({ title, voters, closedAt, result }: Vote, threats: readonly Threat[]): VoteResult {
  return {
    ...{ title, voters, closedAt },
    threats: threats
      .map(threat => ({
        id: threat.id,
        ref: threatRef(threat),
        title: threat.title,
        dots: result?.[threat.id] ?? 0,
      }))
      .filter(({ dots }) => dots > 0)
      .sort((a, b) => b.dots - a.dots),
  };
}
