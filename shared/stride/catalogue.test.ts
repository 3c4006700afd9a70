import { expect, it } from 'vitest';
import { z } from 'zod';
import { RULES } from './catalogue/rules.ts';
import { example, firesOn } from './example.ts';
import { flawsOf, ruleSchema } from './rule.ts';
import { suggest } from './suggest.ts';

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

it.each([
  ['LOG-05', {}],
  ['LOG-05', { 'element.mobility': 'fixed', 'element.storage': 'fixed' }],
  ['HW-06', { 'element.mobility': 'home' }],
  ['APP-01', { 'element.role': 'mobile_app', 'element.mobility': 'portable' }],
  ['EHR-08', { 'element.role': 'pacs', 'element.mobility': 'portable' }],
  ['HW-05', { 'element.role': 'mobile_app', 'element.mobility': 'portable', 'element.storage': 'removable' }],
  ['HW-05', { 'element.role': 'archive', 'element.storage': 'removable' }],
])('that a store is not encrypted is said once: %s for %o', (rule, facts) => {
  const { model, asked } = example({ applies_to: ['data_store'] }, { 'element.stores': ['phi'], ...facts });
  const said = suggest(model, 'per-element').filter(
    ({ target, stride, why }) =>
      target === asked && stride === 'I' && why.facts.some(([, key]) => key === 'encrypted'),
  );
  expect(said.map(each => each.rule)).toEqual([rule]);
});
