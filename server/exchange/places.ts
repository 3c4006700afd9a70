/** Places for files that are in memory at once: a bound on all of them, and a share of it for each sender. */
import { ApiError } from '../errors.ts';

export interface PlaceOptions {
  /** Places in all: as many as the pool runs and lets wait, see pool.ts. */
  all?: number;
  /** Of these, most that one sender has. */
  each?: number;
}

export interface Places {
  /**
   * @param sender the address it comes from
   * @returns gives the place back; more than once does no harm
   * @throws {ApiError} `too_many_requests` when this sender's share is taken, `unavailable` when all places are
   */
  take(sender: string): () => void;
}

export function createPlaces({ all = 10, each = 3 }: PlaceOptions = {}): Places {
  /** One entry for each place that is taken. */
  const taken = new Set<{ sender: string }>();
  return {
    take(sender) {
      const own = [...taken].filter(place => place.sender === sender).length;
      if (own >= each)
        throw new ApiError(
          'too_many_requests',
          `This address brings ${own} files already. Try again when one of them is read.`,
        );
      if (taken.size >= all)
        throw new ApiError('unavailable', 'Too many files are being read. Try again in a moment.');
      const place = { sender };
      taken.add(place);
      return () => taken.delete(place);
    },
  };
}
