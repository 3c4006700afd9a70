/** Places of the tool's drawing surface: pixels, y down, like the page's. */
import type { Box, Point } from '../threat-model.ts';
import { textOf, type XmlElement } from '../xml.ts';

/** Farthest from the origin that a place can be meant: beyond, it is an accident. */
const FARTHEST = 1e6;
/** Points of a curved boundary beyond its first. */
const STEPS = 24;

const numberOf = (element: XmlElement, name: string): number => {
  const text = textOf(element, name);
  return text === '' ? Number.NaN : Number(text);
};

/** null when it has none or none that can be meant. */
export function boxOf(element: XmlElement): Box | null {
  const point = pointOf(element, 'Left', 'Top');
  const [width, height] = [numberOf(element, 'Width'), numberOf(element, 'Height')];
  const sound = (size: number): boolean => size > 0 && size <= FARTHEST;
  return point && sound(width) && sound(height) ? [...point, width, height] : null;
}

/** null when it has none or none that can be meant. */
export function pointOf(element: XmlElement, nameX: string, nameY: string): Point | null {
  const [x, y] = [numberOf(element, nameX), numberOf(element, nameY)];
  return Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST ? [x, y] : null;
}

/** How far a line's handle is off its straight, to the left seen from its source; 0 where any of the three is unknown. */
export function bendOf(source: Point | null, handle: Point | null, target: Point | null): number {
  if (!source || !handle || !target) return 0;
  const [dx, dy] = [target[0] - source[0], target[1] - source[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return 0;
  const bend = ((handle[0] - source[0]) * dy - (handle[1] - source[1]) * dx) / length;
  return Math.round(bend * 100) / 100 || 0;
}

/** A curve from end to end with its middle at the handle; two points where it is straight. */
export function curve(source: Point, handle: Point | null, target: Point): Point[] {
  if (!handle || Math.abs(bendOf(source, handle, target)) < 0.5) return [source, target];
  const control = [0, 1].map(i => 2 * handle[i]! - (source[i]! + target[i]!) / 2);
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    const at = (i: 0 | 1): number =>
      Math.round(((1 - t) ** 2 * source[i] + 2 * t * (1 - t) * control[i]! + t ** 2 * target[i]) * 100) / 100;
    return [at(0), at(1)] as const;
  });
}

/** Whether a box holds another by the rule of the board: around its centre, and larger. */
export const holds = ([left, top, width, height]: Box, [x, y, w, h]: Box): boolean => {
  const [cx, cy] = [x + w / 2, y + h / 2];
  return cx >= left && cx <= left + width && cy >= top && cy <= top + height && w * h < width * height;
};
