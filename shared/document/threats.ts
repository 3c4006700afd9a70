/** The `suggestions`, `triage` and `threats` roots: what the engine proposes, what a moderator ruled, what the team recorded. */
import type { Letter } from '../stride/letters.ts';
import type { Json } from './board.ts';

/** Who did something: the server refuses a name or id that is not the writer's own. */
export type Author = {
  id: string;
  name: string;
};

/** An answer, or that there is none: on what, to which attribute, and what it was. */
export type Fact = [on: string, key: string, answer: string];

/** Why a suggestion fired here: the facts of the model behind it. */
export type SuggestionCause = {
  /** The target's part in the flows below. */
  part: 'flow' | 'endpoint';
  /** The flows that it fired for, ordered; of very many the first. */
  flows: string[];
  /** The boundaries that they cross, ordered; of very many the first. */
  boundaries: string[];
  /** The answers that its rule looked at. */
  facts: Fact[];
  /** Of one that is about a flow: the elements at its ends, null for a free end. */
  ends?: Ends;
};

/** The elements at a flow's source and at its target; null for a free end. */
export type Ends = [source: string | null, target: string | null];

/** What took away the cause of a suggestion that somebody had judged. */
export type CauseChange =
  /** What it was about, or a flow that it fired for, is gone. */
  | { what: 'gone' | 'flow-gone' }
  /** Something was answered. */
  | { what: 'answered'; on: string; key: string; was: string; is: string }
  /** Its flows cross no trust boundary any more. */
  | { what: 'no-crossing' }
  /** A more specific rule stands for it. */
  | { what: 'specific'; rule: string }
  /** Its rule is switched off, or no longer in the catalogue. */
  | { what: 'rule-off' }
  /** The session's method does not ask for it. */
  | { what: 'method' };

export type Suggestion = {
  /** `rule/target`, or `rule/target/context` where one rule may fire on a target more than once; survives redrawing. */
  id: string;
  rule: string;
  target: string;
  stride: Letter;
  why: SuggestionCause;
  /** The higher, the earlier it is worth reading. */
  rank: number;
  /** Its cause is gone, but somebody judged it, so it stays. */
  stale: boolean;
  /** What took the cause away; null while it is there. */
  change: CauseChange | null;
};

export const VERDICTS = ['accepted', 'dismissed'] as const;

export type Triage = {
  /** Id of the judged suggestion. */
  id: string;
  verdict: (typeof VERDICTS)[number];
  /** Why it was dismissed; empty when it was accepted. */
  reason: string;
  by: Author;
  /** Milliseconds since 1970, by the moderator's clock. */
  at: number;
  /** Of a verdict that a letter does not apply to a flow: where the flow ended. */
  ends?: Ends;
};

/**
 * Life of a threat: proposed by anyone, open once a moderator takes it in; then one of the four strategies of the playbook's
 * "what are we going to do about it", or rejected as no threat.
 */
export const THREAT_STATUS = {
  proposed: 'Proposed',
  open: 'Open',
  eliminated: 'Eliminated',
  mitigated: 'Mitigated',
  accepted: 'Accepted',
  transferred: 'Transferred',
  rejected: 'Rejected',
} as const;

export type ThreatStatus = keyof typeof THREAT_STATUS;

/** How bad it would be, in the words most tools share; a scoring method says it more finely. */
export const SEVERITY = { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' } as const;

export type Severity = keyof typeof SEVERITY;

export type Threat = {
  id: string;
  /** Given by the server in order of arrival, shown as T1, T2, ...; null until the server has seen it. */
  number: number | null;
  title: string;
  description: string;
  /** Empty for one that was imported under a category of another scheme. */
  stride: Letter[];
  /** That category, in the file's words; else empty. */
  category: string;
  /** Id of the element, flow or boundary it is on; empty for the whole system. */
  target: string;
  status: ThreatStatus;
  /** null until somebody said so. */
  severity: Severity | null;
  /** Why it has this status. */
  justification: string;
  /** What is or will be done about it. */
  mitigation: string;
  /** What only the format that it was imported from can say, by that format's name. */
  foreign: Record<string, Json>;
  by: Author;
  /** Milliseconds since 1970, by the author's clock. */
  at: number;
  /** The suggestion it came from, or empty. */
  suggestion: string;
  /** The team's own words to find it by. */
  tags: string[];
  /** Who takes care of it, as the team calls them; empty while nobody does. */
  owner: string;
  /** Id of the threat that it was merged into, or empty. It is rejected then, and shown there. */
  into: string;
};

/** A use case, as the flows that it runs through, in their order: a scan, an update, a pairing. */
export type Workflow = {
  id: string;
  name: string;
  /** Ids of its flows; one that is not on the board is passed over. */
  flows: string[];
};

/** The short name people say aloud: T7, or T? while the server has not numbered it. */
export const threatRef = (threat: Pick<Threat, 'number'>): string => `T${threat.number ?? '?'}`;

/** The id of the threat an accepted suggestion becomes: the same for two moderators who accept it at once. */
export const threatIdOf = (suggestionId: string): string => `from:${suggestionId}`;
