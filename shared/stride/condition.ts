/**
 * The language in which a rule says where it fires: data, never code. A condition is a set of tests that must all hold; each
 * names an attribute of the data flow (`flow.`), of the element asked about (`element.`) or of the flow's ends (`source.`,
 * `target.`) and the answers that fit:
 *
 *     flow.protocol: [ble, nfc]             # any of these
 *     flow.authenticated: [no, unknown]     # answered no, or not answered yet
 *     element.role: { not: [patient] }      # anything else that was answered
 *     source.kind: external_entity
 *     crosses_boundary: true
 *
 * Asked about an element, the tests of flows must all hold for one and the same flow that starts or ends there; asked about a
 * flow, the tests of the element must all hold for one and the same end. What a kind of thing is never asked fits nothing.
 */
import { z } from 'zod';
import { type Answer, ATTRIBUTES, type Attributes, UNKNOWN } from '../dfd/attributes.ts';
import { ELEMENT_KINDS, type Kind } from '../dfd/kinds.ts';

const PARTS = ['flow', 'element', 'source', 'target'] as const;
type Part = (typeof PARTS)[number];

const word = z.string().max(60);
const words = z.array(word).min(1).max(60);
const testSchema = z.union([z.boolean(), word, words, z.strictObject({ not: z.union([word, words]) })]);

/** Tests that must all hold. */
export const conditionSchema = z
  .record(z.string().max(80), testSchema)
  .refine(tests => Object.keys(tests).length <= 20, 'a condition has at most 20 tests');
export type Condition = z.infer<typeof conditionSchema>;

/** What a test asks of one thing. */
export interface Test {
  part: Part;
  /** An attribute, or `kind`. */
  key: string;
  /** Kinds of thing that are asked for it. */
  kinds: ReadonlySet<Kind>;
  values: ReadonlySet<string>;
  /** Whether it is the other answers that fit. */
  negated: boolean;
  /** Whether it holds while nobody answered. */
  openEnded: boolean;
}

/** A condition, ready to be tested. */
export interface Compiled {
  /** Only for this kind of thing. */
  asked: Kind | null;
  crosses: boolean | null;
  /** Whether it asks anything of a flow: each flow at an element may have an answer of its own. */
  asksFlow: boolean;
  flow: readonly Test[];
  element: readonly Test[];
  source: readonly Test[];
  target: readonly Test[];
}

const PART_KINDS: Record<Part, readonly Kind[]> = {
  flow: ['data_flow'],
  element: ELEMENT_KINDS,
  source: ELEMENT_KINDS,
  target: ELEMENT_KINDS,
};

/** A condition that is no condition, and why; `key` is the test at fault. */
export class ConditionError extends Error {
  override name = 'ConditionError';
  constructor(
    message: string,
    readonly key: string,
  ) {
    super(message);
  }
}

/** @throws {ConditionError} when it names what there is not, or could never hold */
export function compile(condition: Condition): Compiled {
  let asked: Kind | null = null;
  let crosses: boolean | null = null;
  const tests: Record<Part, Test[]> = { flow: [], element: [], source: [], target: [] };
  for (const [key, value] of Object.entries(condition)) {
    if (key === 'crosses_boundary') {
      if (typeof value !== 'boolean') throw new ConditionError('crosses_boundary is true or false', key);
      crosses = value;
    } else if (key === 'asked') {
      const kinds: readonly Kind[] = [...ELEMENT_KINDS, 'data_flow'];
      const kind = kinds.find(each => each === value);
      if (!kind) throw new ConditionError(`asked is one of ${kinds.join(', ')}`, key);
      asked = kind;
    } else {
      const test = compileTest(key, value);
      tests[test.part].push(test);
    }
  }
  for (const part of PARTS) tests[part].sort((a, b) => rarity(b) - rarity(a));
  const asksFlow = crosses !== null || tests.flow.length + tests.source.length + tests.target.length > 0;
  return { asked, crosses, asksFlow, ...tests };
}

function compileTest(name: string, value: z.infer<typeof testSchema>): Test {
  const [, part, key] = /^(flow|element|source|target)\.(\w+)$/.exec(name) ?? [];
  if (!part || !key) {
    throw new ConditionError(
      `"${name}" is no test: it is crosses_boundary, asked, or an attribute after flow., element., source. or target.`,
      name,
    );
  }
  const negated = typeof value === 'object' && !Array.isArray(value);
  const given = negated ? value.not : value;
  if (typeof given === 'boolean') throw new ConditionError(`${name} takes words: write 'yes' or 'no'`, name);
  const values = new Set([given].flat());
  const [kinds, known] = answersOf(part as Part, key, name);
  for (const each of values) {
    if (!known.has(each) && (each !== UNKNOWN || key === 'kind')) {
      throw new ConditionError(`${name} has no answer "${each}": it has ${[...known].join(', ')}`, name);
    }
  }
  const openEnded = negated ? !values.has(UNKNOWN) : values.has(UNKNOWN);
  return { part: part as Part, key, kinds, values, negated, openEnded };
}

/** @returns the kinds of thing that are asked for an attribute, and what they may answer */
function answersOf(part: Part, key: string, name: string): [kinds: Set<Kind>, answers: Set<string>] {
  const within = PART_KINDS[part];
  if (key === 'kind' && part !== 'flow') return [new Set(within), new Set(within)];
  const asked = ATTRIBUTES.filter(attribute => attribute.key === key).filter(({ kinds }) =>
    kinds.some(kind => within.includes(kind)),
  );
  if (asked.length === 0) throw new ConditionError(`nobody is asked for "${name}"`, name);
  const answers = asked.flatMap(({ values }) => values?.map(({ value }) => value) ?? []);
  if (answers.length === 0) throw new ConditionError(`"${name}" is answered in free words`, name);
  const kinds = asked.flatMap(attribute => attribute.kinds).filter(kind => within.includes(kind));
  return [new Set(kinds), new Set(answers)];
}

/** How much a test rules out: what does is asked first. */
const rarity = ({ openEnded, negated }: Test): number => (openEnded ? 0 : negated ? 1 : 2);

function holds(test: Test, kind: Kind, attributes: Attributes): boolean {
  if (!test.kinds.has(kind)) return false;
  if (test.key === 'kind') return test.values.has(kind) !== test.negated;
  const answer = attributes[test.key];
  return answer === undefined ? test.openEnded : fits(test, answer);
}

/** Whether all tests hold for a thing of a kind with these answers. */
export function allHold(tests: readonly Test[], kind: Kind, attributes: Attributes): boolean {
  for (const test of tests) if (!holds(test, kind, attributes)) return false;
  return true;
}

function fits({ values, negated }: Test, answer: Answer): boolean {
  if (typeof answer === 'string') return values.has(answer) !== negated;
  for (const each of answer) if (values.has(each)) return !negated;
  return negated;
}
