/** The board's records, repaired, kept up with its changes: what {@link repair} says of one shape or arrow, without reading all. */
import { type BindingRecord, type BoardRecord, isBinding, isShape, type ShapeRecord } from './board.ts';
import { Groups } from './groups.ts';
import { type ArrowEnds, FIRST_PAGE, firstPage, isPage, soundBindings, straysOf } from './repair.ts';

/** Entries of the board by id, as they are now; null for what is gone or can't be read. */
export type BoardChanges = ReadonlyMap<string, BoardRecord | null>;

export interface Touched {
  /** Shapes whose place on the page may be new, by id: what changed and all that it holds; undefined for those that are gone. */
  shapes: Map<string, ShapeRecord | undefined>;
  /** Arrows whose ends may be bound anew. */
  arrows: Set<string>;
}

export class LiveBoard {
  private readonly records = new Map<string, BoardRecord>();
  private readonly pages = new Map<string, BoardRecord>();
  /** The page that strays lie on. */
  private first = FIRST_PAGE;
  /** Shapes that repair puts on the first page. */
  private readonly strays = new Set<string>();
  private readonly children = new Groups<string>();
  private readonly bindingsOfArrow = new Groups<BindingRecord>();
  private readonly bindingsToShape = new Groups<BindingRecord>();

  update(changes: BoardChanges): Touched {
    const touched: Touched = { shapes: new Map(), arrows: new Set() };
    const { shapes } = touched;
    for (const [id, after] of changes) this.put(id, after, touched);
    this.settlePages(changes, shapes);
    // A map takes what is added while it is walked: all descendants, a cycle once around.
    for (const id of shapes.keys()) {
      for (const child of this.children.of(id)) if (!shapes.has(child)) shapes.set(child, this.shape(child));
    }
    // Whether a shape is a stray depends on what is above it: nothing but `shapes` may have become or ceased to be one.
    const moved: ShapeRecord[] = [];
    for (const [id, shape] of shapes) {
      this.strays.delete(id);
      if (shape) moved.push(shape);
    }
    for (const { id } of straysOf(moved, this.records)) this.strays.add(id);
    return touched;
  }

  shape(id: string): ShapeRecord | undefined {
    const record = this.records.get(id);
    return record && isShape(record) ? record : undefined;
  }

  /** The board's pages as they are stored: none when all of them were deleted. */
  allPages(): Iterable<BoardRecord> {
    return this.pages.values();
  }

  /** Id of the page of a shape that no other holds. */
  readonly pageOf = ({ id, parentId }: ShapeRecord): string => (this.strays.has(id) ? this.first : parentId);

  /** The shape that holds another; undefined when it lies on the page. */
  readonly parentOf = ({ id, parentId }: ShapeRecord): ShapeRecord | undefined =>
    this.strays.has(id) ? undefined : this.shape(parentId);

  /** Arrows with a binding to a shape, sound or not. */
  arrowsAt(shape: string): Set<string> {
    const arrows = new Set<string>();
    for (const { fromId } of this.bindingsToShape.of(shape)) arrows.add(fromId);
    return arrows;
  }

  endsOf(arrow: string): ArrowEnds {
    return soundBindings(this.bindingsOfArrow.of(arrow), this.records);
  }

  /** What lies on a page that came or went, and all strays when the first page is another one. */
  private settlePages(changes: BoardChanges, shapes: Touched['shapes']): void {
    let changed = false;
    for (const [id, after] of changes) {
      const before = this.pages.get(id);
      const page = after && isPage(after) ? after : undefined;
      if (before === page) continue;
      changed = true;
      if (page) this.pages.set(id, page);
      else this.pages.delete(id);
      if (before && page) continue;
      for (const child of this.children.of(id)) shapes.set(child, this.shape(child));
    }
    if (!changed) return;
    const first = firstPage(this.pages.values()).id;
    if (first !== this.first) for (const id of this.strays) shapes.set(id, this.shape(id));
    this.first = first;
  }

  private put(id: string, after: BoardRecord | null, touched: Touched): void {
    const before = this.records.get(id);
    if (before) this.unlink(before, touched);
    if (after) this.records.set(id, after);
    else this.records.delete(id);
    if (after) this.link(after, touched);
    // An arrow may be bound to what is a shape, and bound from what is an arrow.
    if (before?.type === after?.type) return;
    for (const { fromId } of this.bindingsToShape.of(id)) touched.arrows.add(fromId);
  }

  private link(record: BoardRecord, touched: Touched): void {
    if (isShape(record)) {
      this.children.add(record.parentId, record.id);
      touched.shapes.set(record.id, record);
    } else if (isBinding(record)) {
      this.bindingsOfArrow.add(record.fromId, record);
      this.bindingsToShape.add(record.toId, record);
      touched.arrows.add(record.fromId);
    }
  }

  private unlink(record: BoardRecord, touched: Touched): void {
    if (isShape(record)) {
      this.children.delete(record.parentId, record.id);
      touched.shapes.set(record.id, undefined);
    } else if (isBinding(record)) {
      this.bindingsOfArrow.delete(record.fromId, record);
      this.bindingsToShape.delete(record.toId, record);
      touched.arrows.add(record.fromId);
    }
  }
}
