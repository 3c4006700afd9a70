/** What the board may hold, as tldraw validates it: the four box symbols of a DFD, open boundaries and five of tldraw's own shapes. */
import {
  arrowShapeMigrations,
  arrowShapeProps,
  createTLSchema,
  drawShapeMigrations,
  drawShapeProps,
  groupShapeMigrations,
  groupShapeProps,
  noteShapeMigrations,
  noteShapeProps,
  T,
  type TLBaseShape,
  type TLRecord,
  textShapeMigrations,
  textShapeProps,
} from 'tldraw';
import { ELEMENT_KINDS, type ElementKind } from '#shared/dfd/kinds.ts';
import { type BoardRecord, isShape, type Json } from '#shared/document/board.ts';
import { readLinePoints } from '#shared/document/line-points.ts';

export const BOX_KINDS = [...ELEMENT_KINDS, 'trust_boundary'] as const;

export type BoxKind = (typeof BOX_KINDS)[number];

export type BoxProps = { w: number; h: number; name: string };
export type ElementShape = TLBaseShape<ElementKind, BoxProps>;
export type BoundaryShape = TLBaseShape<'trust_boundary', BoxProps>;
export type BoxShape = ElementShape | BoundaryShape;

/** At least two points in the line's own space. */
export type LineProps = { points: [x: number, y: number][]; name: string };
export type LineShape = TLBaseShape<'boundary_line', LineProps>;

/** What carries its name in a field of its own. */
export type NamedShape = BoxShape | LineShape;

export const boxProps = { w: T.nonZeroNumber, h: T.nonZeroNumber, name: T.string };

export const lineProps = {
  points: T.jsonValue.refine(value => {
    const points = readLinePoints(value as Json);
    if (!points) throw new Error('not the points of a line');
    return points;
  }),
  name: T.string,
};

/** A schema without an editor around it: for tests and for whatever runs without a browser. */
export function createBoardSchema() {
  return createTLSchema({
    shapes: {
      ...Object.fromEntries(BOX_KINDS.map(kind => [kind, { props: boxProps }])),
      boundary_line: { props: lineProps },
      arrow: { props: arrowShapeProps, migrations: arrowShapeMigrations },
      note: { props: noteShapeProps, migrations: noteShapeMigrations },
      text: { props: textShapeProps, migrations: textShapeMigrations },
      draw: { props: drawShapeProps, migrations: drawShapeMigrations },
      group: { props: groupShapeProps, migrations: groupShapeMigrations },
    },
  });
}

export type BoardSchema = ReturnType<typeof createBoardSchema>;

const SYNCED = ['shape', 'binding', 'page', 'document'] as const;

/**
 * Whether tldraw can show a record of the document. Session records (camera, selection) are refused whatever they hold:
 * a forged one would take over somebody's screen.
 */
export function isShowable(schema: BoardSchema, id: string, record: BoardRecord): boolean {
  if (record.id !== id || !id.startsWith(`${record.typeName}:`)) return false;
  const typeName = SYNCED.find(name => name === record.typeName);
  if (!typeName) return false;
  try {
    schema.types[typeName].validate(record as unknown as TLRecord);
  } catch {
    return false;
  }
  return !isShape(record) || record.type !== 'draw' || hasInk(record.props.segments);
}

/** tldraw's drawing code takes the first point of a stroke for granted. */
const hasInk = (segments: unknown): boolean =>
  Array.isArray(segments) && segments.length > 0 && segments.every(segment => segment.points.length > 0);
