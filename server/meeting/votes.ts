import { readVotes, root } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import { tally, type Vote } from '#shared/meeting/votes.ts';
import type { RouteDeps } from '../routes/context.ts';
import { changed, tell } from './happening.ts';

/**
 * Counts a vote and tells the session; closing it again changes nothing.
 * @param by who closed it; null when its time was up
 * @returns null without such a vote
 */
export async function closeVote(
  { db, changeDocument }: Pick<RouteDeps, 'db' | 'changeDocument'>,
  sessionId: string,
  voteId: string,
  by: Author | null,
): Promise<Vote | null> {
  // From here on no ballot counts.
  const closed = await db.votes.close({ sessionId, voteId });
  if (!closed) return null;
  const { vote, ballots } = closed;
  return changed({ changeDocument }, sessionId, doc => {
    const find = () => readVotes(doc).find(({ id }) => id === voteId) ?? null;
    const before = find();
    if (!before || before.closedAt !== null) return before;
    const entry = root(doc, 'votes').get(voteId)!;
    const at = Date.now();
    entry.set('closedAt', at);
    entry.set('voters', ballots.length);
    entry.set('result', tally(vote, ballots));
    const { title } = before;
    tell(doc, { at, by }, { what: 'vote-closed', vote: voteId, title, voters: ballots.length });
    return find();
  });
}
