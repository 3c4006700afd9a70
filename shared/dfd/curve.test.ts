import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMeeting, flowPath } from './curve.ts';
import type { Point } from './geometry.ts';

const everywhere = () => true;

describe('the path of a flow', () => {
  it('is straight between its ends while it bulges less than anybody sees', () => {
    expect(flowPath([0, 0], [100, 0], 7)).toEqual([
      [0, 0],
      [100, 0],
    ]);
    expect(flowPath([5, 5], [5, 5], 40)).toHaveLength(2);
  });

  it('lies on the circle through its ends and its middle, which is as far to the right as it bends', () => {
    const at = fc.integer({ min: -1000, max: 1000 });
    const bend = fc.oneof(fc.integer({ min: 8, max: 600 }), fc.integer({ min: -600, max: -8 }));
    fc.assert(
      fc.property(at, at, at, at, bend, (ax, ay, bx, by, bend) => {
        const chord = Math.hypot(bx - ax, by - ay);
        fc.pre(chord > 1);
        const path = flowPath([ax, ay], [bx, by], bend);
        expect([path[0], path.at(-1)]).toEqual([
          [ax, ay],
          [bx, by],
        ]);
        const [mx, my] = path[(path.length - 1) / 2]!;
        // Right of the way from start to end, y down.
        expect(mx).toBeCloseTo((ax + bx) / 2 - ((by - ay) / chord) * bend, 4);
        expect(my).toBeCloseTo((ay + by) / 2 + ((bx - ax) / chord) * bend, 4);
        // Equal steps along the arc: no corner, no way back.
        const steps = path.slice(1).map(([x, y], i) => Math.hypot(x - path[i]![0], y - path[i]![1]));
        for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 4);
      }),
    );
  });
});

describe('where it meets a line', () => {
  const path: Point[] = [
    [0, 0],
    [100, 0],
    [100, 100],
  ];
  it('is told by segment and share, of several the first', () => {
    expect(
      firstMeeting(
        path,
        [
          [25, -10],
          [25, 10],
          [75, 10],
          [75, -10],
        ],
        everywhere,
      ),
    ).toBe(0.25);
    expect(
      firstMeeting(
        path,
        [
          [90, 50],
          [110, 50],
        ],
        everywhere,
      ),
    ).toBe(1.5);
  });
  it('is nowhere for one that it misses or that runs along it', () => {
    expect(
      firstMeeting(
        path,
        [
          [0, 1],
          [99, 99],
        ],
        everywhere,
      ),
    ).toBeUndefined();
    expect(
      firstMeeting(
        path,
        [
          [0, 0],
          [50, 0],
        ],
        everywhere,
      ),
    ).toBeUndefined();
  });
  it('is the first one that counts', () => {
    const line: Point[] = [
      [25, -10],
      [25, 10],
      [75, 10],
      [75, -10],
    ];
    expect(firstMeeting(path, line, ([x]) => x > 50)).toBe(0.75);
  });
});
