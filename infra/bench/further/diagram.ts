/** Boards of any size: elements on a grid, trust boundaries around every other block of them, flows between neighbours. */
import type { BoardRecord, ShapeRecord } from '#shared/document/board.ts';
import { boundary, element, flow } from '#shared/document/build.ts';

const COLUMNS = 40;
const CELL = { w: 300, h: 200 };
/** Elements in a block, across and down: one flow in five leaves its block. */
const BLOCK = { w: 5, h: 4 };
const KINDS = ['process', 'process', 'data_store', 'external_entity'] as const;

/** All at one height in the stack: nothing here asks which is in front. */
const INDEX = 'a1';

export interface Size {
  elements: number;
  /** At most two per element. */
  flows: number;
  /** At most one per 40 elements. */
  boundaries: number;
}

export function diagram({ elements, flows, boundaries }: Size): BoardRecord[] {
  const boxes = Array.from({ length: elements }, (_, i) => {
    const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    const box = [column * CELL.w + 60, row * CELL.h + 60, 180, 90] as const;
    return element(KINDS[i % KINDS.length]!, { id: `e${i}`, name: `Element ${i}`, box, index: INDEX });
  });
  const arrows = Array.from({ length: flows }, (_, i) => {
    const from = boxes[i % elements]!;
    const to = boxes[(i + (i < elements ? 1 : COLUMNS)) % elements]!;
    return flow({ id: `f${i}`, name: `Flow ${i}`, from, to, index: INDEX });
  });
  return [...Array.from({ length: boundaries }, (_, i) => zone(i)), ...boxes, ...arrows.flat()];
}

/** Around every other block of its row, shifted by one in the next: no two touch. */
function zone(i: number): ShapeRecord {
  const across = COLUMNS / BLOCK.w / 2;
  const row = Math.floor(i / across);
  const column = 2 * (i % across) + (row % 2);
  const [w, h] = [BLOCK.w * CELL.w, BLOCK.h * CELL.h];
  const box = [column * w + 20, row * h + 20, w - 40, h - 40] as const;
  return boundary({ id: `b${i}`, name: `Zone ${i}`, box, index: INDEX });
}
