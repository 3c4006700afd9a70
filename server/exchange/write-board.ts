/** Writes the diagrams of a file into the board: new records whole, of the others the registers that change. */
import type * as Y from 'yjs';
import { attributesOf } from '#shared/dfd/attributes.ts';
import {
  type BoardRecord,
  changedRegisters,
  isBinding,
  isShape,
  type Json,
  putRecord,
  type ShapeRecord,
} from '#shared/document/board.ts';
import { binding } from '#shared/document/build.ts';
import { type EntryMap, root } from '#shared/document/document.ts';
import { indexAbove } from '#shared/document/indices.ts';
import { FIRST_PAGE } from '#shared/document/repair.ts';
import { shapeId, toRecords } from '#shared/formats/session.ts';
import type { Diagram, End, FileFlow, Thing, ThreatModel } from '#shared/formats/threat-model.ts';
import type { Board } from './board-of.ts';
import { hash, type Mark, settle, withMark, withoutMarks } from './facts.ts';

/** What the file says of each thing, by its id. */
export type Marks = Map<string, Mark>;

export interface BoardPlan {
  file: ThreatModel;
  /** Its diagrams as they are to be. */
  settled: readonly Diagram[];
  /** The same with every place known, and with what else lies on their pages. */
  laid: readonly Diagram[];
  /** Page ids of the diagrams. */
  pages: readonly string[];
  marks: Marks;
  format: string;
}

/** @returns how much it wrote, in characters, record by record */
export function* writeBoard(doc: Y.Doc, board: Board, plan: BoardPlan): Generator<number> {
  const entries = root(doc, 'board');
  const indices = new Indices(board);
  const { file, settled, laid, pages, marks, format } = plan;
  writeForeign(entries, board, file);
  for (const [n, diagram] of settled.entries()) {
    const page = pages[n]!;
    writePage(entries, board, page, file.diagrams[n]!, plan, indices);
    const places = laid[n]!;
    const own = new Set(
      [...diagram.elements, ...diagram.boundaries, ...diagram.flows, ...diagram.notes].map(({ id }) =>
        shapeId(id),
      ),
    );
    const flows = new Map(places.flows.map(flow => [shapeId(flow.id), flow]));
    const texts = new Set(
      diagram.notes.filter(({ id, text }) => board.notes.get(id)?.text !== text).map(({ id }) => shapeId(id)),
    );
    const moved = new Moved(board, places);
    for (const record of toRecords({ ...file, foreign: undefined, diagrams: [places] } as ThreatModel)) {
      if (isBinding(record) && own.has(record.fromId) && !board.records.has(record.fromId))
        putRecord(entries, record);
      if (!isShape(record) || !own.has(record.id)) continue;
      yield JSON.stringify(record).length;
      const parentId = record.parentId === FIRST_PAGE ? page : record.parentId;
      const there = board.records.get(record.id);
      const id = record.id.slice('shape:'.length);
      const mark = marks.get(id)!;
      if (!there || !isShape(there)) {
        const index = indices.next(parentId);
        putRecord(entries, { ...record, parentId, index, meta: marked(record.meta, {}, format, mark) });
        continue;
      }
      const after = updated(there, record, board.thing(id), moved.has(record.id) ? parentId : null);
      after.meta = marked(after.meta, there.meta, format, mark);
      // A person may have given a note a form that its plain words say nothing of.
      if (texts.has(record.id)) after.props.richText = record.props.richText;
      const flow = flows.get(record.id);
      if (flow) writeEnds(entries, board, there, after, flow);
      writeChanges(entries, there, after);
    }
  }
}

/** @param parentId where it lies from now on, at the new record's place; null to leave it where it is */
function updated(
  before: ShapeRecord,
  record: ShapeRecord,
  known: Pick<Thing, 'name' | 'description'> | undefined,
  parentId: string | null,
): ShapeRecord {
  const props: ShapeRecord['props'] = { ...before.props };
  for (const key of ['name', 'text', 'points']) {
    if (record.props[key] !== undefined && (key !== 'points' || parentId !== null))
      props[key] = record.props[key];
  }
  // What is read of it may be tidier than what stands there, which is no change.
  if (known) {
    for (const key of ['name', 'text']) if (record.props[key] === known.name) props[key] = before.props[key];
  }
  const after: ShapeRecord = { ...before, props, meta: metaOf(before, record) };
  if (known && (record.meta.description ?? '') === known.description) {
    if (before.meta.description === undefined) delete after.meta.description;
    else after.meta.description = before.meta.description;
  }
  if (record.type !== 'arrow' && record.type !== 'text' && record.type !== 'boundary_line')
    after.type = record.type;
  if (record.type === 'arrow') return after;
  if (parentId === null) return after;
  const { w, h } = record.props;
  if (w !== undefined) Object.assign(props, { w, h });
  return { ...after, x: record.x, y: record.y, rotation: 0, parentId };
}

/** Answers, the description and what other formats say; what else stands in meta is not the file's. */
function metaOf(before: ShapeRecord, record: ShapeRecord): ShapeRecord['meta'] {
  const kind =
    record.type === 'arrow' ? 'data_flow' : record.type === 'boundary_line' ? 'trust_boundary' : record.type;
  const meta = { ...before.meta };
  if (record.type === 'text') return meta;
  for (const key of ['description', ...attributesOf(kind as 'process').map(({ key }) => key)]) {
    if (record.meta[key] !== undefined) meta[key] = record.meta[key];
    // An answer of unknown says as much as none.
    else if (meta[key] !== 'unknown') delete meta[key];
  }
  return { ...meta, foreign: record.meta.foreign };
}

type Foreign = Record<string, Json>;

