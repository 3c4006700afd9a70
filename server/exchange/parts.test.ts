import { expect, it } from 'vitest';
import { PartlyStoredError, storeParts } from './parts.ts';

const parts = [1, 2, 3].map(n => new Uint8Array([n]));
const down = new Error('the store is down');
/** @param n of the part that fails */
const failingAt = (n: number) => async (part: Uint8Array) => {
  if (part[0] === n) throw down;
  return true;
};

it('a failure after the first part says that some is in, and what went wrong', async () => {
  const failed = await storeParts(parts, failingAt(2)).catch(error => error);
  expect(failed).toBeInstanceOf(PartlyStoredError);
  expect(failed).toMatchObject({ cause: down, advice: expect.stringContaining('import it again') });
});
it('a failure at the first part is told as it is', async () => {
  await expect(storeParts(parts, failingAt(1))).rejects.toBe(down);
});
it('stores nothing more once there is nothing to store it in', async () => {
  const tried: number[] = [];
  const stored = await storeParts(parts, async part => tried.push(part[0]!) < 2);
  expect([stored, tried]).toEqual([false, [1, 2]]);
});
