import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BoardRecord } from '../document/board.ts';
import { box, crossing, inside, outside } from '../testing/crossing.ts';
import { histories } from '../testing/edits.ts';
import { LiveModel } from './live-model.ts';
import { readModel } from './read-model.ts';

const byId = <T extends { id: string }>(things: Iterable<T>) =>
  [...things].sort((a, b) => (a.id < b.id ? -1 : 1));

it('C3 a live model is the one that is read anew, after any edits, and tells of everything that changed', () => {
  fc.assert(
    fc.property(histories, history => {
      const live = new LiveModel();
      let before: { id: string }[] = [];
      for (const { changes, records } of history) {
        const touched = live.update(changes);
        const { elements, flows } = readModel(records);
        expect([byId(live.elements.values()), byId(live.flows.values())]).toEqual([elements, flows]);
        const now = [...elements, ...flows];
        const untouched = (things: { id: string }[]) => byId(things.filter(({ id }) => !touched.has(id)));
        expect(untouched(now)).toEqual(untouched(before));
        before = now;

        const reaching = (id: string) => flows.filter(({ source, target }) => source === id || target === id);
        expect(elements.map(({ id }) => byId(live.flowsAt(id)))).toEqual(
          elements.map(({ id }) => reaching(id)),
        );
      }
    }),
    { numRuns: 100 },
  );
});

it('a move that changes no membership touches nothing', () => {
  const live = new LiveModel();
  live.update(new Map([box, inside, outside, ...crossing].map(record => [record.id, record])));
  const touchedBy = (record: BoardRecord) => [...live.update(new Map([[record.id, record]]))];

  expect(touchedBy({ ...inside, x: 60 })).toEqual([]);
  expect(touchedBy({ ...box, x: 10, y: 10 })).toEqual([]);
  expect(touchedBy({ ...inside, x: 900 }).sort()).toEqual(['shape:f', 'shape:in', 'shape:out']);
});
