/** What a shape says of itself, wherever it lies. */
import type { BindingRecord, ShapeRecord } from '../document/board.ts';
import { readAttributes } from './attributes.ts';
import { MIDDLE, type Point } from './geometry.ts';
import type { Kind } from './kinds.ts';

export function describe(shape: ShapeRecord, kind: Kind) {
  const name = kind === 'data_flow' ? shape.props.text : shape.props.name;
  return {
    id: shape.id,
    name: text(name),
    description: text(shape.meta.description),
    attributes: readAttributes(kind, shape.meta),
  };
}

/** Where data goes on an arrow: from its start to its end, back, or both ways. A dot marks the initiating side, no direction. */
export function directionOf(arrow: ShapeRecord): { backwards: boolean; bidirectional: boolean } {
  const [start, end] = [hasHead(arrow.props.arrowheadStart), hasHead(arrow.props.arrowheadEnd)];
  return { backwards: start && !end, bidirectional: start && end };
}

/** An arrow's own point for one of its ends, in its own space: where that end lies while it is bound to no element. */
export function freePoint(arrow: ShapeRecord, terminal: 'start' | 'end'): Point {
  const { x, y } = (arrow.props[terminal] ?? {}) as { x?: unknown; y?: unknown };
  return [number(x), number(y)];
}

/** How far the middle of an arrow lies off the straight line, to the right seen from its start. */
export const bendOf = ({ props }: ShapeRecord): number => number(props.bend);

/**
 * The point of an element that an arrow's end aims at, in shares of its width and height.
 * @param precise whether the arrow aims where it was drawn to, whatever its binding says
 */
export function anchorOf({ props }: BindingRecord, precise: boolean): Point {
  if (!precise && props.isPrecise !== true) return MIDDLE;
  const { x, y } = (props.normalizedAnchor ?? {}) as { x?: unknown; y?: unknown };
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : MIDDLE;
}

const hasHead = (head: unknown): boolean => head !== 'none' && head !== 'dot' && head !== undefined;
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
