import { expect, test } from 'vitest';
import type { Threat } from '#shared/document/threats.ts';
import { someThreat } from '#shared/testing/threat.ts';
import { newsOf } from './news.ts';

const threat = (id: string, number: number | null, by = 'Ben'): Threat =>
  someThreat({ id, number, title: 'A fake sensor', status: 'proposed', by: { id: by, name: by } });

test('another person’s threat is news once it has its number', () => {
  expect(newsOf([], [threat('a', null)], 'me')).toEqual([]);
  expect(newsOf([threat('a', null)], [threat('a', 4)], 'me')).toEqual(['Ben added threat T4: A fake sensor']);
  expect(newsOf([threat('a', 4)], [threat('a', 4)], 'me')).toEqual([]);
});

test('one’s own threat is no news', () => {
  expect(newsOf([], [threat('a', 4, 'me')], 'me')).toEqual([]);
});
