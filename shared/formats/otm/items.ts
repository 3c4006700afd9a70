/** Trust zones and components of an OTM file: what is in what, on which pages, and where there. */
import { type Entry, isLoose, type Loose, textOf } from '../loose.ts';
import { type Box, FormatError, type Skipped } from '../threat-model.ts';
import { hundredths } from './fields.ts';

/** Most things that are read, with each thing counted once for every page that it is on: far beyond what a board shows. */
const MAX_THINGS = 20_000;
/** Furthest from the origin, and the largest size, in page units. */
const MAX_PLACE = 1_000_000;

export interface Item extends Entry {
  zone: boolean;
  /** Its id in the file, and ours. */
  ref: string;
  id: string;
  parent: Item | null;
  /** Entry of its `representations` for each page that it is on by the file's word, by the page's number. */
  placings: Map<number, Loose>;
  pages: Set<number>;
  /** Its id on each of its pages. */
  on: Map<number, string>;
  boxes: Map<number, Box>;
}

/** Resolves the parents of all; a circle is cut. @returns the items, each after its parent */
export function link(zones: Item[], components: Item[], outside: Set<string>, skipped: Skipped[]): Item[] {
  const byRef = (items: Item[]) => new Map(items.toReversed().map(item => [item.ref, item]));
  const [zoneOf, componentOf] = [byRef(zones), byRef(components)];
  const items = [...zones, ...components];
  for (const item of items) {
    const { zone, component } = parentRefs(item.raw.parent);
    if (!zone && !component) continue;
    item.parent = (zone && zoneOf.get(zone)) || (component && componentOf.get(component)) || null;
    if (item.parent || outside.has(zone)) continue;
    skipped.push({
      what: `parent of "${textOf(item.raw.name)}"`,
      why: `"${zone || component}" is not in the file`,
      where: `${item.where}.parent`,
    });
  }
  return inOrder(items, skipped);
}

/** `{ trustZone }` or `{ component }`; the documentation of OTM has `{ type, id }` instead. */
function parentRefs(parent: unknown): { zone: string; component: string } {
  if (!isLoose(parent)) return { zone: '', component: '' };
  const typed = (type: string) => (parent.type === type ? parent.id : undefined);
  return {
    zone: textOf(parent.trustZone ?? typed('trustZone')),
    component: textOf(parent.component ?? typed('component')),
  };
}

function inOrder(items: Item[], skipped: Skipped[]): Item[] {
  const done = new Set<Item>();
  for (const item of items) {
    const path = new Set<Item>();
    for (let at: Item | null = item; at && !done.has(at); at = at.parent) {
      path.add(at);
      if (!at.parent || !path.has(at.parent)) continue;
      skipped.push({
        what: `parent of "${textOf(at.raw.name)}"`,
        why: 'it would lie in itself',
        where: `${at.where}.parent`,
      });
      at.parent = null;
    }
    for (const each of [...path].reverse()) done.add(each);
  }
  return [...done];
}

/** The innermost trust zone around an item: a component may lie in another component. */
export function zoneAround(item: Item): Item | null {
  let at = item.parent;
  while (at && !at.zone) at = at.parent;
  return at;
}

/**
 * The pages of every item. One that is on no diagram by the file's word is where its parent is, or on the first page; a zone is on
 * every page on which something lies in it.
 * @param ordered each after its parent
 * @throws {FormatError} for more than a board could ever show
 */
