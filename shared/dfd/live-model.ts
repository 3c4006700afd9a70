/**
 * Elements and flows of a board, kept up with its changes: each change reads anew only what it touches. A boundary that moves
 * touches every element and free end of its page; whatever else moves touches itself and what it holds.
 *
 * Membership is geometric (an element belongs to every boundary that holds its centre); parenting on the board only makes
 * contents move along. Each page is a plane of its own.
 */
import type { BindingRecord, ShapeRecord } from '../document/board.ts';
import { type BoardChanges, LiveBoard } from '../document/live-board.ts';
import { flowPath } from './curve.ts';
import { anchorOf, bendOf, describe, directionOf, freePoint } from './describe.ts';
import { Places, type Point } from './geometry.ts';
import { isElementKind } from './kinds.ts';
import { Lines } from './lines.ts';
import type { Element, Flow } from './model.ts';
import { Outlines } from './outlines.ts';

/** Where an arrow ends. */
interface End {
  /** null for a free end. */
  element: string | null;
  boundaries: string[];
  /** What it is bound to. */
  binding?: BindingRecord | undefined;
}

export class LiveModel {
  readonly elements = new Map<string, Element>();
  readonly flows = new Map<string, Flow>();
  readonly board = new LiveBoard();
  readonly places = new Places(this.board.parentOf, this.board.pageOf);
  readonly outlines = new Outlines(this.places);
  readonly lines = new Lines(this.places);
  private readonly freeEnded = new Set<string>();

  /** @returns ids of the elements and flows that came, went or changed, and of the elements at the ends of such flows, but for other words */
  update(changes: BoardChanges): Set<string> {
    const { shapes, arrows } = this.board.update(changes);
    for (const id of shapes.keys()) this.places.forget(id);
    for (const [id, shape] of shapes) {
      this.outlines.read(id, shape);
      this.lines.read(id, shape);
    }
    const redrawn = this.outlines.settle();
    const relined = this.lines.settle();

    const touched = new Set<string>();
    // Where there are lines, what they cross depends on the very place of its ends.
    if (!this.lines.isEmpty) {
      for (const id of shapes.keys()) for (const arrow of this.board.arrowsAt(id)) arrows.add(arrow);
    }
    for (const { id, page } of relined.size > 0 ? this.flows.values() : [])
      if (relined.has(page)) arrows.add(id);
    if (redrawn.size > 0) {
      for (const { id, page } of this.elements.values()) {
        if (redrawn.has(page) && !shapes.has(id)) shapes.set(id, this.board.shape(id));
      }
    }
    for (const [id, shape] of shapes) {
      const isNew = !this.elements.has(id);
      if (!this.readElement(id, shape, changes.has(id))) continue;
      touched.add(id);
      // The board knows already what is bound to a new one.
      if (!isNew) for (const arrow of this.board.arrowsAt(id)) arrows.add(arrow);
    }
    for (const id of this.freeEnded) if (redrawn.has(this.flows.get(id)!.page)) arrows.add(id);
    for (const [id, shape] of shapes) if (shape?.type === 'arrow' || this.flows.has(id)) arrows.add(id);
    for (const id of arrows) this.readFlow(id, changes.has(id), touched);
    return touched;
  }

  /** An element or a flow. */
  thing(id: string): Element | Flow | undefined {
    return this.elements.get(id) ?? this.flows.get(id);
  }

  /** The flows that start or end at an element. */
  flowsAt(element: string): Flow[] {
    const flows: Flow[] = [];
    for (const arrow of this.board.arrowsAt(element)) {
      const flow = this.flows.get(arrow);
      if (flow && (flow.source === element || flow.target === element)) flows.push(flow);
    }
    return flows;
  }

  /**
   * @param written whether its own record changed, not only its place
   * @returns whether it is another than before
   */
  private readElement(id: string, shape: ShapeRecord | undefined, written: boolean): boolean {
    if (!shape || !isElementKind(shape.type)) return this.elements.delete(id);
    const before = this.elements.get(id);
    const page = this.places.pageOf(shape);
    const boundaries = this.outlines.on(page).around(this.places.centre(shape));
    if (before && !written && before.page === page && isSame(before.boundaries, boundaries)) return false;
    // Field by field: to spread one object into another costs a large board as much as all the rest.
    const { name, description, attributes } = before && !written ? before : describe(shape, shape.type);
    const after: Element = { id, page, name, description, attributes, kind: shape.type, boundaries };
    if (isSame(before, after)) return false;
    this.elements.set(id, after);
    return true;
  }

