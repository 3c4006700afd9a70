/** Objects as a file of a format has them, but for what is anything else at any place. */
import fc from 'fast-check';

export const junk = fc.jsonValue({ maxDepth: 3 });

/** Mostly the value. */
export const or = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: junk });

/** Any of the fields may be missing. */
export const record = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  or(
    fc.record(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, or(value)])), {
      requiredKeys: [],
    }),
  );
