import { html, nothing, svg } from 'lit';
import { Places, type Point } from '#shared/dfd/geometry.ts';
import { isShape, type ShapeRecord } from '#shared/document/board.ts';
import { TEMPLATES, type TemplateName } from '#shared/templates/templates.ts';

/** Space around the diagram, in picture units (ten board units each). */
const MARGIN = 4;
/** What an empty board is drawn as large as. */
const EMPTY = { left: 0, top: 0, right: 134, bottom: 71 };

/** A template's diagram, small and without words, drawn from its own records. */
export function templatePicture(name: TemplateName) {
  const records = new Map(TEMPLATES[name].records().map(record => [record.id, record]));
  const shapes = [...records.values()].filter(isShape);
  const shapeOf = (id: string) => shapes.find(shape => shape.id === id);
  const places = new Places(
    ({ parentId }) => shapeOf(parentId),
    ({ parentId }) => parentId,
  );
  const at = (id: string) => places.centre(shapeOf(id)!).map(n => n / 10) as [number, number];
  const box = (shape: ShapeRecord) => {
    const [[x, y], , [right, bottom]] = places.corners(shape) as [
      [number, number],
      unknown,
      [number, number],
    ];
    const place = { x: x / 10, y: y / 10, w: (right - x) / 10, h: (bottom - y) / 10 };
    const dashes = shape.type === 'trust_boundary' ? '2 1.5' : 'none';
    const radius = { process: 3, data_store: 2 }[shape.type] ?? 0;
    const fill = shape.type === 'trust_boundary' ? 'none' : 'var(--wa-color-surface-default)';
    return svg`<rect x=${place.x} y=${place.y} width=${place.w} height=${place.h} rx=${radius} stroke-dasharray=${dashes} fill=${fill} />`;
  };
  const flows = [...records.values()]
    .filter(({ id }) => id.endsWith('-start'))
    .map(start => {
      const end = records.get(start.id.replace(/-start$/, '-end'))!;
      const [[x1, y1], [x2, y2]] = [at(start.toId as string), at(end.toId as string)];
      return svg`<line x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;
    });
  const boxes = shapes.filter(({ type }) => type !== 'arrow');
  const { left, top, right, bottom } = extentOf(boxes.flatMap(shape => places.corners(shape)));
  const view = [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN].join(' ');
  return html`<svg viewBox=${view} fill="none" stroke="currentColor" stroke-width="0.8" aria-hidden="true">
    ${boxes.length === 0 ? grid : nothing}${flows}${boxes.map(box)}
  </svg>`;
}

function extentOf(points: readonly Point[]): typeof EMPTY {
  if (points.length === 0) return EMPTY;
  const [xs, ys] = [0, 1].map(axis => points.map(point => point[axis]! / 10)) as [number[], number[]];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** Paper: nothing is drawn yet. */
const grid = svg`<path
  d=${Array.from({ length: 4 }, (_, row) => `M4 ${8 + row * 18}H132`).join('')}
  stroke-width="1.4" stroke-linecap="round" stroke-dasharray="0 18" opacity="0.55"
/>`;
