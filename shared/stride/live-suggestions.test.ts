import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readModel } from '../dfd/read-model.ts';
import type { Suggestion } from '../document/threats.ts';
import { histories } from '../testing/edits.ts';
import { LiveSuggestions } from './live-suggestions.ts';
import { METHOD_NAMES } from './method-names.ts';
import { NO_CHOICES, suggest } from './suggest.ts';

const ARROWS = ['shape:arrow0', 'shape:arrow1', 'shape:arrow2'];

it.each(METHOD_NAMES)(
  'C3 live suggestions %s are those of a full pass, after any edits, and tell of everything that changed',
  method => {
    let seen = 0;
    const marked = fc.infiniteStream(fc.option(fc.subarray(ARROWS), { nil: undefined, freq: 2 }));
    const replaced = fc.infiniteStream(
      fc.option(fc.tuple(fc.constantFrom(...ARROWS), fc.constantFrom('shape:gone', 'shape:old')), {
        nil: undefined,
        freq: 6,
      }),
    );
    fc.assert(
      fc.property(histories, marked, replaced, (history, workflowsNow, heirsNow) => {
        const live = new LiveSuggestions(method);
        let choices = NO_CHOICES;
        let before: Suggestion[] = [];
        for (const { changes, records } of history) {
          const [flows, heir] = [workflowsNow.next().value, heirsNow.next().value];
          choices = {
            ...choices,
            ...(flows && { workflows: new Set(flows) }),
            ...(heir && { heirs: new Map([heir]) }),
          };
          const told = live.update(changes, choices);
          const wanted = suggest(readModel(records), method, choices);
          expect([...live.all.values()].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(wanted);
          const settled = (list: Suggestion[]) => list.filter(({ id }) => !told.has(id));
          expect(settled(wanted)).toEqual(settled(before));
          before = wanted;
          seen += wanted.length;
        }
      }),
      { numRuns: 60 },
    );
    expect(seen).toBeGreaterThan(100);
  },
);

it('no two suggestions for a model have the same id', () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...METHOD_NAMES), (history, method) => {
      const ids = suggest(readModel(history.at(-1)!.records), method).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 60 },
  );
});
