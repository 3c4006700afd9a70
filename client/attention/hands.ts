/** Who wants to speak, and in which order. */
import type { Hand } from '#shared/document/document.ts';

/** Hands of those who are here, the first to be raised first: who left in the meantime waits for nothing. */
export const handsUp = (hands: readonly Hand[], here: ReadonlySet<string>): Hand[] =>
  hands.filter(({ id }) => here.has(id));

/** `1st`, `2nd`, `3rd`, `4th` … */
export function ordinal(place: number): string {
  const teen = place % 100 > 10 && place % 100 < 14;
  const ending = teen ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[place % 10];
  return `${place}${ending ?? 'th'}`;
}
