/** The outline of each symbol: as an SVG path for drawing, and as geometry for arrows, clicks and crossings. */
import { type Geometry2d, Polygon2d, Rectangle2d, Vec } from 'tldraw';
import type { ElementKind } from '#shared/dfd/kinds.ts';

type Size = { w: number; h: number };

/** Dashes mean boundary and nothing else. */
export const BOUNDARY_STROKE = { strokeWidth: 2, strokeDasharray: '10 7' };

/** Room for the name, relative to the shape. */
export type Inset = { x: number; y: number; w: number; h: number };

const PADDING = 10;

interface Outline {
  /** The closed outline. */
  path(size: Size): string;
  /** Strokes inside of it. */
  detail?(size: Size): string;
  geometry(size: Size): Geometry2d;
  inset(size: Size): Inset;
}

const padded = ({ w, h }: Size): Inset => ({
  x: PADDING,
  y: PADDING / 2,
  w: Math.max(1, w - 2 * PADDING),
  h: Math.max(1, h - PADDING),
});

export const OUTLINES: Record<ElementKind, Outline> = {
  external_entity: {
    path: ({ w, h }) => `M0 0H${w}V${h}H0Z`,
    geometry: ({ w, h }) => new Rectangle2d({ width: w, height: h, isFilled: true }),
    inset: padded,
  },
  process: {
    path: size => {
      const { w, h } = size;
      const r = cornerOf(size);
      const corner = (x: number, y: number) => `A${r} ${r} 0 0 1 ${x} ${y}`;
      return `M${r} 0H${w - r}${corner(w, r)}V${h - r}${corner(w - r, h)}H${r}${corner(0, h - r)}V${r}${corner(r, 0)}Z`;
    },
    geometry: size => {
      const { w, h } = size;
      const r = cornerOf(size);
      const points = [
        ...arc(w - r, r, r, r, -90, 0),
        ...arc(w - r, h - r, r, r, 0, 90),
        ...arc(r, h - r, r, r, 90, 180),
        ...arc(r, r, r, r, 180, 270),
      ];
      return new Polygon2d({ points, isFilled: true });
    },
    inset: padded,
  },
  data_store: {
    path: size => {
      const { w, h } = size;
      const ry = lidOf(size);
      return `M0 ${ry}A${w / 2} ${ry} 0 0 1 ${w} ${ry}V${h - ry}A${w / 2} ${ry} 0 0 1 0 ${h - ry}Z`;
    },
    detail: size => `M0 ${lidOf(size)}A${size.w / 2} ${lidOf(size)} 0 0 0 ${size.w} ${lidOf(size)}`,
    geometry: size => {
      const { w, h } = size;
      const ry = lidOf(size);
      const points = [...arc(w / 2, ry, w / 2, ry, 180, 360), ...arc(w / 2, h - ry, w / 2, ry, 0, 180)];
      return new Polygon2d({ points, isFilled: true });
    },
    inset: size => {
      const lid = 2 * lidOf(size);
      return { ...padded(size), y: lid, h: Math.max(1, size.h - lid - PADDING) };
    },
  },
};

const cornerOf = ({ w, h }: Size): number => Math.min(22, w / 2, h / 2);

/** Half the height of a drum's lid. */
const lidOf = ({ w, h }: Size): number => Math.min(h / 5, w / 6, 16);

/** Points on an ellipse, clockwise, angles in degrees. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Vec[] {
  const steps = Math.max(4, Math.round((to - from) / 12));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return new Vec(cx + rx * Math.cos(angle), cy + ry * Math.sin(angle));
  });
}
