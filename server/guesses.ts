/**
 * Slows down who guesses invitations. Only wrong ones count, so that a hospital that joins through one address can. The tokens
 * can't be guessed anyway; this keeps the guessing off the database.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ApiError } from './errors.ts';

export interface GuessOptions {
  /** Wrong invitations that one address may try within `duration`. */
  points?: number;
  /** In seconds. */
  duration?: number;
}

export interface Guesses {
  /** @throws {ApiError} `too_many_requests` when this address guessed wrong too often */
  check(address: string): Promise<void>;
  /** Counts a wrong guess. */
  wrong(address: string): Promise<void>;
}

export function createGuesses({ points = 100, duration = 60 }: GuessOptions = {}): Guesses {
  const limiter = new RateLimiterMemory({ points, duration });
  return {
    async check(address) {
      const state = await limiter.get(address);
      if (!state || state.remainingPoints > 0) return;
      const seconds = Math.ceil(state.msBeforeNext / 1000);
      throw new ApiError('too_many_requests', `Too many wrong invitations. Try again in ${seconds} s.`);
    },
    async wrong(address) {
      // Rejects once the points are used up, which `check` says from then on.
      await limiter.consume(address).catch(() => {});
    },
  };
}
