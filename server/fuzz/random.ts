/** Random choices that a seed repeats. */
import * as prng from 'lib0/prng';

export interface Random {
  readonly seed: number;
  /** A whole number from 0 to `max`, both included. */
  upTo(max: number): number;
  oneOf<T>(choices: readonly T[]): T;
  bytes(length: number): Uint8Array;
  chance(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  const generator = prng.create(seed);
  return {
    seed,
    upTo: max => prng.uint53(generator, 0, max),
    oneOf: choices => prng.oneOf(generator, choices as never[]),
    bytes: length => prng.uint8Array(generator, length),
    chance: probability => prng.real53(generator) < probability,
  };
}

/** The seed of this run: FUZZ_SEED to repeat one, else a new one. */
export const fuzzSeed = (): number => Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
