/**
 * Reads the model from the board: a pure function of repaired records. Membership is geometric (an element belongs to
 * every boundary that holds its centre); parenting on the board only makes contents move along.
 */
import {
  type BindingRecord,
  type BoardRecord,
  isBinding,
  isShape,
  type ShapeRecord,
} from '../document/board.ts';
import { repair } from '../document/repair.ts';
import { readAttributes } from './attributes.ts';
import { findingsOf } from './findings.ts';
import { area, centre, contains, corners, type Point, toPage } from './geometry.ts';
import { type ElementKind, isElementKind, type Kind } from './kinds.ts';
import type { Boundary, Element, Flow, Model } from './model.ts';

type Records = ReadonlyMap<string, BoardRecord>;

/** A boundary with its outline on the page. */
interface Outline {
  shape: ShapeRecord;
  polygon: Point[];
  area: number;
}

export function readModel(unrepaired: Records): Model {
  const records = repair(unrepaired);
  const shapes = [...records.values()].filter(isShape).sort((a, b) => (a.id < b.id ? -1 : 1));
  const outlines = shapes
    .filter(({ type }) => type === 'trust_boundary')
    .map(shape => ({ shape, polygon: corners(shape, records), area: area(shape) }))
    .sort((a, b) => b.area - a.area || (a.shape.id < b.shape.id ? -1 : 1));

  const elements = shapes
    .filter(({ type }) => isElementKind(type))
    .map(shape => readElement(shape, outlines, records));
  const ends = bindingsByArrow(records);
  const flows = shapes
    .filter(({ type }) => type === 'arrow')
    .map(shape => readFlow(shape, ends.get(shape.id) ?? {}, outlines, records));
  const boundaries = outlines.map(outline => readBoundary(outline, outlines, elements, records));

  const model = { elements, flows, boundaries };
  return { ...model, findings: findingsOf(model, straddlers(shapes, outlines, records)) };
}

function readElement(shape: ShapeRecord, outlines: Outline[], records: Records): Element {
  const kind = shape.type as ElementKind;
  return { ...describe(shape, kind), kind, boundaries: around(centre(shape, records), outlines) };
}

function readFlow(shape: ShapeRecord, ends: ArrowEnds, outlines: Outline[], records: Records): Flow {
  const start = readEnd(shape, 'start', ends.start, records);
  const end = readEnd(shape, 'end', ends.end, records);
  const backwards = hasHead(shape, 'Start') && !hasHead(shape, 'End');
  const [from, to] = backwards ? [end, start] : [start, end];
  const left = around(from.at, outlines);
  const entered = around(to.at, outlines);
  return {
    ...describe(shape, 'data_flow'),
    source: from.element,
    target: to.element,
    bidirectional: hasHead(shape, 'Start') && hasHead(shape, 'End'),
    crosses: [
      ...left.filter(id => !entered.includes(id)).reverse(),
      ...entered.filter(id => !left.includes(id)),
    ],
  };
}

function readBoundary(
  outline: Outline,
  outlines: Outline[],
  elements: Element[],
  records: Records,
): Boundary {
  const { shape } = outline;
  const larger = outlines.slice(0, outlines.indexOf(outline));
  return {
    ...describe(shape, 'trust_boundary'),
    parent: around(centre(shape, records), larger).at(-1) ?? null,
    contains: elements.filter(({ boundaries }) => boundaries.at(-1) === shape.id).map(({ id }) => id),
  };
}

function describe(shape: ShapeRecord, kind: Kind) {
  const name = kind === 'data_flow' ? shape.props.text : shape.props.name;
  return {
    id: shape.id,
    name: text(name),
    description: text(shape.meta.description),
    attributes: readAttributes(kind, shape.meta),
  };
}

/** Ids of the outlines that hold the point, largest first as `outlines` is. */
const around = (point: Point, outlines: Outline[]): string[] =>
  outlines.filter(({ polygon }) => contains(polygon, point)).map(({ shape }) => shape.id);

type ArrowEnds = { start?: BindingRecord; end?: BindingRecord };

function bindingsByArrow(records: Records): Map<string, ArrowEnds> {
  const ends = new Map<string, ArrowEnds>();
  for (const binding of records.values()) {
    if (!isBinding(binding) || binding.type !== 'arrow') continue;
    const terminal = binding.props.terminal === 'start' ? 'start' : 'end';
    ends.set(binding.fromId, { ...ends.get(binding.fromId), [terminal]: binding });
  }
  return ends;
}

/** Where an arrow ends: at the centre of the element it is bound to, else at its own free point. */
function readEnd(
  arrow: ShapeRecord,
  terminal: 'start' | 'end',
  binding: BindingRecord | undefined,
  records: Records,
): { element: string | null; at: Point } {
  const bound = binding && records.get(binding.toId);
  if (bound && isShape(bound) && isElementKind(bound.type)) {
    return { element: bound.id, at: centre(bound, records) };
  }
  const { x, y } = (arrow.props[terminal] ?? {}) as { x?: unknown; y?: unknown };
  return { element: null, at: toPage(arrow, [number(x), number(y)], records) };
}

/** A dot marks the initiating side, not the direction in which data goes. */
function hasHead(arrow: ShapeRecord, end: 'Start' | 'End'): boolean {
  const head = arrow.props[`arrowhead${end}`];
  return head !== 'none' && head !== 'dot' && head !== undefined;
}

/** Elements with corners on both sides of a boundary. */
function straddlers(shapes: ShapeRecord[], outlines: Outline[], records: Records): string[] {
  return shapes
    .filter(({ type }) => isElementKind(type))
    .filter(shape => {
      const points = corners(shape, records);
      return outlines.some(({ polygon }) => {
        const inside = points.filter(point => contains(polygon, point)).length;
        return inside > 0 && inside < points.length;
      });
    })
    .map(({ id }) => id);
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
