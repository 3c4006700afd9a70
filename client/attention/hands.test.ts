import { expect, test } from 'vitest';
import { handsUp, ordinal } from './hands.ts';

test('hands of people who left in the meantime wait for nothing', () => {
  const hands = ['ada', 'ben', 'cleo'].map((id, at) => ({ id, by: { id, name: id }, at }));
  expect(handsUp(hands, new Set(['cleo', 'ada', 'mona'])).map(({ id }) => id)).toEqual(['ada', 'cleo']);
});

test('places in an order are said as people say them', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 112].map(ordinal)).toEqual([
    ...['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '112th'],
  ]);
});
