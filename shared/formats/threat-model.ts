/**
 * A threat model as files exchange it: what every reader makes and every writer takes. Formats are written against this, never
 * against the board; `session.ts` goes between the two.
 */
import type { ElementKind } from '../dfd/kinds.ts';
import type { Json } from '../document/board.ts';
import type { Severity, ThreatStatus } from '../document/threats.ts';
import type { Letter } from '../stride/letters.ts';

export type Point = readonly [x: number, y: number];

/** Left, top, width and height on the page, in its units (about a pixel), y down. */
export type Box = readonly [x: number, y: number, w: number, h: number];

/** What elements, flows and boundaries have in common. */
export interface Thing {
  /** The file's own id, unique in the file (see `ids.ts`): the same thing keeps it in a newer file, and the board takes it over. */
  id: string;
  name: string;
  description: string;
  /** Answers in the vocabulary of `dfd/attributes.ts`, the unanswered left out. */
  attributes: Record<string, string | string[]>;
  /** What only its own format can say, by the format's name: kept, and written back to that format. Small, and plain JSON. */
  foreign?: Record<string, Json>;
}

export interface FileElement extends Thing {
  kind: ElementKind;
  /** null when the file says nothing of its place; then all of the diagram is laid out. */
  box: Box | null;
  /** Id of the innermost boundary that it belongs to by the file's word; needed where there are no boxes. */
  boundary: string | null;
}

export interface FileBoundary extends Thing {
  /** A closed box; null when the file says nothing of its place. */
  box: Box | null;
  /** An open boundary instead: the points of its line, at least two, a curve sampled finely. Then there is no box. */
  line: Point[] | null;
  /** Id of the boundary around it by the file's word. */
  parent: string | null;
}

/** Where a flow ends: at an element by its id, or freely at a point of the page (null when the file says nothing of its place). */
export type End = { element: string } | { point: Point | null };

export interface FileFlow extends Thing {
  source: End;
  target: End;
  bidirectional: boolean;
  /** How far its middle is off the straight line, in page units, to the left seen from its source; 0 for a straight one. */
  bend: number;
}

/** A text that lies on a page and belongs to nothing. */
export interface FileNote {
  id: string;
  text: string;
  at: Point;
}

/** One page. */
export interface Diagram {
  id: string;
  title: string;
  elements: FileElement[];
  flows: FileFlow[];
  boundaries: FileBoundary[];
  notes: FileNote[];
}

export interface FileThreat {
  /** The file's own id, unique in the file; made of what stays the same in a newer file where the format has none. */
  id: string;
  title: string;
  description: string;
  /** Ordered as in `LETTERS`; empty when its category is none of the six. */
  stride: Letter[];
  /** The category in the file's words where that says more than the letters; else empty. */
  category: string;
  /** Id of the element, flow or boundary that it is on; empty for the whole system. */
  target: string;
  status: ThreatStatus;
  severity: Severity | null;
  /** Why it has this status. */
  justification: string;
  mitigation: string;
  /** The team's own words to find it by; absent where there are none, as the next two. */
  tags?: string[];
  /** Who takes care of it. */
  owner?: string;
  /** Id of the threat that it was merged into. */
  into?: string;
  /** Of the name that people say aloud, T7; absent until a session numbers it, and no fact of a file. */
  number?: number;
  foreign?: Record<string, Json>;
}

export interface ThreatModel {
  title: string;
  /** What it is about: scope and assumptions. */
  scope: string;
  diagrams: Diagram[];
  threats: FileThreat[];
  /** What only its own format can say of the whole, by the format's name. */
  foreign?: Record<string, Json>;
}

/** Something that could not be represented on the way in or out, and where it stands. */
export interface Skipped {
  /** The thing, in words: `threat "Replay"`. */
  what: string;
  why: string;
  /** Its place in the file: a JSON path (`threats[3].risk`), an element of XML, a line. Empty on the way out. */
  where: string;
}

export interface Reading {
  model: ThreatModel;
  skipped: Skipped[];
}

export interface Written {
  content: string | Uint8Array<ArrayBuffer>;
  skipped: Skipped[];
}

/** A file that can't be read, and why, in words for the person who brought it; `where` as in {@link Skipped}. */
export class FormatError extends Error {
  override name = 'FormatError';
  constructor(
    message: string,
    readonly where = '',
  ) {
    super(message);
  }
}
