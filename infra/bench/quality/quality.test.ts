import { expect, it } from 'vitest';
import { METHOD_NAMES } from '#shared/stride/method-names.ts';
import { suggest } from '#shared/stride/suggest.ts';
import { answeredSecurely, baselineOf, readingOf, shownOf } from './measures.ts';
import { amps, type Sample, samplesIn } from './models.ts';

const samples = [await amps(true), ...(await samplesIn())].filter(({ generated }) => !generated);
const pairs = samples.reduce((sum, { recorded }) => sum + recorded.length, 0);
const weighted = (of: (sample: Sample) => number) =>
  samples.reduce((sum, sample) => sum + of(sample) * sample.recorded.length, 0) / pairs;

it.each(['per-element', 'per-interaction'] as const)(
  'STRIDE %s finds what people recorded in published models, in a third less reading than the plain table',
  method => {
    expect(pairs).toBeGreaterThan(70);
    expect(weighted(sample => readingOf(sample, method).recall)).toBeGreaterThanOrEqual(0.95);
    const ours = weighted(sample => readingOf(sample, method).burden);
    expect(ours / weighted(sample => baselineOf(sample).burden)).toBeLessThanOrEqual(2 / 3);
  },
);

it.each([false, true])(
  'the ankle monitor is suggested for in few words, whether it is described (%s) or not',
  async described => {
    const { model } = await amps(described);
    expect(model.flows).toHaveLength(7);
    const shown = shownOf(suggest(model, 'per-crossing'));
    expect(shown).toBeGreaterThan(20);
    expect(shown).toBeLessThanOrEqual(45);
    const secured = suggest(answeredSecurely(model, 'securely'), 'per-crossing');
    expect(shownOf(secured)).toBeLessThanOrEqual(15);
    expect(
      suggest(answeredSecurely(model, 'securely-with-traits'), 'per-crossing').length,
    ).toBeLessThanOrEqual(15);
  },
);

it('no method asks a thing for the same rule twice in one place', () => {
  for (const { model } of samples) {
    for (const method of METHOD_NAMES) {
      const ids = suggest(model, method).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  }
});
