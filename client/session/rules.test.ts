import { expect, test } from 'vitest';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { EXAMPLE_RULES, isFound, readOwnRules, rulesOf } from './rules.ts';

const OWN = rulesOf(CATALOGUE, { rules: EXAMPLE_RULES })[0]!;

test('the example to start from is one sound rule', () => {
  const { rules, errors } = readOwnRules(CATALOGUE, EXAMPLE_RULES);
  expect(errors).toEqual([]);
  expect(rules.map(({ id }) => id)).toEqual(['OWN-1']);
});

test('no rules of one’s own is nothing wrong', () => {
  for (const text of ['', '  \n']) expect(readOwnRules(CATALOGUE, text)).toEqual({ rules: [], errors: [] });
});

test('the list has the team’s own rules and all of the server’s, switched off or not', () => {
  const listed = rulesOf(CATALOGUE, { rules: EXAMPLE_RULES });
  expect(listed).toHaveLength(CATALOGUE.rules.length + 1);
  expect(OWN).toMatchObject({ own: true, rule: { id: 'OWN-1' } });
  expect(listed.filter(({ own }) => !own).map(({ rule }) => rule)).toEqual(CATALOGUE.rules);
});

test('an own rule with the id of the server’s is none', () => {
  const taken = EXAMPLE_RULES.replace('OWN-1', CATALOGUE.rules[0]!.id);
  expect(readOwnRules(CATALOGUE, taken).errors).toMatchObject([{ line: 2 }]);
});

test('a rule is found by words in any order, by its id, its references, and its letters', () => {
  for (const text of ['', 'laptop CABLE', 'own-1', 'cwe-306', 'service manual'])
    expect(isFound(OWN, text, '')).toBe(true);
  expect(isFound(OWN, 'laptop radio', '')).toBe(false);
  expect(isFound(OWN, '', 'T')).toBe(true);
  expect(isFound(OWN, 'laptop', 'S')).toBe(false);
});
