/**
 * What Strideboard's CPU seconds are made of, as a sum of three parts:
 *
 *   cpu = perSecond x seconds + perUpdate x updates in + perFrame x frames out
 *
 * Every second in which anybody draws the group commits and their timers cost the same; an update in is decoded, judged by the gate,
 * applied and stored; a frame out costs a system call whatever it holds. The prices are fitted over measured loads; the load that is
 * held out is then predicted, from its counted traffic and from its description alone. The same is done for memory.
 */
import { tickFor } from '#server/sync/tick.ts';
import { LOADS, type Load, type LoadName } from './loads.ts';
import { isMeasured, type MeasuredRun, type Measurement } from './measure.ts';
import { round } from './statistics.ts';

/** Never used for fitting: the one that shows whether the model holds. */
const HELD_OUT: LoadName = 'b';
/** Ms: the shortest time between two frames to one client, which grows with what a round of them costs (server/sync/tick.ts). */
const TICK = 16;

export interface CostModel {
  /** CPU ms of each second, and µs of each update and frame. */
  price: { perSecond: number; perUpdate: number; perFrame: number };
  /** What a client receives: bytes of an update in a frame, and of a frame beside its updates. */
  wire: { perUpdate: number; perFrame: number };
  /** MiB. */
  memory: { base: number; perRoom: number; perClient: number };
  rows: Row[];
}

interface Row {
  load: string;
  fitted: boolean;
  /** CPU seconds. */
  measured: number;
  /** From the frames and bytes that were counted. */
  fromTraffic: number;
  /** From rooms, people and rate alone. */
  fromDescription: number;
  /** MiB. */
  memoryMeasured: number;
  memoryPredicted: number;
}

const loadOf = ({ load }: MeasuredRun): Load => LOADS[load];

/** @returns null when there are too few measured loads to fit three prices and have one left */
export function fitCostModel(measurements: readonly Measurement[], seconds: number): CostModel | null {
  const own = measurements.filter(isMeasured).filter(({ server }) => server === 'strideboard');
  const fit = own.filter(({ load }) => load !== HELD_OUT);
  if (fit.length < 4) return null;
  const traffic = ({ changes, frames }: Pick<MeasuredRun, 'changes' | 'frames'>) => [
    seconds,
    changes,
    frames,
  ];
  const cpu = leastSquares(
    fit.map(traffic),
    fit.map(({ cpu }) => cpu),
  );
  const wire = leastSquares(
    fit.map(row => [row.changes * loadOf(row).people, row.frames]),
    fit.map(({ bytes }) => bytes),
  );
  const size = (row: MeasuredRun) => [1, loadOf(row).rooms, loadOf(row).rooms * loadOf(row).people];
  const memory = leastSquares(
    fit.map(size),
    fit.map(({ memory }) => memory),
  );
  const described = ({ rooms, people, rate }: Load) => {
    const updates = people * rate;
    const changes = rooms * updates * seconds;
    const tick = tickFor(cpu[2]! * 1000 * people, TICK);
    return { changes, frames: rooms * Math.min(updates, 1000 / tick) * people * seconds };
  };
  const [perSecond, perUpdate, perFrame] = cpu as [number, number, number];
  return {
    price: {
      perSecond: round(perSecond * 1e3),
      perUpdate: round(perUpdate * 1e6),
      perFrame: round(perFrame * 1e6, 1),
    },
    wire: { perUpdate: round(wire[0]!), perFrame: round(wire[1]!) },
    memory: { base: round(memory[0]!), perRoom: round(memory[1]!, 3), perClient: round(memory[2]!, 3) },
    rows: own.map(row => ({
      load: row.load,
      fitted: row.load !== HELD_OUT,
      measured: row.cpu,
      fromTraffic: round(dot(cpu, traffic(row)), 2),
      fromDescription: round(dot(cpu, traffic(described(loadOf(row)))), 2),
      memoryMeasured: row.memory,
      memoryPredicted: round(dot(memory, size(row)), 0),
    })),
  };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/**
 * Prices that are not negative, with the least sum of squared *relative* errors: a small load counts as much as a large one. With
 * three prices every subset of them can be tried.
 */
export function leastSquares(rows: readonly number[][], values: readonly number[]): number[] {
  const weighted = rows.map((row, i) => row.map(feature => feature / values[i]!));
  const count = rows[0]!.length;
  let best = { error: Number.POSITIVE_INFINITY, prices: new Array<number>(count).fill(0) };
  for (let subset = 1; subset < 1 << count; subset++) {
    const used = Array.from({ length: count }, (_, i) => i).filter(i => subset & (1 << i));
    const part = solve(
      used.map(i => [
        ...used.map(j => weighted.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
        weighted.reduce((sum, row) => sum + row[i]!, 0),
      ]),
    );
    if (!part?.every(price => price >= 0)) continue;
    const prices = Array.from({ length: count }, (_, i) => part[used.indexOf(i)] ?? 0);
    const error = weighted.reduce((sum, row) => sum + (dot(prices, row) - 1) ** 2, 0);
    if (error < best.error) best = { error, prices };
  }
  return best.prices;
}

/** Solves linear equations, each a row with its right side at the end; null when they have no single solution. */
function solve(rows: number[][]): number[] | null {
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.slice(column).reduce((a, b) => (Math.abs(b[column]!) > Math.abs(a[column]!) ? b : a));
    if (!pivot[column]) return null;
    const at = rows.indexOf(pivot);
    [rows[column], rows[at]] = [pivot, rows[column]!];
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[column]! / pivot[column]!;
      for (let i = column; i < row.length; i++) row[i] = row[i]! - factor * pivot[i]!;
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
