/** Measures texts on a canvas: no layout of the page, so two thousand names cost a few milliseconds. */
import { atom, DefaultFontFaces } from 'tldraw';
import { layOutName, type Measure, type NameLayout } from './name-layout.ts';

const SAMPLE = 100;
const KEPT = 5000;

/** The board's font, the same as that of data flows. */
export const FONT_FACE = DefaultFontFaces.tldraw_sans.normal.normal;

/** Grows when fonts arrive: what was measured in another font is measured again. */
const fonts = atom('board fonts', 0);
const layouts = new Map<string, NameLayout>();
let context: CanvasRenderingContext2D | null | undefined;

const measure: Measure = text => {
  context ??= createContext();
  // About right for a sans font, where there is no canvas.
  return context ? context.measureText(text).width / SAMPLE : text.length * 0.55;
};

/** {@link layOutName} in the board's font, remembered; reactive to fonts that arrive. */
export function layOut(name: string, width: number, height: number): NameLayout {
  const key = `${fonts.get()} ${width} ${height} ${name}`;
  let layout = layouts.get(key);
  if (!layout) {
    layout = layOutName(name, width, height, measure);
    if (layouts.size > KEPT) layouts.clear();
    layouts.set(key, layout);
  }
  return layout;
}

/** Width of one line at a font size, in board units. */
export function widthOf(text: string, fontSize: number): number {
  fonts.get();
  return measure(text) * fontSize;
}

function createContext(): CanvasRenderingContext2D | null {
  if (typeof document === 'undefined') return null;
  const created = document.createElement('canvas').getContext('2d');
  if (created) created.font = `${SAMPLE}px tldraw_sans, sans-serif`;
  document.fonts?.addEventListener('loadingdone', () => {
    context = undefined;
    fonts.set(fonts.get() + 1);
  });
  return created;
}
