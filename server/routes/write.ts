/** What the HTTP API writes into a session's document: under the same rights as what people write into it live. */
import type { Context } from 'hono';
import type * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { circumstancesOf, isProtected, putEntry, type Root, root } from '#shared/document/document.ts';
import { refuse, type Writer } from '#shared/document/rights.ts';
import { ApiError } from '../errors.ts';
import { SessionFullError } from '../sync/rooms.ts';
import type { Env } from './context.ts';

/** One entry as it is to be: its registers, those that are undefined removed; or null, the entry removed. */
export interface Edit {
  root: Root;
  entry: string;
  registers: Record<string, Json | undefined> | null;
}

/** The caller as the author of what is written. */
export function writerOf(c: Context<Env>): Writer {
  const { userId, name, role } = c.var.member;
  return { id: userId, name, role };
}

/**
 * Writes all of the edits or none, and waits until they are stored.
 * @param plan reads the document and says what to write; the result is for the answer
 * @throws {ApiError} `forbidden` when the caller may not, `not_found` without such a session, `too_large` when that is full, and
 * what `plan` throws
 */
export async function write<T>(
  c: Context<Env>,
  plan: (doc: Y.Doc) => { edits: Edit[]; result: T },
): Promise<T> {
  const { deps, member } = c.var;
  const writer = writerOf(c);
  const change = deps.changeDocument(
    member.sessionId,
    doc => {
      const { edits, result } = plan(doc);
      for (const edit of edits) check(doc, writer, edit);
      for (const edit of edits) apply(doc, edit);
      return { result };
    },
    { id: writer.id, name: writer.name },
  );
  const written = await unlessFull(change);
  if (!written) throw new ApiError('not_found', 'There is no such session, or you are not in it.');
  return written.result;
}

/** @throws {ApiError} `too_large` when the session is full, and what the change throws */
export const unlessFull = <T>(change: Promise<T>): Promise<T> =>
  change.catch(error => {
    if (!(error instanceof SessionFullError)) throw error;
    throw new ApiError('too_large', 'The session holds as much as it may.');
  });

function check(doc: Y.Doc, writer: Writer, { root: name, entry, registers }: Edit): void {
  const before = (root(doc, name).get(entry)?.toJSON() ?? null) as Record<string, Json> | null;
  const after = registers && definedOf({ ...before, ...registers });
  const held = name === 'board' && isProtected(doc, entry, registers?.fromId);
  const reason = refuse(
    writer,
    { root: name, entry, before: held ? { ...before, isLocked: true } : before, after },
    circumstancesOf(doc),
  );
  if (reason) throw new ApiError('forbidden', `${reason[0]!.toUpperCase()}${reason.slice(1)}.`);
}

function apply(doc: Y.Doc, { root: name, entry, registers }: Edit): void {
  const entries = root(doc, name);
  const there = entries.get(entry);
  if (!registers) return entries.delete(entry);
  if (!there) return putEntry(entries, entry, registers);
  for (const [key, value] of Object.entries(registers)) {
    if (value === undefined) there.delete(key);
    else if (JSON.stringify(there.get(key)) !== JSON.stringify(value)) there.set(key, value);
  }
}

const definedOf = (registers: Record<string, Json | undefined>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(registers).filter((pair): pair is [string, Json] => pair[1] !== undefined),
  );
