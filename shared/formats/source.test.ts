import { expect, it } from 'vitest';
import { Source } from './source.ts';

it('refuses YAML that holds itself, in no time', () => {
  const start = performance.now();
  const text = 'otmVersion: 0.2.0\nproject: &p\n  id: y\n  all: [*p, *p, *p, *p]\n';
  expect(() => new Source(new TextEncoder().encode(text))).toThrow('nested more than 100 levels');
  expect(performance.now() - start).toBeLessThan(5_000);
});
