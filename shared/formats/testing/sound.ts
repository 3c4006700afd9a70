import { expect } from 'vitest';
import type { ThreatModel } from '../threat-model.ts';

/** What holds for whatever a reader reads: ids are unique, what refers to something refers to what there is, places can be drawn. */
export function expectSound(model: ThreatModel): void {
  const { diagrams, threats } = model;
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  const things = diagrams.flatMap(({ elements, flows, boundaries }) =>
    [...elements, ...flows, ...boundaries].map(({ id }) => id),
  );
  const ids = [...things, ...diagrams.flatMap(({ notes }) => notes.map(({ id }) => id))];
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(diagrams.map(({ id }) => id)).size).toBe(diagrams.length);
  expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length);
  for (const { target } of threats) if (target !== '') expect(things).toContain(target);
  for (const { elements, flows, boundaries } of diagrams) {
    const held = new Set(elements.map(({ id }) => id));
    const outer = new Map(boundaries.map(({ id, parent }) => [id, parent]));
    for (const { source, target, bend } of flows) {
      expect(Number.isFinite(bend)).toBe(true);
      for (const end of [source, target]) if ('element' in end) expect(held).toContain(end.element);
    }
    for (const { boundary } of elements) if (boundary !== null) expect([...outer.keys()]).toContain(boundary);
    for (const { box } of [...elements, ...boundaries])
      if (box) expect(box.every(Number.isFinite) && box[2] > 0 && box[3] > 0).toBe(true);
    for (const { id, box, line } of boundaries) {
      expect(box !== null && line !== null).toBe(false);
      const seen = new Set<string>();
      for (let at: string | null = id; at !== null; at = outer.get(at) ?? null) {
        expect(seen).not.toContain(at);
        expect([...outer.keys()]).toContain(at);
        seen.add(at);
      }
    }
  }
}
