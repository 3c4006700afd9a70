/** Fits a name into a shape: word-wrapped, and smaller rather than cut off. */

export interface NameLayout {
  fontSize: number;
  lines: string[];
}

/** Width of a text in the board's font at 1 px. */
export type Measure = (text: string) => number;

export const LINE_HEIGHT = 1.25;

const SIZES = [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6];

/** The largest size at which the whole name fits the box; the smallest when none does, reaching over the edge. */
export function layOutName(name: string, width: number, height: number, measure: Measure): NameLayout {
  let layout: NameLayout = { fontSize: SIZES[0]!, lines: [] };
  for (const fontSize of SIZES) {
    const { lines, broken } = wrap(name, width / fontSize, measure);
    layout = { fontSize, lines };
    // A word is broken only when even a small size could not take it whole.
    const fits = lines.length * fontSize * LINE_HEIGHT <= height;
    if (fits && (!broken || fontSize <= 10)) return layout;
  }
  return layout;
}

function wrap(name: string, width: number, measure: Measure): { lines: string[]; broken: boolean } {
  const lines: string[] = [];
  let broken = false;
  for (const paragraph of name.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/)) {
      const longer = line ? `${line} ${word}` : word;
      if (measure(longer) <= width) {
        line = longer;
        continue;
      }
      if (line) lines.push(line);
      const pieces = breakWord(word, width, measure);
      broken ||= pieces.length > 1;
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1)!;
    }
    lines.push(line);
  }
  return { lines, broken };
}

function breakWord(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece && measure(piece + letter) > width) {
      pieces.push(piece);
      piece = letter;
    } else piece += letter;
  }
  return [...pieces, piece];
}
