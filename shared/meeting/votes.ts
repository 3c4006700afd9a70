/** Dot votes. Ballots are nobody's to see: they are in the document neither before nor after, only their sum is, once it is closed. */

export type Vote = {
  id: string;
  /** What is voted on, for people. */
  title: string;
  /** Dots of each person, and the most of them on one threat. */
  dots: number;
  perThreat: number;
  /** Ids of the threats that may get dots. */
  threats: string[];
  /** Milliseconds since 1970, by the server's clock. */
  openedAt: number;
  /** When it closes by itself; null when the moderator closes it. */
  endsAt: number | null;
  /** null while it is open. */
  closedAt: number | null;
  /** How many people have given dots so far. */
  voters: number;
  /** Dots by threat; null while it is open. */
  result: Record<string, number> | null;
};

/** Dots of one person, by threat. */
export type Ballot = Record<string, number>;

/** Most of what a vote may have. */
export const MOST_DOTS = 99;
export const MOST_CANDIDATES = 1000;

export type Rules = Pick<Vote, 'dots' | 'perThreat' | 'threats'>;

/** @returns why a ballot does not count, in words for who cast it; null when it does */
export function refuseBallot({ dots, perThreat, threats }: Rules, ballot: Ballot): string | null {
  const given = Object.entries(ballot);
  if (given.some(([threat]) => !threats.includes(threat))) return 'This vote is not about that threat.';
  if (given.some(([, count]) => !Number.isInteger(count) || count < 1))
    return 'Dots are whole and at least one.';
  if (given.some(([, count]) => count > perThreat))
    return perThreat === 1 ? 'A threat takes one dot of yours.' : `A threat takes ${perThreat} of your dots.`;
  const sum = given.reduce((total, [, count]) => total + count, 0);
  return sum > dots ? `You have ${dots} ${dots === 1 ? 'dot' : 'dots'}.` : null;
}

/** The one whose result is shown. */
export const lastClosed = (votes: readonly Vote[]): Vote | undefined =>
  votes.findLast(({ closedAt }) => closedAt !== null);

/** Dots by threat, those without any included. */
export function tally({ threats }: Rules, ballots: readonly Ballot[]): Record<string, number> {
  const sums = Object.fromEntries(threats.map(threat => [threat, 0]));
  for (const ballot of ballots) {
    for (const [threat, count] of Object.entries(ballot)) if (threat in sums) sums[threat]! += count;
  }
  return sums;
}
