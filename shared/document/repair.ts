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
  const page = firstPage(records);
  if (!records.has(page.id)) repaired.set(page.id, page);

  const strays = straysOf(records);
  for (const shape of strays) repaired.set(shape.id, { ...shape, parentId: page.id });

  for (const id of refusedBindings(records)) repaired.delete(id);
  return repaired;
}

/** The lowest page by index, then id; a board whose pages were all deleted at once gets an empty one back. */
function firstPage(records: Records): BoardRecord {
  const pages = [...records.values()].filter(record => record.typeName === 'page');
  const [first] = pages.sort((a, b) => compare(`${a.index} ${a.id}`, `${b.index} ${b.id}`));
  return first ?? { id: FIRST_PAGE, typeName: 'page', name: 'Diagram', index: 'a1', meta: {} };
}

/** Shapes whose parent is missing, and of each parent cycle the shape with the lowest id. */
function straysOf(records: Records): ShapeRecord[] {
  const strays: ShapeRecord[] = [];
  const settled = new Set<string>();
  for (const start of records.values()) {
    const path: ShapeRecord[] = [];
    let at: BoardRecord | undefined = start;
    while (at && isShape(at) && !settled.has(at.id)) {
      const loop = path.findIndex(shape => shape.id === at!.id);
      if (loop >= 0) {
        strays.push(path.slice(loop).reduce((low, shape) => (compare(shape.id, low.id) < 0 ? shape : low)));
        break;
      }
      path.push(at);
      const parent = records.get(at.parentId);
      if (!parent || (parent.typeName !== 'page' && !isShape(parent))) strays.push(at);
      at = parent;
    }
    for (const shape of path) settled.add(shape.id);
  }
  return strays;
}

/** Bindings with an end missing or that no arrow starts, and of two on the same terminal the one with the higher id. */
function refusedBindings(records: Records): string[] {
  const refused: string[] = [];
  const holders = new Map<string, BindingRecord>();
  for (const binding of records.values()) {
    if (!isBinding(binding)) continue;
    if (!endsExist(binding, records)) {
      refused.push(binding.id);
      continue;
    }
    const terminal = `${binding.fromId} ${binding.props.terminal}`;
    const holder = holders.get(terminal);
    if (!holder) holders.set(terminal, binding);
    else {
      const loser = compare(holder.id, binding.id) < 0 ? binding : holder;
      refused.push(loser.id);
      if (loser === holder) holders.set(terminal, binding);
    }
  }
  return refused;
}

function endsExist(binding: BindingRecord, records: Records): boolean {
  const from = records.get(binding.fromId);
  const to = records.get(binding.toId);
  return from?.type === 'arrow' && to !== undefined && isShape(to) && from.id !== to.id;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
