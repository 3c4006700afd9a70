import { expect, test } from 'vitest';
import { threatFrom } from './accepted.ts';
import { CATALOGUE, Catalogue } from './catalogue.ts';

const SUGGESTION = { id: 'GEN-T/a', rule: 'GEN-T', target: 'a', stride: 'T' as const };

test('an accepted suggestion takes from its rule what it says, what helps, and all of its letters', () => {
  const rule = { ...CATALOGUE.rule('GEN-T')!, stride: ['T' as const, 'D' as const] };
  expect(threatFrom(SUGGESTION, new Catalogue([rule]))).toEqual({
    title: rule.title,
    description: rule.explanation,
    mitigation: rule.control,
    stride: ['T', 'D'],
    target: 'a',
    suggestion: 'GEN-T/a',
  });
});

test('one whose rule is gone keeps the letter that it was suggested under', () => {
  expect(threatFrom(SUGGESTION, new Catalogue([]))).toMatchObject({
    title: 'GEN-T',
    description: '',
    mitigation: '',
    stride: ['T'],
  });
});