export function spread(ordered: Item[]): void {
  const home = new Map<Item, number>();
  for (const item of ordered) {
    const first = item.placings.size > 0 ? Math.min(...item.placings.keys()) : undefined;
    const page = first ?? (item.parent ? home.get(item.parent) : undefined);
    if (page !== undefined) home.set(item, page);
    item.pages = new Set(item.placings.keys());
    if (!item.zone && item.pages.size === 0) item.pages.add(page ?? 0);
  }
  let count = 0;
  const needed = new Map<Item, Set<number>>(ordered.map(item => [item, new Set(item.pages)]));
  for (const item of ordered.toReversed()) {
    const need = needed.get(item)!;
    if (item.zone) {
      if (need.size === 0) need.add(home.get(item) ?? 0);
      item.pages = need;
    }
    count += need.size;
    if (count > MAX_THINGS)
      throw new FormatError('The file has more things on its diagrams than can be shown.');
    for (const page of need) if (item.parent) needed.get(item.parent)!.add(page);
  }
}

/**
 * The boxes of every item on its pages; positions are relative to what it lies in, as far as that is on the same page.
 * @param sizeOf what has a position but no size
 */
export function place(
  ordered: Item[],
  sizeOf: (item: Item) => readonly [number, number],
  skipped: Skipped[],
): void {
  for (const item of ordered) {
    for (const [page, placing] of item.placings) {
      const position = pairOf(placing.position, 'x', 'y');
      if (!position) continue;
      const size = pairOf(placing.size, 'width', 'height');
      const [w, h] = size && size[0] > 0 && size[1] > 0 ? size : sizeOf(item);
      if (placing.size && w !== size?.[0]) {
        skipped.push({
          what: `size of "${textOf(item.raw.name)}"`,
          why: 'it is no size',
          where: item.where,
        });
      }
      let around = item.parent;
      while (around && !around.boxes.has(page)) around = around.parent;
      const [left, top] = around?.boxes.get(page) ?? [0, 0];
      const box: Box = [hundredths(left + position[0]), hundredths(top + position[1]), w, h];
      if (box.every(side => Math.abs(side) <= MAX_PLACE)) item.boxes.set(page, box);
      else
        skipped.push({
          what: `place of "${textOf(item.raw.name)}"`,
          why: 'it is too far',
          where: item.where,
        });
    }
  }
}

function pairOf(raw: unknown, first: string, second: string): [number, number] | null {
  if (!isLoose(raw)) return null;
  const [a, b] = [raw[first], raw[second]];
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  return Number.isFinite(a) && Number.isFinite(b) ? [hundredths(a), hundredths(b)] : null;
}

/**
 * Forgets the places on pages where something is drawn outside of its zone by the file's word, or inside of another: the board goes
 * by places, and who trusts whom matters more than how it was drawn.
 */
export function checkPlaces(
  items: Item[],
  pages: { title: string; where: string }[],
  skipped: Skipped[],
): void {
  for (const [page, { title, where }] of pages.entries()) {
    const boxed = items.filter(({ boxes }) => boxes.has(page));
    const zones = boxed
      .filter(({ zone }) => zone)
      .sort((a, b) => areaOf(a.boxes.get(page)!) - areaOf(b.boxes.get(page)!));
    const odd = boxed.filter(item => {
      const drawn = zones.find(zone => zone !== item && holds(zone.boxes.get(page)!, item.boxes.get(page)!));
      const said = zoneAround(item);
      return (said?.boxes.has(page) || !said || drawn) && drawn !== (said ?? undefined);
    });
    if (odd.length === 0) continue;
    const names = odd.slice(0, 3).map(({ raw }) => `"${textOf(raw.name)}"`);
    skipped.push({
      what: `places on the diagram "${title}"`,
      why: `${names.join(', ')}${odd.length > 3 ? ` and ${odd.length - 3} more` : ''} would lie in another trust zone than the one of the file`,
      where,
    });
    for (const item of boxed) item.boxes.delete(page);
  }
}

const areaOf = (box: Box): number => box[2] * box[3];

/** As on the board: by the centre, and only in something larger. */
const holds = (outer: Box, [x, y, w, h]: Box): boolean => {
  const [cx, cy] = [x + w / 2 - outer[0], y + h / 2 - outer[1]];
  return cx >= 0 && cx <= outer[2] && cy >= 0 && cy <= outer[3] && w * h < areaOf(outer);
};
