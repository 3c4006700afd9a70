/** Makes whole board records from what a diagram says: for templates, imports, the HTTP API and tests. */
import type { ElementKind } from '../dfd/kinds.ts';
import type { BindingRecord, Json, ShapeRecord } from './board.ts';
import { ARROW_DEFAULTS, SHAPE_DEFAULTS } from './defaults.ts';
import { FIRST_PAGE } from './repair.ts';

interface BoxSpec {
  id: string;
  name: string;
  /** Left, top, width, height in page units, measured from the parent's corner when there is one. */
  box: readonly [x: number, y: number, w: number, h: number];
  parent?: ShapeRecord;
  index: string;
  meta?: Record<string, Json>;
}

interface FlowSpec {
  id: string;
  name: string;
  from: ShapeRecord;
  to: ShapeRecord;
  index: string;
  twoWay?: boolean;
  /** Sideways bulge of the arrow in page units. */
  bend?: number;
  meta?: Record<string, Json>;
}

export const boundary = (spec: BoxSpec): ShapeRecord => box('trust_boundary', spec);

export const element = (kind: ElementKind, spec: BoxSpec): ShapeRecord => box(kind, spec);

/** An arrow and the two bindings that hold its ends. */
export function flow(spec: FlowSpec): (ShapeRecord | BindingRecord)[] {
  const { id, name, from, to, index, twoWay, bend = 0, meta = {} } = spec;
  const arrow = {
    ...freshShape(
      `shape:${id}`,
      'arrow',
      { parentId: FIRST_PAGE, index },
      { text: name, bend, arrowheadStart: twoWay ? 'arrow' : 'none' },
    ),
    meta,
  };
  return [arrow, binding(arrow.id, 'start', from.id), binding(arrow.id, 'end', to.id)];
}

function box(type: string, { id, name, box: [x, y, w, h], parent, index, meta = {} }: BoxSpec): ShapeRecord {
  const place = { parentId: parent?.id ?? FIRST_PAGE, index };
  return { ...freshShape(`shape:${id}`, type, place, { w, h, name }), x, y, meta };
}

/** A shape at the left top of what holds it. */
export const freshShape = (
  id: string,
  type: string,
  place: Pick<ShapeRecord, 'parentId' | 'index'>,
  props: Record<string, Json>,
): ShapeRecord => ({
  id,
  typeName: 'shape',
  type,
  x: 0,
  y: 0,
  rotation: 0,
  ...place,
  isLocked: false,
  opacity: 1,
  props: { ...SHAPE_DEFAULTS[type], ...props },
  meta: {},
});

/** Holds an end of an arrow at a shape; each end of each arrow has one id for it. */
export const binding = (arrowId: string, terminal: 'start' | 'end', toId: string): BindingRecord => ({
  id: `binding:${arrowId.slice('shape:'.length)}-${terminal}`,
  typeName: 'binding',
  type: 'arrow',
  fromId: arrowId,
  toId,
  props: { ...ARROW_DEFAULTS, terminal },
  meta: {},
});
