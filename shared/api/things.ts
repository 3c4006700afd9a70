/** Schemas of the things of a session that programs read, make, change and remove one by one. */
import { z } from 'zod';
import { NOTE_KINDS } from '../dfd/edit/notes.ts';
import { ELEMENT_KINDS } from '../dfd/kinds.ts';
import { MAX_LINE_POINTS } from '../document/line-points.ts';
import { LIMITS, MOST } from '../document/rights.ts';
import { SEVERITY, type Severity, THREAT_STATUS, type ThreatStatus, VERDICTS } from '../document/threats.ts';
import { LETTERS } from '../stride/letters.ts';
import { placed, suggestionList, threatList } from './schemas.ts';

const id = z.string().max(200);
/** Page units, about a pixel each; y grows downwards. */
const coordinate = z.number().min(-1_000_000).max(1_000_000);
const length = z.number().min(1).max(100_000);
export const point = z.tuple([coordinate, coordinate]).readonly();
export const box = z.tuple([coordinate, coordinate, length, length]).readonly();
const line = z.array(point).min(2).max(MAX_LINE_POINTS);

const words = {
  name: z.string().max(LIMITS.title),
  description: z.string().max(LIMITS.description),
  /** Null or `unknown` takes an answer back; those that are not named stay. */
  attributes: z.record(
    z.string(),
    z.union([z.string().max(LIMITS.description), z.array(z.string().max(LIMITS.name)).max(100), z.null()]),
  ),
};
const place = { position: point, box, boundary: id.nullable() };
const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).partial();

/** A box is left, top, width, height on the page. */
export const element = placed.extend({ kind: z.enum(ELEMENT_KINDS), boundaries: z.array(id), box });
export const newElement = optional({ ...words, ...place, page: id }).extend({ kind: z.enum(ELEMENT_KINDS) });
export const elementChange = optional({ ...words, ...place });

/** A closed one has a box, an open one the points of its line. */
export const boundary = placed.extend({
  open: z.boolean(),
  parent: id.nullable(),
  contains: z.array(id),
  box: box.nullable(),
  line: line.nullable(),
});
/** With a line it is open. */
export const newBoundary = optional({ ...words, ...place, line, page: id });
export const boundaryChange = optional({ ...words, ...place, line });

export const flow = placed.extend({
  source: id.nullable(),
  target: id.nullable(),
  /** Where a free end lies, null for one at an element. */
  sourceAt: point.nullable(),
  targetAt: point.nullable(),
  bidirectional: z.boolean(),
  bend: z.number(),
  crosses: z.array(id),
});
const ends = {
  source: id.nullable(),
  target: id.nullable(),
  sourceAt: point,
  targetAt: point,
  bidirectional: z.boolean(),
  bend: coordinate,
};
export const newFlow = optional({ ...words, ...ends, page: id });
export const flowChange = optional({ ...words, ...ends });

export const page = z.object({ id, name: z.string() });
const pagePlace = z.number().int().min(0).max(10_000);
const pageName = z.string().trim().min(1).max(LIMITS.title);
export const newPage = z.object({ name: pageName, place: pagePlace.optional() });
export const pageChange = optional({ name: pageName, place: pagePlace });

const noteText = z.string().max(LIMITS.description);
export const note = z.object({ id, page: id, kind: z.enum(NOTE_KINDS), text: z.string(), position: point });
export const newNote = z.object({
  kind: z.enum(NOTE_KINDS).default('note'),
  page: id.optional(),
  text: noteText,
  position: point,
});
export const noteChange = optional({ text: noteText, position: point });

export const threat = threatList.element;
const threatParts = {
  title: z.string().trim().min(1).max(LIMITS.title),
  description: z.string().max(LIMITS.description),
  stride: z.array(z.enum(LETTERS)).max(LETTERS.length),
  category: z.string().max(LIMITS.name),
  target: id,
  status: z.enum(Object.keys(THREAT_STATUS) as [ThreatStatus]),
  severity: z.enum(Object.keys(SEVERITY) as [Severity]).nullable(),
  justification: z.string().max(LIMITS.description),
  mitigation: z.string().max(LIMITS.description),
  tags: z.array(z.string().trim().min(1).max(LIMITS.tag)).max(MOST.tags),
  owner: z.string().max(LIMITS.name),
};
export const newThreat = optional(threatParts).required({ title: true });
export const threatChange = optional({
  ...threatParts,
  /** Id of the threat that it is merged into, which rejects it; empty to take it out again, so that it waits to be judged. */
  into: id,
});

export const suggestion = suggestionList.element;
export const newVerdict = z.object({
  verdict: z.enum(VERDICTS),
  /** Why it is dismissed. */
  reason: z.string().trim().max(LIMITS.reason).default(''),
});
