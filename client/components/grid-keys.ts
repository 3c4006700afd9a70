/** The arrow keys in a table of things by STRIDE letter. */
import { LETTERS } from '#shared/stride/letters.ts';

/** The cell that the Tab key reaches; column -1 is the name of the row. */
export interface Reached {
  row: number;
  column: number;
}

/** @returns the cell that a key leads to, which is the same one at the edge; null for a key that leads nowhere */
export function stepFrom({ row, column }: Reached, key: string, rows: number): Reached | null {
  const last = LETTERS.length - 1;
  const next = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, -1],
    End: [row, last],
  }[key];
  return next ? { row: clamp(next[0]!, 0, rows - 1), column: clamp(next[1]!, -1, last) } : null;
}

const clamp = (n: number, least: number, most: number) => Math.max(least, Math.min(most, n));
