import { expect, test } from 'vitest';
import type { Database } from '../open.ts';

export function settingsContract(open: () => Database): void {
  test('the first value stays, and is not made again', async () => {
    expect(await open().settings.getOrCreate('secret', () => 'made')).toBe('made');
    const again = open().settings.getOrCreate('secret', () => {
      throw new Error('made again');
    });
    expect(await again).toBe('made');
  });

  test('all who ask at once get the same value', async () => {
    const asked = Array.from({ length: 10 }, (_, i) =>
      open().settings.getOrCreate('race', () => `value ${i}`),
    );
    expect(new Set(await Promise.all(asked)).size).toBe(1);
  });
}
