/** The crowds of DESIGN.md's table, and what Strideboard is to reach under each. */

export interface Load {
  rooms: number;
  /** In each room. */
  people: number;
  /** Changes per second of each person. */
  rate: number;
  target?: {
    /** CPU seconds of the server for 8 s of the load. */
    cpu?: number;
    /** CPU seconds as a multiple of the relay's: the same on a machine of any speed. */
    ofRelay?: number;
    /** Milliseconds. */
    p99: number;
  };
  /** Everyone is measured under it, or Strideboard alone. */
  peers: boolean;
}

export const LOADS = {
  a: { rooms: 1, people: 50, rate: 30, target: { cpu: 2.9, ofRelay: 0.6, p99: 40 }, peers: true },
  b: { rooms: 1, people: 200, rate: 4, target: { cpu: 4.5, ofRelay: 0.4, p99: 45 }, peers: true },
  c: { rooms: 200, people: 5, rate: 4, target: { cpu: 4.8, ofRelay: 2, p99: 50 }, peers: true },
  d: { rooms: 1, people: 1000, rate: 1, target: { p99: 250 }, peers: false },
  // For the cost model alone: small loads whose parts differ.
  'fit-1': { rooms: 1, people: 20, rate: 30, peers: false },
  'fit-2': { rooms: 20, people: 10, rate: 4, peers: false },
  'fit-3': { rooms: 1, people: 100, rate: 2, peers: false },
} as const satisfies Record<string, Load>;

export type LoadName = keyof typeof LOADS;

export const describeLoad = ({ rooms, people, rate }: Load): string =>
  `${rooms} room${rooms === 1 ? '' : 's'} x ${people} people x ${rate}/s`;
