import { expect, test } from 'vitest';
import { stepFrom } from './grid-keys.ts';

test('the arrow keys go one cell on and stop at the edges', () => {
  const at = (row: number, column: number, key: string) => {
    const next = stepFrom({ row, column }, key, 3);
    return next && [next.row, next.column];
  };
  expect(at(1, 2, 'ArrowUp')).toEqual([0, 2]);
  expect(at(0, 2, 'ArrowUp')).toEqual([0, 2]);
  expect(at(2, 2, 'ArrowDown')).toEqual([2, 2]);
  expect(at(1, 0, 'ArrowLeft')).toEqual([1, -1]);
  expect(at(1, 5, 'ArrowRight')).toEqual([1, 5]);
  expect(at(1, 3, 'Home')).toEqual([1, -1]);
  expect(at(1, 3, 'End')).toEqual([1, 5]);
  expect(at(1, 3, 'Enter')).toBeNull();
});
