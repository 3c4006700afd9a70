/** The part of the time that sending to one room may take: the rest is for everybody else. */
const SHARE = 1 / 4;
/** Longest tick, in ms: beyond this people would see the others jump. */
const MAX_TICK = 200;

/**
 * How far apart two rounds of sending are, in ms: the more one costs, the more it gathers.
 * @param cost of the last round, in ms
 */
export const tickFor = (cost: number, shortest: number): number =>
  Math.min(Math.max(shortest, cost / SHARE), MAX_TICK);
