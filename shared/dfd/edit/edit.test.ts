/** Whatever is made, changed and removed in whatever order, the board stays sound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardRecord, ShapeRecord } from '../../document/board.ts';
import { fromRegisters, type Json, toRegisters } from '../../document/board.ts';
import { repair } from '../../document/repair.ts';
import { readModel } from '../read-model.ts';
import { addBox, changeBox, removeBox } from './boxes.ts';
import { Draft } from './draft.ts';
import { addFlow, changeFlow, removeFlow } from './flows.ts';
import { addPage, removePage } from './pages.ts';
import { EditRefused } from './refusal.ts';
import { boxOf, lineOf } from './space.ts';

const PAGE: BoardRecord = { id: 'page:page', typeName: 'page', name: 'Diagram', index: 'a1', meta: {} };

/** A board as the document would hold it. */
class Board {
  records = new Map<string, BoardRecord>([[PAGE.id, PAGE]]);

  /** Applies an edit as the server does: register by register. */
  edit(change: (draft: Draft) => void): void {
    const draft = new Draft(this.records);
    change(draft);
    for (const { entry, registers } of draft.edits()) {
      const before = this.records.get(entry);
      const after = before ? toRegisters(before) : new Map<string, Json>();
      for (const [key, value] of Object.entries(registers ?? {})) {
        if (value === undefined) after.delete(key);
        else after.set(key, value);
      }
      if (registers) this.records.set(entry, fromRegisters(entry, after)!);
      else this.records.delete(entry);
    }
  }

  get model() {
    return readModel(this.records);
  }

  /** Area of a box. */
  sizeOf(id: string): number {
    const [, , w, h] = boxOf(new Draft(this.records), this.records.get(id) as ShapeRecord);
    return w * h;
  }

  boxes(): Record<string, readonly number[]> {
    const draft = new Draft(this.records);
    const { elements } = this.model;
    return Object.fromEntries(elements.map(({ id }) => [id, boxOf(draft, draft.shape(id)!)]));
  }
}

const at = fc.integer({ min: -500, max: 500 });
const which = fc.nat(20);
const lines = fc.array(fc.tuple(at, at), { minLength: 2, maxLength: 5 });
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('element' as const), x: at, y: at, w: fc.integer({ min: 20, max: 400 }) }),
    fc.record({ do: fc.constant('boundary' as const), x: at, y: at, w: fc.integer({ min: 20, max: 900 }) }),
    fc.record({ do: fc.constant('line' as const), points: lines }),
    fc.record({ do: fc.constant('redraw' as const), a: which, points: lines }),
    fc.record({ do: fc.constant('flow' as const), a: which, b: which }),
    fc.record({ do: fc.constant('rebind' as const), a: which, b: which, free: fc.boolean() }),
    fc.record({ do: fc.constant('move' as const), a: which, x: at, y: at }),
    fc.record({ do: fc.constant('page' as const) }),
    fc.record({ do: fc.constant('remove' as const), a: which }),
  ),
  { maxLength: 30 },
);

function perform(
  board: Board,
  step: (typeof steps extends fc.Arbitrary<infer T> ? T : never)[number],
  n: number,
) {
  const { model } = board;
  const pick = <T>(list: T[], i: number): T | undefined => list[i % list.length];
  const page = pick(model.pages, n)!.id;
  board.edit(draft => {
    switch (step.do) {
      case 'element':
        return addBox(draft, `shape:${n}`, { kind: 'process', page, box: [step.x, step.y, step.w, step.w] });
      case 'boundary':
        return addBox(draft, `shape:${n}`, {
          kind: 'trust_boundary',
          page,
          box: [step.x, step.y, step.w, step.w],
        });
      case 'line':
        return addBox(draft, `shape:${n}`, { kind: 'trust_boundary', page, line: step.points });
      case 'redraw': {
        const line = pick(model.boundaries, step.a);
        if (line) changeBox(draft, line.id, { line: step.points });
        return;
      }
      case 'flow': {
        const [source, target] = [pick(model.elements, step.a), pick(model.elements, step.b)];
        return addFlow(draft, `shape:${n}`, {
          source: source?.id,
          target: target?.id,
          ...(!source && { sourceAt: [0, 0], targetAt: [0, 0] }),
        });
      }
      case 'rebind': {
        const flow = pick(model.flows, step.a);
        const target = pick(model.elements, step.b);
        if (flow && target)
          changeFlow(draft, flow.id, { target: step.free ? null : target.id, bidirectional: step.free });
        return;
      }
      case 'move': {
        const box = pick([...model.elements, ...model.boundaries], step.a);
        if (box) changeBox(draft, box.id, { position: [step.x, step.y] });
        return;
      }
      case 'page':
        return addPage(draft, `page:${n}`, { name: 'P' });
      case 'remove': {
        const thing = pick([...model.elements, ...model.boundaries, ...model.flows, ...model.pages], step.a);
        if (!thing) return;
        if (thing.id.startsWith('page:')) removePage(draft, thing.id);
        else if ('source' in thing) removeFlow(draft, thing.id);
        else removeBox(draft, thing.id);
      }
    }
  });
}

