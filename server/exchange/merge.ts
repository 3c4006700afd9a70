/**
 * Brings a file into a session: what is new is added, what the file says anew is taken over (see `facts.ts`), what the team did since
 * stays, and nothing is removed.
 */
import type * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { putEntry, readSession, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import { type Changes, changesBetween } from '#shared/formats/changes.ts';
import { IMPORTED } from '#shared/formats/foreign.ts';
import { layOut, type OnPlaced } from '#shared/formats/layout/layout.ts';
import { fromDocument, toThreat } from '#shared/formats/session.ts';
import type {
  Box,
  Diagram,
  End,
  FileThreat,
  Point,
  Skipped,
  Thing,
  ThreatModel,
} from '#shared/formats/threat-model.ts';
import { Board } from './board-of.ts';
import { type Deleted, leaveOut, note } from './deleted.ts';
import {
  boundaryFacts,
  elementFacts,
  type Facts,
  flowFacts,
  hash,
  hashesOf,
  type Mark,
  markOf,
  noteFacts,
  settle,
  threatFacts,
  unprefixed,
  withMark,
  withoutMarks,
} from './facts.ts';
import { Ledger } from './ledger.ts';
import { missingIn } from './missing.ts';
import { pagesFor } from './pages.ts';
import { inParts } from './parts.ts';
import { type Marks, writeBoard } from './write-board.ts';

export interface MergeOptions {
  /** Name of the format that the file is in. */
  format: string;
  /** Who brings it: the author of its new threats. */
  by: Author;
  /** Milliseconds since 1970. */
  at: number;
  /** Whether the file's places count also where the team moved something. */
  places: boolean;
  onPlaced?: OnPlaced | undefined;
}

export interface Merged {
  /** What was written, as Yjs updates to be applied in this order; empty when the file brought nothing new. */
  updates: Uint8Array[];
  changes: Pick<Changes, 'added' | 'changed'> & { missing: Changes['removed'] };
  /** How many things of the file are on the board as they were. */
  unchanged: number;
  skipped: Skipped[];
}

/**
 * @param doc is changed
 * @param given sound, and not laid out: what it has no place for is placed by what is on the board
 */
export async function mergeInto(doc: Y.Doc, given: ThreatModel, options: MergeOptions): Promise<Merged> {
  const { format } = options;
  const board = new Board(doc);
  const ledger = new Ledger(board, format);
  const deleted = leaveOut(given, board, ledger, format);
  const { file } = deleted;
  const merge = new Merge(board, options, deleted);
  const pages = pagesFor(file.diagrams, board, format);
  const settled = file.diagrams.map(diagram => merge.diagram(diagram));
  const all = settled.map((diagram, i) => withNeighbours(diagram, pages[i]!, board));
  const laid = (await layOut({ ...file, diagrams: all }, { keep: true, onPlaced: options.onPlaced })).model
    .diagrams;

  const updates = inParts(doc, function* () {
    yield* writeBoard(doc, board, { file, settled, laid, pages, marks: merge.marks, format });
    for (const threat of file.threats) yield writeThreat(doc, threat, board, options, deleted);
    writeScope(doc, file.scope, merge.skipped);
    note(file, ledger, id => merge.marks.has(id));
    // After all the rest: what isn't in yet when it fails half way was not deleted by anybody.
    yield ledger.write(doc);
  });

  const { added, changed } = changesBetween(board.model, fromDocument(doc));
  const things = file.diagrams.reduce(
    (sum, { elements, flows, boundaries, notes }) =>
      sum + 1 + elements.length + flows.length + boundaries.length + notes.length,
    file.threats.length,
  );
  return {
    updates,
    changes: { added: deleted.tell(added), changed, missing: missingIn(file, pages, board, format) },
    unchanged: Math.max(0, things - added.length - changed.length - merge.skipped.length),
    skipped: [...otherFile(file, pages, board, format), ...deleted.skipped, ...merge.skipped],
  };
}

/** A word where the pages were made by a file of another title: it may be another file whose ids happen to be the same. */
function otherFile(
  { title }: ThreatModel,
  pages: readonly string[],
  board: Board,
  format: string,
): Skipped[] {
  const others = pages
    .map(page => board.markOfRecord(page, format))
    .filter(mark => mark && mark.of !== hash(title));
  if (others.length === 0) return [];
  const why =
    'An earlier file here had another title. What has the same id in both is taken for the same thing.';
  return [{ what: `that it is called “${title}”`, why, where: '' }];
}

class Merge {
  readonly skipped: Skipped[] = [];
  /** What the file says of each thing, by its id. */
  readonly marks: Marks = new Map();

  constructor(
    private readonly board: Board,
    private readonly options: MergeOptions,
    private readonly deleted: Deleted,
  ) {}

  /** A diagram of the file with everything as it is to be; without places where neither the file nor the board knows one. */
  diagram({ elements, flows, boundaries, notes, ...diagram }: Diagram): Diagram {
    const { board } = this;
    return {
      ...diagram,
      elements: this.each('element', elements, board.elements, elementFacts, (element, facts) => ({
        ...thingOf(element, facts),
        kind: facts.kind as typeof element.kind,
        box: (facts.place as Box | undefined) ?? null,
        boundary: element.boundary,
      })),
      boundaries: this.each('boundary', boundaries, board.boundaries, boundaryFacts, (boundary, facts) => {
        // One that is closed stays so, whatever the file draws now.
        const known = board.boundaries.get(boundary.id) ?? boundary;
        return {
          ...thingOf(boundary, facts),
          box: known.line ? null : ((facts.place as Box | undefined) ?? null),
          line: known.line ? ((facts.line as Point[] | undefined) ?? null) : null,
          parent: boundary.parent,
        };
      }),
      flows: this.each('flow', flows, board.flows, flowFacts, (flow, facts) => ({
        ...thingOf(flow, facts),
        source: endOf(facts.source, flow.source, board.flows.get(flow.id)?.source, this.deleted),
        target: endOf(facts.target, flow.target, board.flows.get(flow.id)?.target, this.deleted),
        bidirectional: facts.bidirectional === true,
        bend: facts.bend as number,
      })),
      notes: this.each('note', notes, board.notes, noteFacts, ({ id }, facts) => ({
        id,
        text: facts.text as string,
        at: facts.place as unknown as Point,
      })),
    };
  }

  private each<T extends { id: string }>(
    kind: string,
    things: readonly T[],
    known: ReadonlyMap<string, T>,
    factsOf: (thing: T) => Facts,
    make: (thing: T, facts: Facts) => T,
  ): T[] {
    const { format, places } = this.options;
    return things.flatMap(thing => {
      if (this.board.isTaken(thing.id, known)) {
        this.skipped.push({
          what: `${kind} “${(thing as { name?: string }).name || thing.id}”`,
          why: 'the board has something of another kind under its id',
          where: '',
        });
        return [];
      }
      const said = factsOf(thing);
      this.marks.set(thing.id, hashesOf(said));
      const there = known.get(thing.id);
      if (!there) return [make(thing, said)];
      const mark = this.board.markOfRecord(`shape:${thing.id}`, format);
      return [make(thing, settle(said, factsOf(there), mark, places))];
    });
  }
}

function thingOf({ id }: Thing, facts: Facts): Thing {
  const foreign = unprefixed('foreign', facts);
  return {
    id,
    name: facts.name as string,
    description: facts.description as string,
    attributes: unprefixed('attributes', facts),
    ...(Object.keys(foreign).length > 0 && { foreign }),
  };
}

/**
 * @param settled id of the element, null for a free end, which lies where it did, or where the file says. It is free where the element
 * stays deleted, and bound again where that comes back.
 */
function endOf(settled: Json | undefined, file: End, board: End | undefined, { gone, back }: Deleted): End {
  if (typeof settled === 'string' && !gone.has(settled)) return { element: settled };
  if ('element' in file && back.has(file.element)) return file;
  if (board && 'point' in board) return board;
  if (typeof settled === 'string') return { point: null };
  return 'point' in file ? file : { point: null };
}

/** With what else lies on its page, so that what is new finds room beside it. */
function withNeighbours(diagram: Diagram, page: string, board: Board): Diagram {
  const own = new Set([...diagram.elements, ...diagram.boundaries].map(({ id }) => id));
  const there = board.model.diagrams.find(({ id }) => `page:${id}` === page);
  const others = <T extends { id: string }>(things: readonly T[] = []) =>
    things.filter(({ id }) => !own.has(id));
  return {
    ...diagram,
    elements: [...diagram.elements, ...others(there?.elements)],
    boundaries: [...diagram.boundaries, ...others(there?.boundaries)],
  };
}

/** @returns its size */
function writeThreat(
  doc: Y.Doc,
  threat: FileThreat,
  board: Board,
  { format, by, at, places }: MergeOptions,
  { gone, back }: Deleted,
): number {
  const threats = root(doc, 'threats');
  const said = threatFacts(threat);
  const mark: Mark = hashesOf(said);
  const there = board.threats.get(threat.id);
  const facts = there ? settle(said, threatFacts(there), markOf(there.foreign, format), places) : said;
  // What stays deleted is no new target, what comes back is one again.
  if (gone.has(String(facts.target)) && there?.target !== facts.target) facts.target = '';
  if (facts.target === '' && back.has(threat.target)) facts.target = threat.target;
  const marks = there?.foreign?.[IMPORTED];
  const kept = Object.fromEntries(Object.entries(facts).filter(([fact]) => !fact.includes('.')));
  const others = unprefixed('foreign', facts);
  const foreign = withMark({ ...others, ...(marks !== undefined && { [IMPORTED]: marks }) }, format, mark);
  const registers = toThreat({ ...(kept as unknown as FileThreat), id: threat.id, foreign });
  const entry = threats.get(threat.id);
  if (!entry) {
    putEntry(threats, threat.id, { ...registers, by, at });
    return JSON.stringify(registers).length;
  }
  const before = there ? toThreat({ ...there, foreign: there.foreign ?? {} }) : null;
  for (const [key, value] of Object.entries(registers) as [string, Json | undefined][]) {
    const old = before?.[key as keyof typeof before];
    if (value === undefined) entry.delete(key);
    else if (JSON.stringify(old) !== JSON.stringify(value)) entry.set(key, value);
  }
  return JSON.stringify(registers).length;
}

/** A session's own words stay. */
function writeScope(doc: Y.Doc, scope: string, skipped: Skipped[]): void {
  const session = root(doc, 'session').get(SESSION_ENTRY);
  const own = readSession(doc).scope;
  if (scope === '' || own === scope) return;
  if (own === '' && session) session.set('scope', scope);
  else skipped.push({ what: 'the scope', why: 'the session has one in its own words', where: '' });
}

/** Without what only imports need to know. */
export function withoutOwnMarks(model: ThreatModel): ThreatModel {
  const clean = <T extends { foreign?: Record<string, Json> }>({ foreign, ...rest }: T): T => {
    const kept = withoutMarks(foreign);
    return { ...rest, ...(kept && { foreign: kept }) } as T;
  };
  return clean({
    ...model,
    diagrams: model.diagrams.map(diagram => ({
      ...diagram,
      elements: diagram.elements.map(clean),
      flows: diagram.flows.map(clean),
      boundaries: diagram.boundaries.map(clean),
    })),
    threats: model.threats.map(clean),
  });
}
