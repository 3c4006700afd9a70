/** What an entry of a restored session must look like: what people and the server may write, and nothing else. */
import { z } from 'zod';
import { fromRegisters, type Json } from '#shared/document/board.ts';
import { type Root, SESSION_ENTRY } from '#shared/document/document.ts';
import { type Circumstances, LIMITS, refuse, type Writer } from '#shared/document/rights.ts';
import { isAgenda, type Phase } from '#shared/meeting/agenda.ts';
import { MOST_CANDIDATES, MOST_DOTS } from '#shared/meeting/votes.ts';
import { LETTERS } from '#shared/stride/letters.ts';
import { readRules } from '#shared/stride/rules-file.ts';

type Registers = Record<string, Json>;

const SERVER: Writer = { id: 'server', name: '', role: 'moderator' };
/** What a moderator may write at any time. */
const ANY_TIME: Circumstances = { locked: false, proposing: true };

const id = z.string().min(1).max(400);
const author = z.strictObject({ id, name: z.string().max(LIMITS.name) });
const number = z.number().int().min(1).max(1e9);
const ends = z.tuple([id.nullable(), id.nullable()]).optional();
const heirs = z.record(id, id).optional();
const suggestion = z.strictObject({
  rule: id,
  target: id,
  stride: z.enum(LETTERS),
  why: z.strictObject({
    part: z.enum(['flow', 'endpoint']),
    flows: z.array(id).max(10_000),
    boundaries: z.array(id).max(10_000),
    facts: z
      .array(z.tuple([id, z.string().max(60), z.string().max(400)]))
      .max(1000)
      .optional(),
    ends,
  }),
  rank: z.number().int().optional(),
  stale: z.boolean().optional(),
  change: z
    .looseObject({ what: z.string().max(40) })
    .nullable()
    .optional(),
});

const time = z.number().int().positive();
const count = z.number().int().min(0).max(1e9);
const vote = z.strictObject({
  title: z.string().max(LIMITS.title),
  dots: z.number().int().min(1).max(MOST_DOTS),
  perThreat: z.number().int().min(1).max(MOST_DOTS),
  threats: z.array(id).max(MOST_CANDIDATES),
  openedAt: time,
  endsAt: time.nullable(),
  closedAt: time.nullable(),
  voters: count,
  result: z.record(id, count).nullable(),
});
/** Its further registers are plain data, and shown as text. */
const minute = z.looseObject({ what: z.string().max(40), at: time, by: author.nullable() });
const phase = z.custom<Phase>(value => isAgenda([value as Json]));
const meeting = z.strictObject({
  startedAt: time,
  endedAt: time.nullable(),
  phase: phase.nullable(),
  phaseStartedAt: time,
  endsAt: time.nullable(),
  left: z.number().int().nullable(),
  begun: z.array(id).max(1000),
  skipped: z.array(id).max(1000),
});

/** @returns why an entry is left out, in words; null when it is as it should be */
export function wrongWith(root: Root, entry: string, registers: Registers): string | null {
  switch (root) {
    case 'board':
      return fromRegisters(entry, new Map(Object.entries(registers)))
        ? null
        : 'it is nothing that a board shows';
    case 'suggestions':
      return suggestion.safeParse(registers).success ? null : 'it is no suggestion';
    case 'workflows':
      return refuse(SERVER, { root, entry, before: null, after: registers }, ANY_TIME);
    case 'hands':
    case 'followups':
    case 'triage':
      return asItsAuthor(root, entry, registers);
    case 'threats':
      return wrongWithThreat(entry, registers);
    case 'votes':
      return vote.safeParse(registers).success ? null : 'it is no vote';
    case 'minutes':
      return minute.safeParse(registers).success ? null : 'it is no part of a record';
    case 'session':
      return wrongWithSession(entry, registers);
  }
}

/** As if who is named in it wrote it as a moderator. */
function asItsAuthor(root: Root, entry: string, after: Registers): string | null {
  const by = author.safeParse(after.by);
  if (!by.success) return 'it has no author';
  const writer: Writer = { ...by.data, role: 'moderator' };
  return refuse(writer, { root, entry, before: null, after }, ANY_TIME);
}

/** The server numbers threats, and keeps what only a format that they came from can say. */
function wrongWithThreat(
  entry: string,
  { number: given, ends: at, foreign, ...registers }: Registers,
): string | null {
  if (given !== undefined && !number.safeParse(given).success) return 'its number is none';
  if (!ends.safeParse(at).success) return 'its ends are none';
  if (foreign !== undefined && (typeof foreign !== 'object' || Array.isArray(foreign)))
    return 'it is no threat';
  return asItsAuthor('threats', entry, registers);
}

function wrongWithSession(
  entry: string,
  { lastThreat, heirs: known, rules = '', meeting: held = null, round: _, ...registers }: Registers,
): string | null {
  if (entry !== SESSION_ENTRY) return 'a session has one entry of this kind';
  if (lastThreat !== undefined && !number.safeParse(lastThreat).success)
    return 'its count of threats is none';
  if (typeof rules !== 'string' || (rules !== '' && readRules(rules).errors.length > 0))
    return 'its rules are none';
  if (held !== null && !meeting.safeParse(held).success) return 'its meeting is none';
  if (!heirs.safeParse(known).success) return 'its heirs of flows are none';
  return refuse(SERVER, { root: 'session', entry, before: {}, after: registers }, ANY_TIME);
}
