/**
 * A board as it is and as it is to be: the editing functions beside this file change the latter, and what differs in the end is
 * written. So a program's edit leaves the records that a person's gesture would have left.
 */
import {
  type BindingRecord,
  type BoardRecord,
  changedRegisters,
  isBinding,
  isShape,
  type Json,
  type ShapeRecord,
  toRegisters,
} from '../../document/board.ts';
import { isIndex } from '../../document/indices.ts';
import { firstPage, pagesOf, repair } from '../../document/repair.ts';

/** What to write into one entry of the board; `undefined` stands for a register's default, null removes the entry. */
export interface BoardEdit {
  entry: string;
  registers: Record<string, Json | undefined> | null;
}

export class Draft {
  private readonly records: Map<string, BoardRecord>;
  private readonly touched = new Set<string>();

  /** @param before the records as they are stored */
  constructor(private readonly before: ReadonlyMap<string, BoardRecord>) {
    this.records = repair(before);
  }

  get(id: string): BoardRecord | undefined {
    return this.records.get(id);
  }

  shape(id: string): ShapeRecord | undefined {
    const record = this.records.get(id);
    return record && isShape(record) ? record : undefined;
  }

  put(record: BoardRecord): void {
    this.records.set(record.id, record);
    this.touched.add(record.id);
  }

  delete(id: string): void {
    this.records.delete(id);
    this.touched.add(id);
  }

  /** In the order in which they are shown. */
  pages(): BoardRecord[] {
    const pages = pagesOf([...this.records.values()]);
    return pages.length > 0 ? pages : [firstPage([])];
  }

  shapes(): ShapeRecord[] {
    return [...this.records.values()].filter(isShape);
  }

  /** What a page or shape holds itself, lowest first. */
  children(parentId: string): ShapeRecord[] {
    return this.shapes()
      .filter(shape => shape.parentId === parentId)
      .sort((a, b) => (a.index < b.index ? -1 : 1));
  }

  bindings(): BindingRecord[] {
    return [...this.records.values()].filter(isBinding);
  }

  /** The page that a shape lies on, through every parent. */
  pageOf(shape: ShapeRecord): string {
    let at = shape;
    for (let holder = this.shape(at.parentId); holder; holder = this.shape(at.parentId)) at = holder;
    return at.parentId;
  }

  /** The order keys of a page's or shape's children, lowest first; those that are none are left out. */
  indices(parentId: string): string[] {
    return this.children(parentId)
      .map(({ index }) => index)
      .filter(isIndex);
  }

  edits(): BoardEdit[] {
    return [...this.touched].flatMap((entry): BoardEdit[] => {
      const before = this.before.get(entry);
      const after = this.records.get(entry);
      if (!after) return before ? [{ entry, registers: null }] : [];
      const registers = before ? changedRegisters(before, after) : toRegisters(after);
      return registers.size > 0 ? [{ entry, registers: Object.fromEntries(registers) }] : [];
    });
  }
}
