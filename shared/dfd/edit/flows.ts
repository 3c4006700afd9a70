/** Makes, changes and removes data flows: arrows, and the bindings that hold their ends. */

import type { BindingRecord, Json, ShapeRecord } from '../../document/board.ts';
import { binding, freshShape } from '../../document/build.ts';
import { directionOf, freePoint } from '../describe.ts';
import type { Point } from '../geometry.ts';
import { isElementKind } from '../kinds.ts';
import type { Draft } from './draft.ts';
import { topIndex } from './holders.ts';
import { EditRefused } from './refusal.ts';
import { boxOf, centreOf, round, toPage, toSpace } from './space.ts';
import { type Words, withWords } from './words.ts';

type Terminal = 'start' | 'end';

export interface FlowEnds {
  /** Ids of the elements at the ends, null for a free one. */
  source?: string | null | undefined;
  target?: string | null | undefined;
  /** Where a free end lies, in page units. */
  sourceAt?: Point | undefined;
  targetAt?: Point | undefined;
}

export interface FlowChange extends Words, FlowEnds {
  bidirectional?: boolean | undefined;
  /** Sideways bulge in page units, seen from its source. */
  bend?: number | undefined;
}

/** @throws {EditRefused} */
export function addFlow(
  draft: Draft,
  id: string,
  { page, ...given }: FlowChange & { page?: string | undefined },
): void {
  const [source, target] = [elementOf(draft, given.source), elementOf(draft, given.target)];
  const held = source ?? target;
  const parentId = held ? draft.pageOf(held) : (page ?? draft.pages()[0]!.id);
  if (page && page !== parentId) throw new EditRefused('Its elements are on another page.');
  if (!draft.pages().some(each => each.id === parentId))
    throw new EditRefused(`There is no page ${parentId}.`);
  for (const [end, element, at] of [
    ['source', source, given.sourceAt],
    ['target', target, given.targetAt],
  ] as const) {
    if (!element && !at) throw new EditRefused(`${end} is missing: an element, or ${end}At for a free end.`);
  }
  draft.put(freshShape(id, 'arrow', { parentId, index: topIndex(draft, parentId) }, {}));
  changeFlow(draft, id, given);
}

/** @throws {EditRefused} */
export function changeFlow(draft: Draft, id: string, change: FlowChange): void {
  const { bidirectional, bend } = change;
  draft.put(withWords(draft.shape(id)!, 'data_flow', change));
  const redrawn = [bidirectional, bend, change.source, change.target, change.sourceAt, change.targetAt];
  if (redrawn.every(value => value === undefined)) return;
  turnForward(draft, id);
  if (bidirectional !== undefined) {
    setProps(draft, id, { arrowheadStart: bidirectional ? 'arrow' : 'none', arrowheadEnd: 'arrow' });
  }
  if (bend !== undefined) setProps(draft, id, { bend });
  setEnd(draft, id, 'start', change.source, change.sourceAt);
  setEnd(draft, id, 'end', change.target, change.targetAt);
  if (Object.keys(boundEnds(draft, id)).length === 2) return;
  const arrow = draft.shape(id)!;
  const [[x1, y1], [x2, y2]] = [freePoint(arrow, 'start'), freePoint(arrow, 'end')];
  // tldraw draws no arrow of no length.
  if (x1 === x2 && y1 === y2) setProps(draft, id, { end: { x: x2 + 2, y: y2 } });
}

export function removeFlow(draft: Draft, id: string): void {
  for (const binding of draft.bindings()) {
    if (binding.fromId === id || binding.toId === id) draft.delete(binding.id);
  }
  draft.delete(id);
}

/** Frees the ends of the flows at an element: they stay at its edge, where they were. */
export function freeEnds(draft: Draft, element: ShapeRecord): void {
  for (const binding of draft.bindings()) {
    if (binding.toId !== element.id) continue;
    const terminal = binding.props.terminal as Terminal;
    const other = boundEnds(draft, binding.fromId)[terminal === 'start' ? 'end' : 'start'];
    const arrow = draft.shape(binding.fromId)!;
    const far = other
      ? centreOf(draft, draft.shape(other.toId)!)
      : toPage(draft, arrow.id, freePoint(arrow, terminal === 'start' ? 'end' : 'start'));
    draft.delete(binding.id);
    setPoint(draft, arrow.id, terminal, atEdge(draft, element, far));
  }
}

/** Where the line from an element's centre to a point leaves its box. */
function atEdge(draft: Draft, element: ShapeRecord, [toX, toY]: Point): Point {
  const [x, y] = centreOf(draft, element);
  const [, , w, h] = boxOf(draft, element);
  const [dx, dy] = [toX - x, toY - y];
  const part = Math.min(dx === 0 ? 1 : w / 2 / Math.abs(dx), dy === 0 ? 1 : h / 2 / Math.abs(dy), 1);
  return [x + dx * part, y + dy * part];
}

/** Makes an arrow that was drawn against its direction start at its source. */
function turnForward(draft: Draft, id: string): void {
  const arrow = draft.shape(id)!;
  if (!directionOf(arrow).backwards) return;
  const { start, end, bend } = arrow.props;
  const bound = boundEnds(draft, id);
  setProps(draft, id, {
    start: end!,
    end: start!,
    bend: typeof bend === 'number' ? -bend || 0 : 0,
    arrowheadStart: 'none',
    arrowheadEnd: 'arrow',
  });
  for (const [terminal, binding] of Object.entries(bound)) {
    const turned = terminal === 'start' ? 'end' : 'start';
    draft.put({ ...binding, props: { ...binding.props, terminal: turned } });
  }
}

function setEnd(
  draft: Draft,
  id: string,
  terminal: Terminal,
  elementId: string | null | undefined,
  at: Point | undefined,
): void {
  const bound = boundEnds(draft, id)[terminal];
  if (elementId) {
    if (at) throw new EditRefused('An end is at an element or at a point, not both.');
    bind(draft, id, terminal, elementOf(draft, elementId)!, bound);
    return;
  }
  const freed = bound && (elementId === null || at);
  if (freed) {
    const end = draft.shape(bound.toId);
    draft.delete(bound.id);
    if (end && !at) setPoint(draft, id, terminal, centreOf(draft, end));
  }
  if (at) setPoint(draft, id, terminal, at);
}

function bind(draft: Draft, id: string, terminal: Terminal, to: ShapeRecord, bound?: BindingRecord): void {
  if (bound?.toId === to.id) return;
  if (draft.pageOf(draft.shape(id)!) !== draft.pageOf(to))
    throw new EditRefused(`${to.id} is on another page.`);
  if (bound) draft.delete(bound.id);
  draft.put(binding(id, terminal, to.id));
}

function boundEnds(draft: Draft, id: string): Partial<Record<Terminal, BindingRecord>> {
  const bound = draft.bindings().filter(({ fromId }) => fromId === id);
  return Object.fromEntries(bound.map(binding => [binding.props.terminal, binding]));
}

function elementOf(draft: Draft, id: string | null | undefined): ShapeRecord | null {
  if (!id) return null;
  const shape = draft.shape(id);
  if (!shape || !isElementKind(shape.type)) throw new EditRefused(`There is no element ${id}.`);
  return shape;
}

function setPoint(draft: Draft, id: string, terminal: Terminal, at: Point): void {
  const [x, y] = toSpace(draft, id, at);
  setProps(draft, id, { [terminal]: { x: round(x), y: round(y) } });
}

function setProps(draft: Draft, id: string, props: Record<string, Json>): void {
  const shape = draft.shape(id)!;
  draft.put({ ...shape, props: { ...shape.props, ...props } });
}
