/** Schemas of every request and answer of the HTTP API: the server validates by them, the OpenAPI document is made of them. */
import { z } from 'zod';
import { ELEMENT_KINDS } from '../dfd/kinds.ts';
import { FINDINGS, type FindingCode } from '../dfd/model.ts';
import { LIMITS } from '../document/rights.ts';
import { ROLES } from '../document/roles.ts';
import { SEVERITY, type Severity, THREAT_STATUS, type ThreatStatus, VERDICTS } from '../document/threats.ts';
import { CHANGE_KINDS } from '../formats/changes.ts';
import { LETTERS } from '../stride/letters.ts';
import { METHOD_NAMES } from '../stride/method-names.ts';
import { ruleSchema } from '../stride/rule.ts';
import { TEMPLATE_NAMES } from '../templates/templates.ts';
import { ERROR_CODES } from './errors.ts';

const id = z.string();
const role = z.enum(ROLES);
const personName = z.string().trim().min(1).max(LIMITS.name);

export const errorBody = z.object({ error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }) });

export const newSession = z.object({
  title: z.string().trim().min(1).max(LIMITS.title),
  template: z.enum(TEMPLATE_NAMES).default('blank'),
  method: z.enum(METHOD_NAMES).optional(),
  /** Display name of the moderator who starts it. */
  name: personName.default('Moderator'),
});
export const sessionCreated = z.object({ id, title: z.string(), invites: z.record(role, z.string()) });

export const sessionSummary = z.object({ id, title: z.string(), role, createdAt: z.iso.datetime() });
export const sessionList = z.array(sessionSummary);
export const sessionDetail = sessionSummary.extend({
  scope: z.string(),
  method: z.enum(METHOD_NAMES),
  /** Only moderators change the board. */
  locked: z.boolean(),
  /** The caller as others see them. */
  me: z.object({ id, name: z.string() }),
});

export const sessionChange = z.object({
  title: z.string().trim().min(1).max(LIMITS.title).optional(),
  scope: z.string().max(LIMITS.description).optional(),
  method: z.enum(METHOD_NAMES).optional(),
  locked: z.boolean().optional(),
});
export const member = z.object({ id, name: z.string(), role, joinedAt: z.iso.datetime() });
export const memberList = z.array(member);
export const memberChange = z.object({ role });

/** A role's invitation token; null when it was revoked. The link is `/join#<token>`. */
export const inviteList = z.object({
  moderator: z.string().nullable(),
  participant: z.string().nullable(),
  observer: z.string().nullable(),
});
export const roleParam = z.object({ id, role });

export const invitation = z.object({ token: z.string().min(1).max(200) });
export const invitationDetail = z.object({ title: z.string(), role });
export const join = invitation.extend({ name: personName });
export const joined = z.object({ sessionId: id, role });

export const ticket = z.object({
  /** Valid for a minute, for opening `/sync/:id?ticket=`. */
  ticket: z.string(),
});

const tokenSummary = z.object({ id, name: z.string(), createdAt: z.iso.datetime() });
export const newToken = z.object({ name: personName });
export const tokenList = z.array(tokenSummary);
/** The token itself is shown this once: only its hash is kept. */
export const tokenCreated = tokenSummary.extend({ token: z.string() });

const attributes = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export const thing = z.object({ id, name: z.string(), description: z.string(), attributes });
/** What lies on a page: `page` is the id of it. */
export const placed = thing.extend({ page: id });
export const model = z.object({
  pages: z.array(z.object({ id, name: z.string() })),
  elements: z.array(placed.extend({ kind: z.enum(ELEMENT_KINDS), boundaries: z.array(id) })),
  flows: z.array(
    placed.extend({
      source: id.nullable(),
      target: id.nullable(),
      bidirectional: z.boolean(),
      crosses: z.array(id),
    }),
  ),
  boundaries: z.array(placed.extend({ open: z.boolean(), parent: id.nullable(), contains: z.array(id) })),
  findings: z.array(
    z.object({ code: z.enum(Object.keys(FINDINGS) as [FindingCode]), on: id, message: z.string() }),
  ),
});

