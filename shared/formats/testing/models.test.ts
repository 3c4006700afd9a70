import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Box, Diagram } from '../threat-model.ts';
import { anyModel, anyPlacedModel } from './models.ts';

const inside = ([x, y, w, h]: Box, [left, top, width, height]: Box): boolean =>
  x >= left && y >= top && x + w <= left + width && y + h <= top + height;

function heldBy({ elements, boundaries }: Diagram, id: string): string[] {
  const inner = boundaries.filter(({ parent }) => parent === id).map(boundary => boundary.id);
  const direct = elements.filter(({ boundary }) => boundary === id).map(element => element.id);
  return [...direct, ...inner, ...inner.flatMap(each => heldBy({ elements, boundaries } as Diagram, each))];
}

it('makes models whose ids are unique and whose references exist', () => {
  fc.assert(
    fc.property(anyModel, ({ diagrams, threats }) => {
      const things = diagrams.flatMap(({ elements, flows, boundaries, notes }) =>
        [...elements, ...flows, ...boundaries, ...notes].map(({ id }) => id),
      );
      expect(new Set(things).size).toBe(things.length);
      expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length);
      for (const { target } of threats) if (target) expect(things).toContain(target);
      for (const { elements, flows, boundaries } of diagrams) {
        const ids = [...elements, ...boundaries].map(({ id }) => id);
        for (const { source, target } of flows) {
          for (const end of [source, target]) if ('element' in end) expect(ids).toContain(end.element);
        }
        for (const { boundary } of elements) if (boundary) expect(ids).toContain(boundary);
        for (const { parent } of boundaries) if (parent) expect(ids).toContain(parent);
      }
    }),
    { numRuns: 200 },
  );
});

it('places exactly that in a boundary which belongs to it', () => {
  fc.assert(
    fc.property(anyPlacedModel, ({ diagrams }) => {
      for (const diagram of diagrams) {
        const things = [...diagram.elements, ...diagram.boundaries].filter(({ box }) => box);
        for (const { id, box } of diagram.boundaries) {
          if (!box) continue;
          const lying = things.filter(thing => thing.id !== id && inside(thing.box!, box));
          expect(lying.map(thing => thing.id).sort()).toEqual(heldBy(diagram, id).sort());
        }
      }
    }),
    { numRuns: 200 },
  );
});
