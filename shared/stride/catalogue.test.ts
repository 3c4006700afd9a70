import { expect, it } from 'vitest';
import { z } from 'zod';
import { RULES } from './catalogue/rules.ts';
import { Catalogue } from './catalogue.ts';
import { METHOD_NAMES } from './method-names.ts';
import { type Facts, flawsOf, type Rule, ruleSchema } from './rule.ts';
import { suggest } from './suggest.ts';
import { example } from './testing/example.ts';

/** Whether a rule, by itself, fires on what an example asks about, by any method that may ask it. */
function fires(rule: Rule, facts: Facts): boolean {
  const { model, asked } = example(rule, facts);
  const choices = { catalogue: new Catalogue([rule]), workflows: new Set<string>() };
  return METHOD_NAMES.some(method => suggest(model, method, choices).some(({ target }) => target === asked));
}

it.each(RULES.map(rule => [rule.id, rule] as const))('%s is a sound rule', (_, rule) => {
  expect(z.safeParse(ruleSchema, rule).error).toBeUndefined();
  expect(flawsOf(rule)).toEqual([]);
  expect({ fires: fires(rule, rule.test.fires), silent: fires(rule, rule.test.silent) }).toEqual({
    fires: true,
    silent: false,
  });
});
it('no two rules have the same id or the same title', () => {
  for (const key of ['id', 'title'] as const) {
    expect(new Set(RULES.map(rule => rule[key])).size).toBe(RULES.length);
  }
});
