import { and, asc, eq, gt, inArray, lt, lte, max, ne, or } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { postgresError, UnknownSessionError, WriterConflictError } from '../errors.ts';
import type { Orm } from '../orm.ts';
import { documentHeads, documentSnapshots, documentUpdates, workshopSessions, writers } from '../schema.ts';

/**
 * A snapshot is written in pieces of this many bytes. One value of many megabytes would be held several times over at once, as bytes,
 * as hexadecimal text and inside PGlite, whose memory never shrinks.
 */
export const CHUNK_BYTES = 256 * 1024;

/** A client id is somebody else's, or the session is gone. */
const VOIDING = [WriterConflictError, UnknownSessionError];

const FOREIGN_KEY_VIOLATION = '23503';

export interface LogEntry {
  sessionId: string;
  /** 1, 2, 3, ... within the session. */
  seq: number;
  /** A Yjs update. */
  update: Uint8Array;
  /** Yjs client ids that write here for the first time, and whose they are. */
  writers: { clientId: number; userId: string }[];
}

export interface StoredDocument {
  /** The state that holds every update up to `snapshotSeq`; null when the reader is not behind a snapshot. */
  snapshot: Uint8Array | null;
  /** Up to where the snapshot goes; where the reader stands when there is none. */
  snapshotSeq: number;
  /** What came after, in order. */
  updates: Uint8Array[];
  /** Of the last update. */
  seq: number;
  /** Yjs client id -> user id, of the whole session. */
  writers: Map<number, string>;
}

export interface DocumentStore {
  /**
   * Stores updates of any number of sessions, at most one of each, but for those whose number does not follow their session's last:
   * another process was faster, or there is no such session.
   * @returns the entries that were not stored; their writer is behind and must load what it lacks first
   * @throws {WriterConflictError} when a client id belongs to another user; nothing is stored then
   * @throws {UnknownSessionError} when a client id is claimed in a session that does not exist; nothing is stored then
   */
  append(entries: LogEntry[]): Promise<LogEntry[]>;
  /**
   * The document as it was at one moment; null when there is no such session.
   * @param after what the reader has already, so that only the rest is read; 0 for all
   */
  load(sessionId: string, after?: number): Promise<StoredDocument | null>;
  /** The number of the last update of each of these sessions; one that does not exist is left out. */
  heads(sessionIds: string[]): Promise<Map<string, number>>;
  /**
   * Replaces the log up to `seq` by one state, atomically; does nothing if a snapshot covers it already.
   * @param state must contain every update up to `seq`
   * @throws {UnknownSessionError} when the session does not exist
   */
  snapshot(sessionId: string, seq: number, state: Uint8Array): Promise<void>;
  /** Whether an error of `append` says that the caller's copy of the session is void: trying again would never work. */
  isConflict(error: unknown): boolean;
}

export function createDocumentStore(orm: Orm, client: Sql): DocumentStore {
  return {
    append: entries => append(orm, client, entries),
    load: (sessionId, after = 0) => load(orm, sessionId, after),
    heads: sessionIds => heads(orm, sessionIds),
    snapshot: (sessionId, seq, state) => snapshot(orm, sessionId, seq, state),
    isConflict: error => VOIDING.some(kind => error instanceof kind),
  };
}

async function append(orm: Orm, client: Sql, entries: LogEntry[]): Promise<LogEntry[]> {
  if (entries.length === 0) return [];
  const claims = entries.flatMap(entry =>
    entry.writers.map(writer => ({ sessionId: entry.sessionId, ...writer })),
  );
  try {
    // By itself: a client id whose owner is known before it has written anything harms nobody.
    if (claims.length > 0) await orm.transaction(tx => claim(tx, claims));
    return await insert(client, entries);
  } catch (error) {
    throw explain(error);
  }
}

/**
 * A row is stored if its number follows the session's head, in one statement, which is a transaction: who comes second waits for the
 * head's row, and finds it moved. In the order of session ids, so that two nodes that write the same sessions don't wait for each
 * other. As arrays, so that the statement is the same for any number of rows, and by the driver itself, which prepares it: Drizzle
 * would have it parsed, described and planned each time, in two round trips.
 */
