/** Schemas of what a meeting takes: its course, private rounds, votes. */
import { z } from 'zod';
import { LIMITS } from '../document/rights.ts';
import { ROLES } from '../document/roles.ts';
import { MOST_MINUTES, PHASE_NAMES } from '../meeting/agenda.ts';
import { FOLLOWUP_KINDS } from '../meeting/followups.ts';
import { MOST_CANDIDATES, MOST_DOTS } from '../meeting/votes.ts';
import { LETTERS } from '../stride/letters.ts';
import { author } from './schemas.ts';

const id = z.string().min(1).max(400);
const minutes = z.number().min(1).max(MOST_MINUTES);
/** Milliseconds since 1970, by the server's clock. */
const time = z.number();

export const clock = z.object({ now: time });

export const meetingCommand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('start'), phase: id }),
  z.object({ do: z.literal('skip'), phase: id }),
  z.object({ do: z.literal('extend'), minutes }),
  z.object({ do: z.literal('pause') }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('end') }),
]);
export const phase = z.object({ id, kind: z.enum(PHASE_NAMES), title: z.string(), minutes: z.number() });
export const meeting = z.object({
  startedAt: time,
  endedAt: time.nullable(),
  phase: phase.nullable(),
  phaseStartedAt: time,
  endsAt: time.nullable(),
  left: z.number().nullable(),
  begun: z.array(id),
  skipped: z.array(id),
});

export const newRound = z.object({ minutes });
export const round = z.object({
  id,
  openedAt: time,
  endsAt: time,
  drafts: z.number().int(),
  people: z.number().int(),
});
/** PostgreSQL’s JSON takes no half of a surrogate pair, as a text has that was cut. */
const wellFormed = z.string().overwrite(text => text.replace(/\p{Surrogate}/gu, '\ufffd'));
export const newDraft = z.object({
  title: wellFormed.trim().min(1).max(LIMITS.title),
  description: wellFormed.max(LIMITS.description).default(''),
  stride: z
    .array(z.enum(LETTERS))
    .refine(letters => new Set(letters).size === letters.length, 'a letter twice')
    .default([]),
  /** What it is on; empty for the whole system. */
  target: wellFormed.max(200).default(''),
});
export const draft = newDraft.required().extend({ id });
export const draftList = z.array(draft);
export const draftParam = z.object({
  id,
  draftId: z.string().regex(/^[\w-]{8,40}$/, 'not an id of a draft'),
});
export const reveal = z.object({
  /** Whether the threats carry the names of who wrote them. */
  named: z.boolean(),
});
export const revealed = z.object({ threats: z.number().int() });

export const newVote = z.object({
  title: z.string().trim().min(1).max(LIMITS.title).default('Which threats matter most?'),
  /** Of each person. */
  dots: z.number().int().min(1).max(MOST_DOTS).default(3),
  /** The most of one person on one threat. */
  perThreat: z.number().int().min(1).max(MOST_DOTS).default(1),
  threats: z.array(id).min(1).max(MOST_CANDIDATES),
  /** When it closes by itself; null for when the moderator says so. */
  minutes: minutes.nullable().default(null),
});
export const vote = z.object({
  id,
  title: z.string(),
  dots: z.number().int(),
  perThreat: z.number().int(),
  threats: z.array(id),
  openedAt: time,
  endsAt: time.nullable(),
  closedAt: time.nullable(),
  voters: z.number().int(),
  /** Dots by threat; null while it is open. */
  result: z.record(z.string(), z.number().int()).nullable(),
});
export const voteList = z.array(vote);
export const ballot = z.object({
  /** Dots by threat. */
  dots: z.record(id, z.number().int().min(1).max(MOST_DOTS)),
});

const followupParts = {
  kind: z.enum(FOLLOWUP_KINDS),
  text: z.string().trim().min(1).max(LIMITS.reason),
  /** Who takes care of it; empty while nobody does. */
  owner: z.string().trim().max(LIMITS.name),
  /** `2027-01-31`, or empty. */
  due: z.union([z.iso.date(), z.literal('')]),
  done: z.boolean(),
  /** Id of the threat, element or flow that it is about, or empty. */
  about: z.string().max(400),
};
export const followup = z.object({
  ...followupParts,
  id,
  text: z.string(),
  owner: z.string(),
  due: z.string(),
  by: author,
  /** Milliseconds since 1970, by the author's clock. */
  at: time,
});
export const newFollowup = z.object(followupParts).partial().required({ kind: true, text: true });
export const followupChange = z.object(followupParts).partial();

const toldLine = z.object({ at: time, by: author.nullable(), what: z.string(), text: z.string() });
const decision = z.object({
  /** Id of the threat or of the suggestion. */
  about: z.string(),
  /** As people call a threat, `T7`. */
  ref: z.string().nullable(),
  title: z.string(),
  lines: z.array(toldLine),
});
const held = z.object({
  startedAt: time,
  /** null while it goes on. */
  endedAt: time.nullable(),
  people: z.array(
    z.object({
      who: author,
      role: z.enum(ROLES),
      stays: z.array(z.object({ from: time, to: time.nullable() })),
    }),
  ),
  phases: z.array(
    z.object({
      title: z.string(),
      kind: z.string(),
      /** Minutes by the agenda, and those that were added. */
      planned: z.number().nullable(),
      added: z.number(),
      /** null for one that was passed over. */
      startedAt: time.nullable(),
      endedAt: time.nullable(),
    }),
  ),
  decisions: z.array(decision),
  votes: z.array(
    z.object({
      title: z.string(),
      voters: z.number().int(),
      closedAt: time.nullable(),
      threats: z.array(
        z.object({ id: z.string(), ref: z.string(), title: z.string(), dots: z.number().int() }),
      ),
    }),
  ),
  /** Rounds, roles, removals. */
  further: z.array(toldLine),
});
export const minutesReport = z.object({
  title: z.string(),
  scope: z.string(),
  meetings: z.array(held),
  /** Decided while no meeting went on. */
  between: z.array(decision),
  questions: z.array(followup),
  actions: z.array(followup),
  /** Threats that are proposed or open. */
  undecided: z.array(
    z.object({
      id: z.string(),
      ref: z.string(),
      title: z.string(),
      status: z.string(),
      owner: z.string(),
    }),
  ),
  /** Threats that follow-ups are about, by their ids. */
  about: z.record(z.string(), z.string()),
});
