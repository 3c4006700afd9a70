import { Box, Vec } from 'tldraw';
import { describe, expect, it } from 'vitest';
import { besideLabel, firstCrossing } from './crossings.ts';

const square = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 100 },
  { x: 0, y: 100 },
];
const at = (x: number, y: number) => ({ x, y });

describe('the point at which a flow crosses a boundary', () => {
  it('lies on the edge that the flow leaves through', () => {
    expect(firstCrossing([at(50, 50), at(150, 50)], square)).toMatchObject({
      at: { x: 100, y: 50 },
      upright: true,
    });
  });

  it('is the first one where the flow passes right through', () => {
    expect(firstCrossing([at(-50, 20), at(150, 20)], square)).toMatchObject({ at: { x: 0, y: 20 } });
  });

  it('is found on any piece of a bent flow', () => {
    expect(firstCrossing([at(50, 20), at(50, 50), at(50, 200)], square)).toMatchObject({
      at: { x: 50, y: 100 },
      upright: false,
    });
  });

  it('does not exist for a flow that stays on one side', () => {
    expect(firstCrossing([at(10, 10), at(90, 90)], square)).toBeUndefined();
  });

  it('does not exist where an open boundary would have to be closed to be met', () => {
    const path = [at(-50, 50), at(150, 50)];
    expect(firstCrossing(path, square.slice(0, 3), false)).toMatchObject({ at: { x: 100, y: 50 } });
    expect(firstCrossing(path, square.slice(0, 2), false)).toBeUndefined();
  });

  it('gives way to the label of the flow, along the edge of the boundary', () => {
    const crossing = { at: new Vec(100, 50), upright: true };
    expect(besideLabel(crossing, new Box(60, 40, 80, 20)).at).toMatchObject({ x: 100, y: 72 });
    expect(besideLabel(crossing, new Box(200, 40, 80, 20))).toBe(crossing);
  });
});
