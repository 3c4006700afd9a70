/** A threat model as plain JSON: everything that files exchange, for scripts and for whoever writes a reader of something else. */
import { z } from 'zod';
import { ELEMENT_KINDS } from '../dfd/kinds.ts';
import { SEVERITY, type Severity, THREAT_STATUS, type ThreatStatus } from '../document/threats.ts';
import { LETTERS } from '../stride/letters.ts';
import type { Format } from './format.ts';
import { FormatError, type ThreatModel } from './threat-model.ts';

/** Of the format; a file of another one is not read. */
const VERSION = 1;

const text = z.string().default('');
const point = z.tuple([z.number(), z.number()]);
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable().default(null);
const foreign = z.record(z.string(), z.json()).optional();
const thing = z.object({
  id: z.string().min(1),
  name: text,
  description: text,
  attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  foreign,
});
const end = z.union([z.object({ element: z.string() }), z.object({ point: point.nullable() })]);

const diagram = z.object({
  id: z.string().min(1),
  title: text,
  elements: z
    .array(thing.extend({ kind: z.enum(ELEMENT_KINDS), box, boundary: z.string().nullable().default(null) }))
    .default([]),
  flows: z
    .array(
      thing.extend({
        source: end,
        target: end,
        bidirectional: z.boolean().default(false),
        bend: z.number().default(0),
      }),
    )
    .default([]),
  boundaries: z
    .array(
      thing.extend({
        box,
        line: z.array(point).min(2).nullable().default(null),
        parent: z.string().nullable().default(null),
      }),
    )
    .default([]),
  notes: z.array(z.object({ id: z.string().min(1), text, at: point })).default([]),
});

const threat = z.object({
  id: z.string().min(1),
  title: text,
  description: text,
  stride: z.array(z.enum(LETTERS)).default([]),
  category: text,
  target: text,
  status: z.enum(Object.keys(THREAT_STATUS) as [ThreatStatus]).default('open'),
  severity: z
    .enum(Object.keys(SEVERITY) as [Severity])
    .nullable()
    .default(null),
  justification: text,
  mitigation: text,
  tags: z.array(z.string()).optional(),
  owner: z.string().optional(),
  into: z.string().optional(),
  foreign,
});

const file = z.object({
  strideboard: z.literal(VERSION),
  title: text,
  scope: text,
  diagrams: z.array(diagram).default([]),
  threats: z.array(threat).default([]),
  foreign,
});

export const json: Format = {
  name: 'json',
  label: 'Strideboard JSON',
  extension: '.json',
  mediaType: 'application/json',
  recognises: ({ syntax, data }) =>
    syntax === 'json' && typeof data === 'object' && data !== null && Object.hasOwn(data, 'strideboard'),
  read({ data }) {
    const { strideboard } = data as { strideboard: unknown };
    if (strideboard !== VERSION) {
      throw new FormatError(
        `This is version ${String(strideboard).slice(0, 20)} of the format; version ${VERSION} is read.`,
      );
    }
    return { model: parseModel(data), skipped: [] };
  },
  write: model => ({
    content: `${JSON.stringify({ strideboard: VERSION, ...model }, null, 2)}\n`,
    skipped: [],
  }),
};

/**
 * What JSON holds, as a threat model; what is left out has its default.
 * @throws {FormatError} for what is none
 */
function parseModel(data: unknown): ThreatModel {
  const parsed = file.safeParse(data);
  if (parsed.success) {
    const { strideboard: _, ...model } = parsed.data;
    return model as ThreatModel;
  }
  const [issue] = parsed.error.issues;
  const where = (issue?.path ?? [])
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  throw new FormatError(issue?.message ?? 'This is no threat model.', where.replace(/^\./, ''));
}
