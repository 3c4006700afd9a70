import { expect, it } from 'vitest';
import { z } from 'zod';
import { RULES } from './catalogue/rules.ts';
import { firesOn } from './example.ts';
import { flawsOf, ruleSchema } from './rule.ts';

it.each(RULES.map(rule => [rule.id, rule] as const))('%s is a sound rule', (_, rule) => {
  expect(z.safeParse(ruleSchema, rule).error).toBeUndefined();
  expect(flawsOf(rule)).toEqual([]);
  expect({ fires: firesOn(rule, rule.test.fires), silent: firesOn(rule, rule.test.silent) }).toEqual({
    fires: true,
    silent: false,
  });
});
it('no two rules have the same id or the same title', () => {
  for (const key of ['id', 'title'] as const) {
    expect(new Set(RULES.map(rule => rule[key])).size).toBe(RULES.length);
  }
});
