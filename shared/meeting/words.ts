/** The lines of the minutes in words. What stands in them was written by people, or brought with an archive: it may be anything. */
import { ROLES, type Role } from '../document/roles.ts';
import { SEVERITY, THREAT_STATUS, type Threat, threatRef } from '../document/threats.ts';
import { counted, line } from '../formats/text.ts';
import type { Minute } from './minutes.ts';

/** A threat that a reader may want to go to. */
export interface ThreatWord {
  threat: string;
  ref: string;
  title: string;
}

/** A sentence without its subject. */
export type Told = readonly (string | ThreatWord)[];

export type ThreatsById = ReadonlyMap<string, Pick<Threat, 'number' | 'title'>>;

const ROLE_WORDS: Record<Role, string> = {
  moderator: 'a moderator',
  participant: 'a participant',
  observer: 'an observer',
};

export const text = (value: unknown): string => (typeof value === 'string' ? line(value) : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const quoted = (value: unknown): string => `“${text(value)}”`;
const roleWord = (role: unknown): string =>
  ROLES.includes(role as Role) ? ROLE_WORDS[role as Role] : 'somebody';

/** Who did it, for the beginning of a sentence. */
export const subjectOf = ({ by, what }: Pick<Minute, 'by' | 'what'>): string =>
  text(by?.name) || (what === 'vote-closed' ? 'The clock' : 'Somebody');

/** @returns null for what this version does not know */
export function tell(minute: Minute, threats: ThreatsById): Told | null {
  switch (minute.what) {
    case 'meeting-started':
      return ['started the meeting'];
    case 'meeting-ended':
      return ['ended the meeting'];
    case 'phase-started':
      return [`began ${quoted(minute.title)}`];
    case 'phase-skipped':
      return [`skipped ${quoted(minute.title)}`];
    case 'phase-extended':
      return [`extended ${quoted(minute.title)} by ${count(minute.minutes)} min`];
    case 'came':
      return [`came, as ${roleWord(minute.role)}`];
    case 'left':
      return ['left'];
    case 'role-changed':
      return [`made ${text(minute.who?.name)} ${roleWord(minute.role)}`];
    case 'removed':
      return [`removed ${text(minute.who?.name)} from the session`];
    case 'round-opened':
      return ['opened a silent round'];
    case 'round-revealed': {
      const { drafts, people, named } = minute;
      const by = named === true ? 'with names' : 'without names';
      return [
        `revealed ${counted(count(drafts), 'threat')} of ${counted(count(people), 'person', 'people')}, ${by}`,
      ];
    }
    case 'round-dropped':
      return [`ended the silent round; ${counted(count(minute.drafts), 'draft')} stayed hidden`];
    case 'vote-opened':
      return [`opened the vote ${quoted(minute.title)}`];
    case 'vote-closed':
      return [
        `closed the vote ${quoted(minute.title)}; ${counted(count(minute.voters), 'person', 'people')} voted`,
      ];
    case 'threat-decided':
      return tellDecision(minute, threats);
    case 'suggestion-dismissed':
      return [`dismissed ${quoted(minute.title)}${because(minute.reason)}`];
    case 'suggestion-accepted':
      return ['accepted ', threatWord(minute.threat, minute.title, threats)];
    case 'reopened':
      return [
        'reopened ',
        threats.has(minute.about) ? threatWord(minute.about, minute.title, threats) : quoted(minute.title),
      ];
    default:
      return null;
  }
}

function tellDecision(minute: Extract<Minute, { what: 'threat-decided' }>, threats: ThreatsById): Told {
  const { threat, title, status, severity, owner, reason, into } = minute;
  const named = threatWord(threat, title, threats);
  if (into) return ['merged ', named, ' into ', threatWord(into, '', threats)];
  const parts = [
    severity ? `${(SEVERITY[severity] ?? text(severity)).toLowerCase()} severity` : '',
    owner ? `owner ${text(owner)}` : '',
  ].filter(part => part !== '');
  const label = THREAT_STATUS[status] ?? text(status);
  return ['decided ', named, `: ${[label, ...parts].join(', ')}`, because(reason)];
}

/** By its number and as it was called then; one that is gone by its title alone. */
function threatWord(id: string, title: string, threats: ThreatsById): string | ThreatWord {
  const threat = threats.get(id);
  const called = text(title) || text(threat?.title);
  if (threat) return { threat: id, ref: threatRef(threat), title: called };
  return called ? `“${called}”` : 'another threat';
}

const because = (reason: unknown): string => (text(reason) ? ` – ${text(reason)}` : '');

/** @param known the threat that the reader knows it is about, which is called by its number alone */
export const plain = (told: Told, known = ''): string =>
  told
    .map(word =>
      typeof word === 'string' ? word : word.threat === known ? word.ref : `${word.ref} ${word.title}`,
    )
    .join('');