  /** Adds to `touched` the flow and the elements at its ends, before and now, if it is another than before. */
  private readFlow(id: string, written: boolean, touched: Set<string>): void {
    const before = this.flows.get(id);
    const arrow = this.board.shape(id);
    const after = arrow?.type === 'arrow' ? this.flowOf(arrow, written ? undefined : before) : undefined;
    if (isSame(before, after)) return;

    if (after) this.flows.set(id, after);
    else this.flows.delete(id);
    if (after && (!after.source || !after.target)) this.freeEnded.add(id);
    else this.freeEnded.delete(id);
    touched.add(id);
    // Its words bear on nothing but itself: where very many flows meet, nobody waits for one to be named.
    if (before && after && isSame(withoutWords(before), withoutWords(after))) return;
    for (const flow of [before, after]) {
      if (flow?.source) touched.add(flow.source);
      if (flow?.target) touched.add(flow.target);
    }
  }

  private flowOf(arrow: ShapeRecord, known: Flow | undefined): Flow {
    const { backwards, bidirectional } = directionOf(arrow);
    const page = this.places.pageOf(arrow);
    const [start, end] = this.endsOf(arrow, page);
    const [from, to] = backwards ? [end, start] : [start, end];
    const { id, name, description, attributes } = known ?? describe(arrow, 'data_flow');
    const lines = this.lines.on(page).size > 0 ? this.linesMet(arrow, page, start, end) : [];
    if (backwards) lines.reverse();
    return {
      id,
      page,
      name,
      description,
      attributes,
      source: from.element,
      target: to.element,
      bidirectional,
      crosses: crossings(from.boundaries, lines, to.boundaries),
    };
  }

  /** At the element of the same page that an end is bound to, else at the arrow's own free point. */
  private endsOf(arrow: ShapeRecord, page: string): [start: End, end: End] {
    const ends = this.board.endsOf(arrow.id);
    const end = (terminal: 'start' | 'end'): End => {
      const bound = ends[terminal];
      const element = bound?.type === 'arrow' ? this.elements.get(bound.toId) : undefined;
      if (element?.page === page)
        return { element: element.id, boundaries: element.boundaries, binding: bound };
      const at = this.places.toPage(arrow, freePoint(arrow, terminal));
      return { element: null, boundaries: this.outlines.on(page).around(at) };
    };
    return [end('start'), end('end')];
  }

  /** The open lines that an arrow crosses where it is seen: between the elements at its ends, not under them. */
  private linesMet(arrow: ShapeRecord, page: string, start: End, end: End): string[] {
    const covered: Point[][] = [];
    const at = (terminal: 'start' | 'end', { binding }: End, precise: boolean): Point => {
      const element = binding && this.board.shape(binding.toId);
      if (!element) return this.places.toPage(arrow, freePoint(arrow, terminal));
      covered.push(this.places.corners(element));
      return this.places.within(element, anchorOf(binding, precise));
    };
    // As tldraw has it: an arrow from an element to itself starts and ends where it was drawn to.
    const loop = start.element !== null && start.element === end.element;
    const path = flowPath(at('start', start, loop), at('end', end, loop), bendOf(arrow));
    return this.lines.met(page, path, covered);
  }
}

/** The boundaries that hold one of two points, given those around each: the way out first, then open lines, then the way in. */
function crossings(left: readonly string[], lines: readonly string[], entered: readonly string[]): string[] {
  const crossed = left.filter(id => !entered.includes(id)).reverse();
  crossed.push(...lines);
  for (const id of entered) if (!left.includes(id)) crossed.push(id);
  return crossed;
}

const withoutWords = (flow: Flow): Flow => ({ ...flow, name: '', description: '' });

const isSame = <T>(before: T | undefined, after: T | undefined): boolean =>
  before === after ||
  (before !== undefined && after !== undefined && JSON.stringify(before) === JSON.stringify(after));