describe('edits', () => {
  it('leave nothing to repair, and hold each element in the innermost boundary around it', () => {
    fc.assert(
      fc.property(steps, list => {
        const board = new Board();
        for (const [n, step] of list.entries()) {
          try {
            perform(board, step, n);
          } catch (error) {
            if (!(error instanceof EditRefused)) throw error;
          }
          expect(repair(board.records)).toEqual(board.records);
        }
        const { elements } = board.model;
        for (const { id, boundaries, page } of elements) {
          // Of two of one size around it neither is the innermost: it stays with the one that has it.
          const innermost = boundaries.filter(
            each => board.sizeOf(each) === board.sizeOf(boundaries.at(-1)!),
          );
          expect(innermost.length > 0 ? innermost : [page]).toContain(board.records.get(id)!.parentId);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that make, move or remove a boundary move no element that it did not hold', () => {
    fc.assert(
      fc.property(steps, at, at, fc.integer({ min: 20, max: 900 }), (list, x, y, w) => {
        const board = new Board();
        for (const [n, step] of list.entries()) {
          try {
            perform(board, step, n);
          } catch (error) {
            if (!(error instanceof EditRefused)) throw error;
          }
        }
        const before = board.boxes();
        board.edit(draft => addBox(draft, 'shape:zone', { kind: 'trust_boundary', box: [x, y, w, w] }));
        expect(board.boxes()).toEqual(before);
        board.edit(draft => removeBox(draft, 'shape:zone'));
        expect(board.boxes()).toEqual(before);
      }),
    );
  });

  it('that draw an open boundary put it where they say, wherever it lies; others move no line that they did not hold', () => {
    fc.assert(
      fc.property(steps, lines, lines, at, at, (list, points, others, x, y) => {
        const board = new Board();
        for (const [n, step] of list.entries()) {
          try {
            perform(board, step, n);
          } catch (error) {
            if (!(error instanceof EditRefused)) throw error;
          }
        }
        const drawn = () => {
          const draft = new Draft(board.records);
          return lineOf(draft, draft.shape('shape:edge')!);
        };
        board.edit(draft => addBox(draft, 'shape:edge', { kind: 'trust_boundary', line: points }));
        expect(drawn()).toEqual(points);
        board.edit(draft => changeBox(draft, 'shape:edge', { line: others }));
        expect(drawn()).toEqual(others);
        board.edit(draft =>
          addBox(draft, 'shape:zone', { kind: 'trust_boundary', box: [-200, -200, 400, 400] }),
        );
        board.edit(draft => removeBox(draft, 'shape:zone'));
        expect(drawn()).toEqual(others);
        board.edit(draft => changeBox(draft, 'shape:edge', { position: [x, y] }));
        const [left, top] = [Math.min(...others.map(([px]) => px)), Math.min(...others.map(([, py]) => py))];
        expect(drawn()).toEqual(others.map(([px, py]) => [px - left + x, py - top + y]));
      }),
    );
  });

  it('that draw an open boundary as it is write nothing', () => {
    const board = new Board();
    const line: [number, number][] = [
      [3, 4],
      [50, 60],
    ];
    board.edit(draft => addBox(draft, 'shape:edge', { kind: 'trust_boundary', line }));
    // As after a gesture at its start: its place is no longer its first point.
    const shape = board.records.get('shape:edge')!;
    const points = [
      [-10, 0],
      [47, 56],
    ];
    board.records.set(shape.id, { ...shape, props: { name: '', points } });
    const draft = new Draft(board.records);
    changeBox(draft, 'shape:edge', {
      line: [
        [-7, 4],
        [50, 60],
      ],
    });
    expect(draft.edits()).toEqual([]);
  });

  it('of a flow that was drawn backwards keep its source and target', () => {
    const board = new Board();
    board.edit(draft => {
      addBox(draft, 'shape:a', { kind: 'process', box: [0, 0, 100, 100] });
      addBox(draft, 'shape:b', { kind: 'process', box: [500, 0, 100, 100] });
      addFlow(draft, 'shape:f', { source: 'shape:a', target: 'shape:b', bend: 20 });
    });
    const arrow = board.records.get('shape:f')!;
    const props = { ...(arrow.props as object), arrowheadStart: 'arrow', arrowheadEnd: 'none' };
    board.records.set('shape:f', { ...arrow, props });
    expect(board.model.flows[0]).toMatchObject({ source: 'shape:b', target: 'shape:a' });
    board.edit(draft => changeFlow(draft, 'shape:f', { bidirectional: true }));
    expect(board.model.flows[0]).toMatchObject({ source: 'shape:b', target: 'shape:a', bidirectional: true });
    expect(board.records.get('shape:f')!.props).toMatchObject({ bend: -20 });
  });

  it('write what differs and nothing else', () => {
    const board = new Board();
    board.edit(draft => addBox(draft, 'shape:a', { kind: 'process', box: [0, 0, 180, 90] }));
    const draft = new Draft(board.records);
    changeBox(draft, 'shape:a', { name: 'A', position: [0, 0] });
    expect(draft.edits()).toEqual([{ entry: 'shape:a', registers: { 'props.name': 'A' } }]);
  });
});
