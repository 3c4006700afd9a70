import { expect, it } from 'vitest';
import { leastSquares } from './cost-model.ts';

const rows = [
  [1, 10, 3],
  [2, 5, 90],
  [7, 1, 20],
  [3, 3, 3],
];

it('prices that explain every load exactly are found', () => {
  const values = rows.map(([a, b, c]) => 0.5 * a! + 2 * b! + 0.25 * c!);
  const prices = leastSquares(rows, values);
  for (const [i, price] of [0.5, 2, 0.25].entries()) expect(prices[i]).toBeCloseTo(price, 9);
});

it('no price is negative, whatever was measured', () => {
  const values = rows.map(([a, b, c]) => 2 * a! + b! - 0.01 * c!);
  expect(Math.min(...leastSquares(rows, values))).toBeGreaterThanOrEqual(0);
});
