/** Writes what a person did to a meeting into its document, together with the line in the minutes that tells of it. */
import type { Context } from 'hono';
import { nanoid } from 'nanoid';
import type * as Y from 'yjs';
import { type Entry, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Author } from '#shared/document/threats.ts';
import { NotNow } from '#shared/meeting/meeting.ts';
import { type Happening, record } from '#shared/meeting/minutes.ts';
import { ApiError } from '../errors.ts';
import type { Env, RouteDeps } from '../routes/context.ts';
import { unlessFull } from '../routes/write.ts';

/** Milliseconds since 1970, and who it was; null for the server. */
interface Moment {
  at: number;
  by: Author | null;
}

/** The one entry of a session. */
export function sessionEntry(doc: Y.Doc): Entry {
  const entry = root(doc, 'session').get(SESSION_ENTRY);
  if (!entry) throw new NotNow('The session is empty.');
  return entry;
}

export const tell = (doc: Y.Doc, moment: Moment, happening: Happening): void =>
  record(doc, nanoid(10), moment, happening);

export const authorOf = ({ var: { member } }: Context<Env>): Author => ({
  id: member.userId,
  name: member.name,
});

/**
 * Changes a session's document, and waits until that is stored.
 * @throws {ApiError} `conflict` for what makes no sense now, `not_found` without such a session, `too_large` when it is full
 */
export async function changed<T>(
  { changeDocument }: Pick<RouteDeps, 'changeDocument'>,
  sessionId: string,
  change: (doc: Y.Doc) => T,
): Promise<T> {
  const result = await unlessFull(changeDocument(sessionId, doc => ({ value: change(doc) }))).catch(error => {
    if (error instanceof NotNow) throw new ApiError('conflict', error.message);
    throw error;
  });
  if (!result) throw new ApiError('not_found', 'There is no such session, or you are not in it.');
  return result.value;
}