function marked(
  meta: ShapeRecord['meta'],
  old: ShapeRecord['meta'],
  format: string,
  mark: Mark,
): ShapeRecord['meta'] {
  const { imported } = (old.foreign ?? {}) as { imported?: Json };
  const foreign = withMark(
    { ...(meta.foreign as Foreign), ...(imported !== undefined && { imported }) },
    format,
    mark,
  );
  return { ...meta, foreign };
}

function writeChanges(entries: EntryMap, before: BoardRecord, after: BoardRecord): void {
  const entry = entries.get(before.id);
  if (!entry) return;
  for (const [key, value] of changedRegisters(before, after)) {
    if (value === undefined) entry.delete(key);
    else if (canonical(value) !== canonical(entry.get(key))) entry.set(key, value);
  }
}

/** The order of keys is no difference. */
const canonical = (value: Json | undefined): string | undefined =>
  JSON.stringify(value, (_, each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** Binds the ends of an arrow that is there anew where they are to be elsewhere; a flow may be an arrow drawn backwards. */
function writeEnds(
  entries: EntryMap,
  board: Board,
  before: ShapeRecord,
  after: ShapeRecord,
  flow: FileFlow,
): void {
  const now = board.flows.get(flow.id);
  if (!now) return;
  const backwards = before.props.arrowheadStart === 'arrow' && before.props.arrowheadEnd !== 'arrow';
  const [start, end] = backwards ? (['end', 'start'] as const) : (['start', 'end'] as const);
  const write = (terminal: 'start' | 'end', to: End, from: End) => {
    if (sameEnd(to, from)) return;
    for (const record of board.records.values()) {
      if (isBinding(record) && record.fromId === before.id && record.props.terminal === terminal)
        entries.delete(record.id);
    }
    if ('element' in to) putRecord(entries, binding(before.id, terminal, shapeId(to.element)));
    else if (to.point) after.props[terminal] = { x: to.point[0] - before.x, y: to.point[1] - before.y };
  };
  write(start, flow.source, now.source);
  write(end, flow.target, now.target);
  if (flow.bidirectional !== now.bidirectional) {
    after.props.arrowheadStart = flow.bidirectional || backwards ? 'arrow' : 'none';
    after.props.arrowheadEnd = flow.bidirectional || !backwards ? 'arrow' : 'none';
  }
  if (flow.bend !== now.bend) after.props.bend = backwards ? flow.bend : -flow.bend;
}

const sameEnd = (a: End, b: End): boolean =>
  'element' in a ? 'element' in b && a.element === b.element : 'point' in b;

function writePage(
  entries: EntryMap,
  board: Board,
  page: string,
  diagram: Diagram,
  { file, format }: BoardPlan,
  indices: Indices,
): void {
  const there = board.records.get(page);
  const mark: Mark = { id: hash(diagram.id), of: hash(file.title), title: hash(diagram.title) };
  const meta = (there?.meta ?? {}) as { foreign?: Foreign };
  const old = there ? board.markOfRecord(page, format) : null;
  const name = settle(
    { title: diagram.title },
    { title: String(there?.name ?? '') },
    old && { title: old.title! },
    false,
  );
  const record = {
    ...{ id: page, typeName: 'page', index: there?.index ?? indices.next('') },
    name: String(name.title ?? '') || 'Diagram',
    meta: { ...meta, foreign: withMark(meta.foreign, format, mark) },
  };
  if (there) writeChanges(entries, there, { ...there, ...record });
  else putRecord(entries, record);
}

function writeForeign(entries: EntryMap, board: Board, { foreign }: ThreatModel): void {
  if (!foreign) return;
  const id = 'document:document';
  const there = board.records.get(id) ?? { id, typeName: 'document', name: '', gridSize: 10 };
  const meta = (there.meta ?? {}) as { foreign?: Foreign };
  const after = { ...there, meta: { ...meta, foreign: { ...meta.foreign, ...withoutMarks(foreign) } } };
  if (board.records.has(id)) writeChanges(entries, there, after);
  else putRecord(entries, after);
}

/** Shapes whose place changes: their own box, or that of a boundary around them, which would take them along. */
class Moved {
  private readonly ids = new Set<string>();

  constructor(board: Board, { elements, boundaries, notes }: Diagram) {
    const changed = (id: string, now: unknown, before: unknown) => {
      if (JSON.stringify(now) !== JSON.stringify(before)) this.ids.add(shapeId(id));
    };
    for (const { id, box } of elements) changed(id, box, board.elements.get(id)?.box);
    for (const { id, box, line } of boundaries) {
      const before = board.boundaries.get(id);
      changed(id, box ?? line, before && (before.box ?? before.line));
    }
    for (const { id, at } of notes) changed(id, at, board.notes.get(id)?.at);
    for (const record of board.records.values()) {
      if (!isShape(record)) continue;
      const seen = new Set<string>();
      for (
        let at: BoardRecord | undefined = record;
        at && isShape(at) && !seen.has(at.id);
        at = board.records.get(at.parentId)
      ) {
        seen.add(at.id);
        if (!this.ids.has(at.parentId)) continue;
        this.ids.add(record.id);
        break;
      }
    }
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }
}

/** The order keys of what is added: over everything that its parent holds. */
class Indices {
  private readonly last = new Map<string, string>();

  constructor(board: Board) {
    for (const record of board.records.values()) {
      const parent = isShape(record) ? record.parentId : record.typeName === 'page' ? '' : null;
      if (parent === null || typeof record.index !== 'string') continue;
      if (record.index > (this.last.get(parent) ?? '')) this.last.set(parent, record.index);
    }
  }

  /** @param parent of the new record; empty for a page */
  next(parent: string): string {
    const index = indexAbove(this.last.get(parent));
    this.last.set(parent, index);
    return index;
  }
}