async function insert(client: Sql, entries: LogEntry[]): Promise<LogEntry[]> {
  const ordered = entries.toSorted((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
  const ids = arrayLiteral(ordered.map(({ sessionId }) => JSON.stringify(sessionId)));
  const seqs = arrayLiteral(ordered.map(({ seq }) => `${seq}`));
  const payloads = arrayLiteral(ordered.map(({ update }) => hexLiteral(update)));
  const stored = await client<{ session_id: string }[]>`
    with incoming (session_id, seq, payload) as (
      select * from unnest(${ids}::text[], ${seqs}::bigint[], ${payloads}::bytea[])
    ),
    moved as (
      update document_heads head set seq = incoming.seq from incoming
      where head.session_id = incoming.session_id and head.seq = incoming.seq - 1
      returning head.session_id
    )
    insert into document_updates (session_id, seq, payload)
    select session_id, seq, payload from incoming join moved using (session_id)
    returning session_id`;
  if (stored.length === entries.length) return [];
  const known = new Set(stored.map(row => row.session_id));
  return entries.filter(({ sessionId }) => !known.has(sessionId));
}

/** An array as PostgreSQL reads it; its items must be quoted where they need it. */
const arrayLiteral = (items: string[]): string => `{${items.join(',')}}`;

const hexLiteral = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  `"\\\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}"`;

/** Claiming what one owns already is fine: a client that reconnects to another node is claimed by both. */
async function claim(tx: Pick<Orm, 'insert' | 'select'>, claims: (typeof writers.$inferInsert)[]) {
  await tx.insert(writers).values(claims).onConflictDoNothing();
  const foreign = claims.map(({ sessionId, clientId, userId }) =>
    and(eq(writers.sessionId, sessionId), eq(writers.clientId, clientId), ne(writers.userId, userId)),
  );
  const [taken] = await tx
    .select()
    .from(writers)
    .where(or(...foreign))
    .limit(1);
  if (taken) throw new WriterConflictError(taken.sessionId, taken.clientId);
}

function explain(error: unknown): unknown {
  const cause = postgresError(error);
  if (cause?.code !== FOREIGN_KEY_VIOLATION) return error;
  return new UnknownSessionError(cause.detail ?? cause.message, { cause: error });
}

function load(orm: Orm, sessionId: string, after: number): Promise<StoredDocument | null> {
  // Repeatable read: a snapshot that is taken between two of the queries must not hide the log rows it prunes.
  return orm.transaction(
    async tx => {
      const [session] = await tx
        .select({ id: workshopSessions.id })
        .from(workshopSessions)
        .where(eq(workshopSessions.id, sessionId));
      if (!session) return null;

      const chunks = await tx
        .select({ seq: documentSnapshots.seq, payload: documentSnapshots.payload })
        .from(documentSnapshots)
        .where(and(eq(documentSnapshots.sessionId, sessionId), gt(documentSnapshots.seq, after)))
        .orderBy(asc(documentSnapshots.chunk));
      const snapshotSeq = chunks[0]?.seq ?? after;

      const log = await tx
        .select({ seq: documentUpdates.seq, payload: documentUpdates.payload })
        .from(documentUpdates)
        .where(and(eq(documentUpdates.sessionId, sessionId), gt(documentUpdates.seq, snapshotSeq)))
        .orderBy(asc(documentUpdates.seq));
      const owners = await tx
        .select({ clientId: writers.clientId, userId: writers.userId })
        .from(writers)
        .where(eq(writers.sessionId, sessionId));

      return {
        snapshot: chunks.length === 0 ? null : joined(chunks.map(({ payload }) => payload)),
        snapshotSeq,
        updates: log.map(({ payload }) => payload),
        seq: log.at(-1)?.seq ?? snapshotSeq,
        writers: new Map(owners.map(({ clientId, userId }) => [clientId, userId])),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function heads(orm: Orm, sessionIds: string[]): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await orm.select().from(documentHeads).where(inArray(documentHeads.sessionId, sessionIds));
  return new Map(rows.map(({ sessionId, seq }) => [sessionId, seq]));
}

function snapshot(orm: Orm, sessionId: string, seq: number, state: Uint8Array): Promise<void> {
  return orm.transaction(async tx => {
    // Two nodes may snapshot one session at once, and their chunks must not mix: the session's row makes them take turns.
    const [session] = await tx
      .select({ id: workshopSessions.id })
      .from(workshopSessions)
      .where(eq(workshopSessions.id, sessionId))
      .for('no key update');
    if (!session) throw new UnknownSessionError(`There is no session ${sessionId}.`);

    const [newest] = await tx
      .select({ seq: max(documentSnapshots.seq) })
      .from(documentSnapshots)
      .where(eq(documentSnapshots.sessionId, sessionId));
    if ((newest?.seq ?? 0) >= seq) return;

    for (const [chunk, payload] of chunked(state).entries()) {
      await tx.insert(documentSnapshots).values({ sessionId, seq, chunk, payload });
    }
    await tx
      .delete(documentSnapshots)
      .where(and(eq(documentSnapshots.sessionId, sessionId), lt(documentSnapshots.seq, seq)));
    await tx
      .delete(documentUpdates)
      .where(and(eq(documentUpdates.sessionId, sessionId), lte(documentUpdates.seq, seq)));
  });
}

/** At least one piece, so that an empty state is a snapshot too. */
function chunked(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.length / CHUNK_BYTES));
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
}

function joined(chunks: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}
