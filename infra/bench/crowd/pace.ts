/** An open-loop schedule: everyone's turns are spread evenly over the period, whatever the server does. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Turns per second of each person. */
  rate: number;
  seconds: number;
  /** Ms since 1970 of the first turn of phase 0. */
  startAt: number;
}

/**
 * Gives each of this process's people their turns.
 * @param phases of its people: the part of the period after which each has its turn, from 0 to 1, ascending
 * @returns how late each turn was, in ms: the generator's fault, not the server's
 */
export async function keepPace(
  { rate, seconds, startAt }: Pace,
  phases: readonly number[],
  turn: (i: number) => void,
): Promise<Float64Array> {
  const period = 1000 / rate;
  const rounds = Math.round(rate * seconds);
  const late = new Float64Array(rounds * phases.length);
  const offset = startAt - performance.timeOrigin;
  for (let n = 0; n < late.length; ) {
    const i = n % phases.length;
    const due = offset + (Math.floor(n / phases.length) + phases[i]!) * period;
    const now = performance.now();
    if (now < due) {
      await sleep(1);
      continue;
    }
    late[n++] = now - due;
    turn(i);
  }
  return late;
}
