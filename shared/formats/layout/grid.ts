/** The layout that never fails: what lies in one boundary stands in rows. */
import { LEAST, type Node, PADDING, type Places } from './tree.ts';

/** Between two neighbours, in page units: a flow's name fits. */
const GAP = { x: 140, y: 90 } as const;

interface Packed {
  w: number;
  h: number;
  place(x: number, y: number): void;
}

export function gridLayout(roots: readonly Node[]): Places {
  const places: Places = new Map();
  packRows(roots, places).place(0, 0);
  return places;
}

/** Side by side in rows, all together about as wide as high. */
function packRows(nodes: readonly Node[], places: Places): Packed {
  const packed = nodes.map(node => packNode(node, places));
  const area = packed.reduce((sum, { w, h }) => sum + (w + GAP.x) * (h + GAP.y), 0);
  const widest = Math.max(Math.sqrt(area) * 1.3, ...packed.map(({ w }) => w));
  const placed: { item: Packed; x: number; y: number }[] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const item of packed) {
    if (x > 0 && x + item.w > widest) {
      [x, y, rowHeight] = [0, y + rowHeight + GAP.y, 0];
    }
    placed.push({ item, x, y });
    width = Math.max(width, x + item.w);
    rowHeight = Math.max(rowHeight, item.h);
    x += item.w + GAP.x;
  }
  return {
    w: width,
    h: y + rowHeight,
    place(left, top) {
      for (const each of placed) each.item.place(left + each.x, top + each.y);
    },
  };
}

function packNode({ id, size, children, titleWidth }: Node, places: Places): Packed {
  if (size) {
    const [w, h] = size;
    return { w, h, place: (x, y) => void places.set(id, [x, y, w, h]) };
  }
  const inner = packRows(children, places);
  const w = Math.max(inner.w + 2 * PADDING.side, LEAST.w, titleWidth);
  const h = Math.max(inner.h + PADDING.top + PADDING.side, LEAST.h);
  return {
    w,
    h,
    place(x, y) {
      places.set(id, [x, y, w, h]);
      inner.place(x + PADDING.side, y + PADDING.top);
    },
  };
}
