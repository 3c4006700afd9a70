/** Schemas of what a meeting takes: its course, private rounds, votes. */
import { z } from 'zod';
import { LIMITS } from '../document/rights.ts';
import { MOST_MINUTES, PHASE_NAMES } from '../meeting/agenda.ts';
import { MOST_CANDIDATES, MOST_DOTS } from '../meeting/votes.ts';
import { LETTERS } from '../stride/letters.ts';

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
export const newDraft = z.object({
  title: z.string().trim().min(1).max(LIMITS.title),
  description: z.string().max(LIMITS.description).default(''),
  stride: z.array(z.enum(LETTERS)).max(LETTERS.length).default([]),
  /** What it is on; empty for the whole system. */
  target: z.string().max(200).default(''),
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
