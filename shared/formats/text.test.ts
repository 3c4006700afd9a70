import { expect, it } from 'vitest';
import { counted } from './text.ts';

it('counts one thing and several in words', () => {
  expect([counted(1, 'abuse case'), counted(2, 'abuse case'), counted(0, 'thing')]).toEqual([
    '1 abuse case',
    '2 abuse cases',
    '0 things',
  ]);
  expect(counted(2, 'boundary', 'boundaries')).toBe('2 boundaries');
});
