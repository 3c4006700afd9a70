/** What a session's document holds, by the ids that files know things by. */
import type * as Y from 'yjs';
import { type BoardRecord, readRecords } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import type { Change } from '#shared/formats/changes.ts';
import { fromDocument, shapeId } from '#shared/formats/session.ts';
import type {
  Diagram,
  FileBoundary,
  FileElement,
  FileFlow,
  FileNote,
  FileThreat,
  Thing,
  ThreatModel,
} from '#shared/formats/threat-model.ts';
import { markOf } from './facts.ts';

export class Board {
  readonly model: ThreatModel;
  /** As they stand in the document, unrepaired. */
  readonly records: Map<string, BoardRecord>;
  readonly elements = new Map<string, FileElement>();
  readonly flows = new Map<string, FileFlow>();
  readonly boundaries = new Map<string, FileBoundary>();
  readonly notes = new Map<string, FileNote>();
  readonly threats = new Map<string, FileThreat>();
  /** Id of the page on which each thing lies. */
  readonly pages = new Map<string, string>();

  constructor(private readonly doc: Y.Doc) {
    this.model = fromDocument(doc);
    this.records = readRecords(root(doc, 'board'));
    for (const diagram of this.model.diagrams) this.add(diagram);
    for (const threat of this.model.threats) this.threats.set(threat.id, threat);
  }

  private add({ id: page, elements, flows, boundaries, notes }: Diagram): void {
    const put = <T extends { id: string }>(things: readonly T[], into: Map<string, T>) => {
      for (const thing of things) {
        into.set(thing.id, thing);
        this.pages.set(thing.id, `page:${page}`);
      }
    };
    put(elements, this.elements);
    put(flows, this.flows);
    put(boundaries, this.boundaries);
    put(notes, this.notes);
  }

  /** Whether anything stands in the document under its id, as what it may be. */
  has(kind: Change['kind'], id: string): boolean {
    return kind === 'threat' ? root(this.doc, 'threats').has(id) : root(this.doc, 'board').has(shapeId(id));
  }

  thing(id: string): Thing | undefined {
    return this.elements.get(id) ?? this.flows.get(id) ?? this.boundaries.get(id);
  }

  /** Whether a thing's id is taken by something that is no such thing. */
  isTaken(id: string, own: ReadonlyMap<string, unknown>): boolean {
    return !own.has(id) && this.records.has(shapeId(id));
  }

  /** What the last import of a format said of a record, which a note has no other place for. */
  markOfRecord(recordId: string, format: string) {
    const meta = this.records.get(recordId)?.meta as { foreign?: Record<string, never> } | undefined;
    return markOf(meta?.foreign, format);
  }
}
