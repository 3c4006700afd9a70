/**
 * Concurrent edits leave records that no single person would have made: a parent that somebody deleted, two shapes that
 * became each other's parent, an arrow bound to what is gone, two bindings on one end. `repair` is a *view*: a pure
 * function of the records, so every client and the server see the same board without writing anything, and what was
 * written is still there when its cause returns.
 */
import { type BindingRecord, type BoardRecord, isBinding, isShape, type ShapeRecord } from './board.ts';

export const FIRST_PAGE = 'page:page';

type Records = ReadonlyMap<string, BoardRecord>;

/** The records a board may show: every parent exists and leads to a page, every binding has both ends, one per terminal. */
export function repair(records: Records): Map<string, BoardRecord> {
  const repaired = new Map(records);
  const page = firstPage(records.values());
  if (!records.has(page.id)) repaired.set(page.id, page);

  const strays = straysOf(records.values(), records);
  for (const shape of strays) repaired.set(shape.id, { ...shape, parentId: page.id });

  for (const bindings of bindingsByArrow(records)) {
    const { start, end } = soundBindings(bindings, records);
    for (const binding of bindings) if (binding !== start && binding !== end) repaired.delete(binding.id);
  }
  return repaired;
}

export const isPage = ({ typeName }: BoardRecord): boolean => typeName === 'page';

/** The pages among records, in the order in which they are shown: by index, then id. */
export const pagesOf = (records: Iterable<BoardRecord>): BoardRecord[] =>
  [...records].filter(isPage).sort((a, b) => compare(`${a.index} ${a.id}`, `${b.index} ${b.id}`));

/** The page that strays lie on; a board whose pages were all deleted at once gets an empty one back. */
export const firstPage = (records: Iterable<BoardRecord>): BoardRecord =>
  pagesOf(records)[0] ?? { id: FIRST_PAGE, typeName: 'page', name: 'Diagram', index: 'a1', meta: {} };

/**
 * Shapes whose parent is missing, and of each parent cycle the shape with the lowest id: of those that are asked about and of
 * what holds them.
 * @param asked each once
 */
export function straysOf(asked: Iterable<BoardRecord>, records: Records): ShapeRecord[] {
  const strays: ShapeRecord[] = [];
  /** Each shape's walk upwards, by where it started; a walk that meets itself went round a cycle. */
  const walkOf = new Map<string, BoardRecord>();
  for (const start of asked) {
    let at: BoardRecord | undefined = start;
    while (at && isShape(at) && !walkOf.has(at.id)) {
      const parent = records.get(at.parentId);
      // Most lie on a page: no walk.
      if (at === start && parent?.typeName === 'page') break;
      walkOf.set(at.id, start);
      if (!parent || (parent.typeName !== 'page' && !isShape(parent))) strays.push(at);
      at = parent;
    }
    if (at && isShape(at) && walkOf.get(at.id) === start) strays.push(lowestOfCycle(at, records));
  }
  return strays;
}

function lowestOfCycle(start: ShapeRecord, records: Records): ShapeRecord {
  const parentOf = ({ parentId }: ShapeRecord) => records.get(parentId) as ShapeRecord;
  let lowest = start;
  for (let at = parentOf(start); at !== start; at = parentOf(at)) if (at.id < lowest.id) lowest = at;
  return lowest;
}

function bindingsByArrow(records: Records): Iterable<BindingRecord[]> {
  const groups = new Map<string, BindingRecord[]>();
  for (const binding of records.values()) {
    if (!isBinding(binding)) continue;
    const group = groups.get(binding.fromId);
    if (group) group.push(binding);
    else groups.set(binding.fromId, [binding]);
  }
  return groups.values();
}

/** What holds the ends of an arrow. */
export type ArrowEnds = Partial<Record<'start' | 'end', BindingRecord>>;

/** Of all bindings from one arrow those that have both a terminal and a shape, and of two on one terminal the one with the lower id. */
export function soundBindings(bindings: Iterable<BindingRecord>, records: Records): ArrowEnds {
  const ends: ArrowEnds = {};
  for (const binding of bindings) {
    const { terminal } = binding.props;
    if ((terminal !== 'start' && terminal !== 'end') || !endsExist(binding, records)) continue;
    const holder = ends[terminal];
    if (!holder || binding.id < holder.id) ends[terminal] = binding;
  }
  return ends;
}

function endsExist(binding: BindingRecord, records: Records): boolean {
  const from = records.get(binding.fromId);
  const to = records.get(binding.toId);
  return from?.type === 'arrow' && to !== undefined && isShape(to) && from.id !== to.id;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
