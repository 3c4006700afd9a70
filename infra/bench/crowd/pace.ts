/** An open-loop schedule: everyone's turns are spread evenly over the period, whatever the server does. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Turns per second of each person. */
  rate: number;
  seconds: number;
  /** Ms since 1970 of the first person's first turn. */
  startAt: number;
  /** How many people the whole crowd has. */
  total: number;
}

/**
 * Gives each of this process's people their turns.
 * @param places of its people in the whole crowd, ascending
 * @returns how late each turn was, in ms: the generator's fault, not the server's
 */
export async function keepPace(
  { rate, seconds, startAt, total }: Pace,
  places: readonly number[],
  turn: (i: number) => void,
): Promise<Float64Array> {
  const period = 1000 / rate;
  const rounds = Math.round(rate * seconds);
  const late = new Float64Array(rounds * places.length);
  const offset = startAt - performance.timeOrigin;
  for (let n = 0; n < late.length; ) {
    const i = n % places.length;
    const due = offset + (Math.floor(n / places.length) + places[i]! / total) * period;
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
