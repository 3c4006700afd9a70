/** Where a data flow crosses a trust boundary, as a point: the place where threats live. */
import { Box, type Editor, type TLShapeId, Vec, type VecLike } from 'tldraw';
import type { Letter } from '#shared/stride/letters.ts';

/** What the app says about one crossing flow. */
export interface Crossing {
  flow: string;
  boundaries: readonly string[];
  /** Letters with threats or open suggestions. */
  letters: readonly Letter[];
  /** Dots that the last vote gave to its threats. */
  dots?: number;
  /** Drawn with more weight, e.g. while its row is chosen elsewhere. */
  emphasised?: boolean;
}

export interface CrossingPoint {
  at: Vec;
  /** Whether the boundary's edge runs up and down here, and the flow across. */
  upright: boolean;
}

/** Points of a flow closer together than this share one marker, in board units. */
const NEAR = 26;

/** Room that a marker needs around its point, in board units. */
const RADIUS = 12;

/** The points, in page space, at which a flow crosses boundaries. Reactive (tldraw signals). */
export function crossingPoints(editor: Editor, flow: string, boundaries: readonly string[]): CrossingPoint[] {
  const line = outlinesOf(editor, flow);
  if (!line) return [];
  const [path, label] = line.parts;
  const points: CrossingPoint[] = [];
  for (const boundary of boundaries) {
    const edge = outlinesOf(editor, boundary);
    const crossing = edge && firstCrossing(path!, edge.parts[0]!, edge.closed);
    if (!crossing || points.some(other => Vec.Dist(other.at, crossing.at) < NEAR)) continue;
    points.push(label ? besideLabel(crossing, Box.FromPoints(label)) : crossing);
  }
  return points;
}

/** The first point, along the path, at which it crosses the polygon, or the line where that is not closed. */
export function firstCrossing(
  path: readonly VecLike[],
  polygon: readonly VecLike[],
  closed = true,
): CrossingPoint | undefined {
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1]!, path[i]!];
    const hits = polygon.flatMap((corner, j) => {
      const next = polygon[j + 1] ?? (closed ? polygon[0] : undefined);
      if (!next) return [];
      const at = intersection(from, to, corner, next);
      return at ? [{ at, upright: Math.abs(next.y - corner.y) > Math.abs(next.x - corner.x) }] : [];
    });
    if (hits.length > 0)
      return hits.reduce((near, hit) => (Vec.Dist2(hit.at, from) < Vec.Dist2(near.at, from) ? hit : near));
  }
  return undefined;
}

/** Where the flow's label lies on the point, the marker moves along the boundary's edge until the label can be read. */
export function besideLabel(crossing: CrossingPoint, label: Box): CrossingPoint {
  const { at, upright } = crossing;
  if (
    !label
      .clone()
      .expandBy(RADIUS / 2)
      .containsPoint(at)
  )
    return crossing;
  return { upright, at: upright ? new Vec(at.x, label.maxY + RADIUS) : new Vec(label.maxX + RADIUS, at.y) };
}

function intersection(a: VecLike, b: VecLike, c: VecLike, d: VecLike): Vec | undefined {
  const [abx, aby, cdx, cdy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y];
  const cross = abx * cdy - aby * cdx;
  if (cross === 0) return undefined;
  const along = ((c.x - a.x) * cdy - (c.y - a.y) * cdx) / cross;
  const across = ((c.x - a.x) * aby - (c.y - a.y) * abx) / cross;
  if (along < 0 || along > 1 || across < 0 || across > 1) return undefined;
  return new Vec(a.x + along * abx, a.y + along * aby);
}

/** Line and label of an arrow, or edge and label of a boundary, in page space. */
function outlinesOf(editor: Editor, id: string): { parts: Vec[][]; closed: boolean } | undefined {
  const shape = editor.getShape(id as TLShapeId);
  if (!shape) return undefined;
  const geometry = editor.getShapeGeometry(shape);
  const parts = 'children' in geometry ? (geometry.children as (typeof geometry)[]) : [geometry];
  const transform = editor.getShapePageTransform(shape);
  return {
    parts: parts.filter(part => !part.isEmptyLabel).map(part => transform.applyToPoints(part.vertices)),
    closed: parts[0]!.isClosed,
  };
}
