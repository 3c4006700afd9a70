import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexAbove, indexAt, indexBelow, isIndex } from './indices.ts';

it('a key above sorts above, one below sorts below, through every change of length', () => {
  let key = indexAt(0);
  for (let i = 0; i < 5000; i++) {
    const above = indexAbove(key);
    expect(above > key && isIndex(above)).toBe(true);
    expect(indexBelow(above)).toBe(key);
    key = above;
  }
  expect(key).toBe(indexAt(5000));
  key = indexAt(0);
  for (let i = 0; i < 5000; i++) {
    const below = indexBelow(key);
    expect(below < key && isIndex(below)).toBe(true);
    expect(indexAbove(below)).toBe(key);
    key = below;
  }
});

it('keys with a fraction are passed, too', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300_000 }),
      fc.stringMatching(/^[0-9A-Za-z]{0,9}$/),
      (n, fraction) => {
        const key = indexAt(n) + fraction;
        expect(indexAbove(key) > key).toBe(true);
        expect(indexBelow(key) < key).toBe(true);
      },
    ),
  );
});

it('what is no key is known', () => {
  for (const key of ['', 'a', 'b1', '1a', 'a-', 'Z', 'é1']) expect([key, isIndex(key)]).toEqual([key, false]);
});
