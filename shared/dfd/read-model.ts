/** Reads the whole model from a board's records: all of them are new to a live model, and what only a whole model tells is added. */
import type { BoardRecord } from '../document/board.ts';
import { describe } from './describe.ts';
import { findingsOf } from './findings.ts';
import { LiveModel } from './live-model.ts';
import type { Boundary, Element, Model } from './model.ts';

export function readModel(records: ReadonlyMap<string, BoardRecord>): Model {
  const live = new LiveModel();
  live.update(records);
  const elements = ordered(live.elements);
  const flows = ordered(live.flows);
  const model = { elements, flows, boundaries: boundariesOf(live, elements) };
  return { ...model, findings: findingsOf(model, straddlers(live, elements)) };
}

function boundariesOf({ board, places, outlines }: LiveModel, elements: Element[]): Boundary[] {
  const contents = new Map<string, string[]>(outlines.all.map(({ id }) => [id, []]));
  for (const { id, boundaries } of elements) contents.get(boundaries.at(-1) ?? '')?.push(id);
  return outlines.all.map(({ id }, i) => {
    const shape = board.shape(id)!;
    const larger = outlines.around(places.centre(shape), i);
    return {
      ...describe(shape, 'trust_boundary'),
      parent: larger.at(-1) ?? null,
      contains: contents.get(id)!,
    };
  });
}

/** Elements with corners on both sides of a boundary. */
function straddlers({ board, places, outlines }: LiveModel, elements: Element[]): string[] {
  const straddles = ({ id }: Element) => outlines.split(places.corners(board.shape(id)!));
  return elements.filter(straddles).map(({ id }) => id);
}

const ordered = <T extends { id: string }>(things: ReadonlyMap<string, T>): T[] =>
  [...things.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