export const author = z.object({ id, name: z.string() });
export const suggestionList = z.array(
  z.object({
    id,
    rule: z.string(),
    title: z.string(),
    target: id,
    stride: z.enum(LETTERS),
    /** Other letters of its rule. */
    also: z.array(z.enum(LETTERS)),
    explanation: z.string(),
    why: z.object({
      part: z.enum(['flow', 'endpoint']),
      flows: z.array(id),
      boundaries: z.array(id),
      /** What it was on, the attribute, and its answer or `unknown`. */
      facts: z.array(z.tuple([id, z.string(), z.string()])),
      /** The elements at the ends of the flow that it is about. */
      ends: z.tuple([id.nullable(), id.nullable()]).optional(),
    }),
    /** The higher, the earlier it is worth reading. */
    rank: z.number().int(),
    stale: z.boolean(),
    /** What took its cause away. */
    change: z.looseObject({ what: z.string() }).nullable(),
    verdict: z.enum(VERDICTS).nullable(),
    /** Why it was dismissed, else empty. */
    reason: z.string(),
    /** Who judged it. */
    by: author.nullable(),
    /** Id of the threat that it became. */
    threat: id.nullable(),
  }),
);
export const RULE_ORIGINS = ['product', 'server', 'session'] as const;
export const ruleList = z.array(
  ruleSchema.extend({
    origin: z.enum(RULE_ORIGINS),
    /** Switched off by the team. */
    off: z.boolean(),
  }),
);
export const ruleQuery = z.object({ origin: z.enum(RULE_ORIGINS).optional() });
export const ruleChange = z.object({
  /** The team's own rules, as YAML; empty to have none. */
  text: z.string().max(LIMITS.rules).optional(),
  /** Ids of the rules that are switched off. */
  off: z.array(z.string().max(200)).max(2000).optional(),
});
export const threatList = z.array(
  z.object({
    id,
    number: z.number().int().nullable(),
    title: z.string(),
    description: z.string(),
    stride: z.array(z.enum(LETTERS)),
    category: z.string(),
    target: z.string(),
    status: z.enum(Object.keys(THREAT_STATUS) as [ThreatStatus]),
    severity: z.enum(Object.keys(SEVERITY) as [Severity]).nullable(),
    justification: z.string(),
    mitigation: z.string(),
    /** The team's own words to find it by. */
    tags: z.array(z.string()),
    /** Who takes care of it; empty while nobody does. */
    owner: z.string(),
    /** Id of the threat that it was merged into, else empty. */
    into: z.string(),
    by: author,
    at: z.number(),
    suggestion: z.string(),
    /** What only the format that it was imported from can say, by that format's name. */
    foreign: z.record(z.string(), z.unknown()),
  }),
);
/** Threat ids and counts of open suggestions, by crossing flow and letter. */
export const matrix = z.array(
  z.object({
    flow: id,
    name: z.string(),
    source: id.nullable(),
    target: id.nullable(),
    crosses: z.array(id),
    cells: z.record(z.enum(LETTERS), z.array(id)),
    open: z.record(z.enum(LETTERS), z.number().int()),
  }),
);

/** Something of a file that could not be represented, and its place there. */
export const skippedList = z.array(z.object({ what: z.string(), why: z.string(), where: z.string() }));
const fileCounts = z.object({
  diagrams: z.number().int(),
  elements: z.number().int(),
  flows: z.number().int(),
  boundaries: z.number().int(),
  threats: z.number().int(),
  notes: z.number().int(),
});
/** What came in with a file. */
const fromFile = z.object({ format: z.string(), counts: fileCounts, skipped: skippedList });
export const imported = fromFile.extend({
  id,
  title: z.string(),
  invites: z.record(role, z.string()),
});
const change = z.object({ kind: z.enum(CHANGE_KINDS), id, name: z.string(), what: z.array(z.string()) });
/** What a file changes, or would change, in a session that is there already. */
export const brought = fromFile.extend({
  changes: z.object({
    added: z.array(change),
    changed: z.array(change),
    /** In the session from an earlier import and no more in the file; they stay. */
    missing: z.array(change),
  }),
  unchanged: z.number().int(),
});
/** Of the boundaries and pages of a file that have to be laid out, how many are; 0 of 0 while the file is still being read. */
export const importProgress = z.object({ done: z.number().int(), of: z.number().int() });
export const formatList = z.array(
  z.object({
    name: z.string(),
    label: z.string(),
    extension: z.string(),
    reads: z.boolean(),
    writes: z.boolean(),
  }),
);

export const health = z.object({ status: z.literal('ok') });

/** Most entries of a list in one answer, and how many there are unless `limit` says less. */
export const PAGE_LIMIT = 10_000;
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).optional(),
  /** Where the page before ended, as the `Link` with `rel="next"` says. */
  cursor: z.string().max(1000).optional(),
});
