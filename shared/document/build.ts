/** Makes whole board records from what a diagram says: for templates, imports and tests. */
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
  const arrow = shape('arrow', id, index, FIRST_PAGE, [0, 0], meta, {
    text: name,
    bend,
    arrowheadStart: twoWay ? 'arrow' : 'none',
  });
  return [arrow, binding(arrow, 'start', from), binding(arrow, 'end', to)];
}

function box(type: string, { id, name, box: [x, y, w, h], parent, index, meta = {} }: BoxSpec): ShapeRecord {
  return shape(type, id, index, parent?.id ?? FIRST_PAGE, [x, y], meta, { w, h, name });
}

function shape(
  type: string,
  id: string,
  index: string,
  parentId: string,
  [x, y]: readonly [number, number],
  meta: Record<string, Json>,
  props: Record<string, Json>,
): ShapeRecord {
  return {
    id: `shape:${id}`,
    typeName: 'shape',
    type,
    x,
    y,
    rotation: 0,
    index,
    parentId,
    isLocked: false,
    opacity: 1,
    props: { ...SHAPE_DEFAULTS[type], ...props },
    meta,
  };
}

function binding(arrow: ShapeRecord, terminal: 'start' | 'end', to: ShapeRecord): BindingRecord {
  return {
    id: `binding:${arrow.id.slice('shape:'.length)}-${terminal}`,
    typeName: 'binding',
    type: 'arrow',
    fromId: arrow.id,
    toId: to.id,
    props: { ...ARROW_DEFAULTS, terminal },
    meta: {},
  };
}
