/**
 * A rule of the catalogue: where it fires, what it says to people, and what it goes back to. The same schema holds for the
 * project's own rules and for those a team writes into a file of its own.
 */
import { z } from 'zod';
import { ELEMENT_KINDS, type ElementKind } from '../dfd/kinds.ts';
import { type Condition, ConditionError, compile, conditionSchema } from './condition.ts';
import { LETTERS } from './letters.ts';
import { METHOD_NAMES } from './method-names.ts';

/** What a rule may be about. */
export const ASKED_KINDS = [...ELEMENT_KINDS, 'data_flow'] as const;
export type AskedKind = ElementKind | 'data_flow';

/** The control categories of the FDA's premarket guidance, Appendix 1. */
export const FDA_CONTROLS = {
  authentication: 'Authentication',
  authorization: 'Authorization',
  cryptography: 'Cryptography',
  code_data_execution_integrity: 'Code, data and execution integrity',
  confidentiality: 'Confidentiality',
  event_detection_logging: 'Event detection and logging',
  resiliency_and_recovery: 'Resiliency and recovery',
  updatability: 'Firmware and software updates',
} as const;

export type FdaControl = keyof typeof FDA_CONTROLS;

/** How directly it can end in harm to a patient. */
export const HARM = { direct: 3, indirect: 2, privacy: 1, none: 0 } as const;

const text = z.string().trim().min(1).max(2000);
const word = z.string().max(80);
const ids = (pattern: RegExp) => z.array(word.regex(pattern)).max(20);
const facts = z
  .record(word, z.union([z.boolean(), word, z.array(word).max(60)]))
  .refine(each => Object.keys(each).length <= 40, 'an example has at most 40 answers');

/** Each at most once: what stands there twice would be asked twice. */
const several = <T extends string>(...values: readonly T[]) =>
  z
    .array(z.enum(values as readonly [T, ...T[]]))
    .min(1)
    .max(values.length)
    .refine(list => new Set(list).size === list.length, 'something stands there twice');

export const ruleSchema = z.strictObject({
  /** Two parts, in capitals: BLE-01. Part of every verdict's identity, so it never changes. */
  id: word.max(40).regex(/^[A-Z][A-Z0-9]*-[A-Z0-9]+$/, 'an id looks like BLE-01'),
  /** What goes wrong, as one short sentence without a full stop. */
  title: z.string().trim().min(1).max(200),
  /** The same for someone who is no security person: who could do what, and what would come of it. */
  explanation: text,
  /** The category that it is shown under, then others that it belongs to as well. */
  stride: several(...LETTERS),
  applies_to: several<AskedKind>(...ASKED_KINDS),
  /** A set of tests that must all hold, or several sets of which one must. */
  when: z.union([conditionSchema, z.array(conditionSchema).min(1).max(8)]),
  /** A generic rule gives way on a thing where a specific one of its letter fires. */
  generic: z.boolean().optional(),
  /** Asked by these methods only; by all of them when absent. */
  methods: several(...METHOD_NAMES).optional(),
  harm: z.enum(Object.keys(HARM) as [keyof typeof HARM]),
  /** The weakness that is usually behind it. */
  vulnerability: text,
  control: text,
  fda_control: several(...(Object.keys(FDA_CONTROLS) as FdaControl[])),
  /** What it may mean for a patient, or what to decide about that. */
  safety_note: text,
  cwe: ids(/^CWE-\d+$/),
  capec: ids(/^CAPEC-\d+$/),
  emb3d: ids(/^TID-\d+$/),
  sources: z.array(text).min(1).max(12),
  /** Answers on which it fires, and on which it does not; what is not named is unanswered. See `example.ts`. */
  test: z.strictObject({ fires: facts, silent: facts }),
});

export type Rule = z.infer<typeof ruleSchema>;
export type Facts = z.infer<typeof facts>;

export const conditionsOf = ({ when }: Pick<Rule, 'when'>): readonly Condition[] =>
  Array.isArray(when) ? when : [when];

/** What is wrong with a rule that its schema can't tell: the path to it, and why in words. */
export interface Flaw {
  path: (string | number)[];
  message: string;
}

/** Conditions that name what there is not, and kinds of thing on which no condition could ever hold. */
export function flawsOf(rule: Rule): Flaw[] {
  const flaws: Flaw[] = [];
  const possible = new Set<AskedKind>();
  for (const [i, condition] of conditionsOf(rule).entries()) {
    const path = Array.isArray(rule.when) ? ['when', i] : ['when'];
    try {
      const { asked, element } = compile(condition);
      for (const kind of ASKED_KINDS) {
        if (asked && asked !== kind) continue;
        if (kind === 'data_flow' || element.every(({ kinds }) => kinds.has(kind))) possible.add(kind);
      }
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      flaws.push({ path: [...path, error.key], message: error.message });
    }
  }
  if (flaws.length > 0) return flaws;
  for (const [i, kind] of rule.applies_to.entries()) {
    if (possible.has(kind)) continue;
    flaws.push({ path: ['applies_to', i], message: `the condition can never hold for a ${kind}` });
  }
  return flaws;
}
