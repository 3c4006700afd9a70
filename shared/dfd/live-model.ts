/**
 * Elements and flows of a board, kept up with its changes: each change reads anew only what it touches. A boundary that moves
 * touches every element and free end of its page; whatever else moves touches itself and what it holds.
 *
 * Membership is geometric (an element belongs to every boundary that holds its centre); parenting on the board only makes
 * contents move along. Each page is a plane of its own.
 */
import type { ShapeRecord } from '../document/board.ts';
import { type BoardChanges, LiveBoard } from '../document/live-board.ts';
import { describe, directionOf, freePoint } from './describe.ts';
import { Places } from './geometry.ts';
import { isElementKind } from './kinds.ts';
import type { Element, Flow } from './model.ts';
import { Outlines } from './outlines.ts';

/** Where an arrow ends. */
interface End {
  /** null for a free end. */
  element: string | null;
  boundaries: string[];
}

export class LiveModel {
  readonly elements = new Map<string, Element>();
  readonly flows = new Map<string, Flow>();
  readonly board = new LiveBoard();
  readonly places = new Places(this.board.parentOf, this.board.pageOf);
  readonly outlines = new Outlines(this.places);
  private readonly freeEnded = new Set<string>();

  /** @returns ids of the elements and flows that came, went or changed, and of the elements at the ends of such flows */
  update(changes: BoardChanges): Set<string> {
    const { shapes, arrows } = this.board.update(changes);
    for (const id of shapes.keys()) this.places.forget(id);
    for (const [id, shape] of shapes) this.outlines.read(id, shape);
    const redrawn = this.outlines.settle();

    const touched = new Set<string>();
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

    touched.add(id);
    for (const flow of [before, after]) {
      if (flow?.source) touched.add(flow.source);
      if (flow?.target) touched.add(flow.target);
    }
    if (after) this.flows.set(id, after);
    else this.flows.delete(id);
    if (after && (!after.source || !after.target)) this.freeEnded.add(id);
    else this.freeEnded.delete(id);
  }

  private flowOf(arrow: ShapeRecord, known: Flow | undefined): Flow {
    const { backwards, bidirectional } = directionOf(arrow);
    const page = this.places.pageOf(arrow);
    const [start, end] = this.endsOf(arrow, page);
    const [from, to] = backwards ? [end, start] : [start, end];
    const { id, name, description, attributes } = known ?? describe(arrow, 'data_flow');
    return {
      id,
      page,
      name,
      description,
      attributes,
      source: from.element,
      target: to.element,
      bidirectional,
      crosses: crossings(from.boundaries, to.boundaries),
    };
  }

  /** At the element of the same page that an end is bound to, else at the arrow's own free point. */
  private endsOf(arrow: ShapeRecord, page: string): [start: End, end: End] {
    const ends = this.board.endsOf(arrow.id);
    const end = (terminal: 'start' | 'end'): End => {
      const bound = ends[terminal];
      const element = bound?.type === 'arrow' ? this.elements.get(bound.toId) : undefined;
      if (element?.page === page) return { element: element.id, boundaries: element.boundaries };
      const at = this.places.toPage(arrow, freePoint(arrow, terminal));
      return { element: null, boundaries: this.outlines.on(page).around(at) };
    };
    return [end('start'), end('end')];
  }
}

/** The boundaries that hold one of two points, given those around each: the way out first, then the way in. */
function crossings(left: readonly string[], entered: readonly string[]): string[] {
  const crossed = left.filter(id => !entered.includes(id)).reverse();
  for (const id of entered) if (!left.includes(id)) crossed.push(id);
  return crossed;
}

const isSame = <T>(before: T | undefined, after: T | undefined): boolean =>
  before === after ||
  (before !== undefined && after !== undefined && JSON.stringify(before) === JSON.stringify(after));
