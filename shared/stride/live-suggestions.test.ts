import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readModel } from '../dfd/read-model.ts';
import type { Suggestion } from '../document/threats.ts';
import { histories } from '../testing/edits.ts';
import { LiveSuggestions } from './live-suggestions.ts';
import { suggest } from './suggest.ts';

it('C3 live suggestions are those of a full pass, after any edits, and tell of everything that changed', () => {
  let seen = 0;
  fc.assert(
    fc.property(histories, history => {
      const live = new LiveSuggestions('per-crossing');
      let before: Suggestion[] = [];
      for (const { changes, records } of history) {
        const told = live.update(changes);
        const wanted = suggest(readModel(records), 'per-crossing');
        expect([...live.all.values()].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(wanted);
        const settled = (list: Suggestion[]) => list.filter(({ id }) => !told.has(id));
        expect(settled(wanted)).toEqual(settled(before));
        before = wanted;
        seen += wanted.length;
      }
    }),
    { numRuns: 100 },
  );
  expect(seen).toBeGreaterThan(100);
});
