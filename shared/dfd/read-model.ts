/** Reads the whole model from a board's records: all of them are new to a live model, and what only a whole model tells is added. */
import type { BoardRecord } from '../document/board.ts';
import { firstPage, pagesOf } from '../document/repair.ts';
import { describe } from './describe.ts';
import { findingsOf } from './findings.ts';
import { LiveModel } from './live-model.ts';
import type { Boundary, Element, Model, Page } from './model.ts';

export function readModel(records: ReadonlyMap<string, BoardRecord>): Model {
  const live = new LiveModel();
  live.update(records);
  const elements = ordered(live.elements);
  const flows = ordered(live.flows);
  const model = {
    pages: readPages(live),
    elements,
    flows,
    boundaries: [...closed(live, elements), ...open(live)],
  };
  return { ...model, findings: findingsOf(model, straddlers(live, elements)) };
}

function readPages({ board }: LiveModel): Page[] {
  const stored = pagesOf(board.allPages());
  const pages = stored.length > 0 ? stored : [firstPage([])];
  return pages.map(({ id, name }) => ({ id, name: typeof name === 'string' ? name : '' }));
}

function closed({ board, places, outlines }: LiveModel, elements: Element[]): Boundary[] {
  const contents = new Map<string, string[]>();
  const parents = new Map<string, string | null>();
  for (const plane of outlines.planes.values()) {
    for (const [i, { id }] of plane.all.entries()) {
      parents.set(id, plane.around(places.centre(board.shape(id)!), i).at(-1) ?? null);
      contents.set(id, []);
    }
  }
  for (const { id, boundaries } of elements) contents.get(boundaries.at(-1) ?? '')?.push(id);
  return outlines.all().map(({ id, page }) => ({
    ...describe(board.shape(id)!, 'trust_boundary'),
    page,
    open: false,
    parent: parents.get(id)!,
    contains: contents.get(id)!,
  }));
}

function open({ board, lines, outlines }: LiveModel): Boundary[] {
  return lines.all().map(({ id, page, points }) => {
    const [first, ...rest] = points.map(point => outlines.on(page).around(point));
    const around = first!.filter(outer => rest.every(boundaries => boundaries.includes(outer)));
    return {
      ...describe(board.shape(id)!, 'trust_boundary'),
      page,
      open: true,
      parent: around.at(-1) ?? null,
      contains: [],
    };
  });
}

/** Elements with corners on both sides of a boundary. */
function straddlers({ board, places, outlines }: LiveModel, elements: Element[]): string[] {
  const straddles = ({ id, page }: Element) => outlines.on(page).split(places.corners(board.shape(id)!));
  return elements.filter(straddles).map(({ id }) => id);
}

const ordered = <T extends { id: string }>(things: ReadonlyMap<string, T>): T[] =>
  [...things.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
