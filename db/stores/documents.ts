import { and, asc, eq, gt, lt, lte, max, ne, or } from 'drizzle-orm';
import { postgresError, SequenceConflictError, UnknownSessionError, WriterConflictError } from '../errors.ts';
import type { Orm } from '../orm.ts';
import { documentSnapshots, documentUpdates, workshopSessions, writers } from '../schema.ts';

/**
 * A snapshot is written in pieces of this many bytes. One value of many megabytes would be held several times over at once, as bytes,
 * as hexadecimal text and inside PGlite, whose memory never shrinks.
 */
export const CHUNK_BYTES = 256 * 1024;

/** Another process wrote the session, gave a client id to somebody else, or deleted it. */
const VOIDING = [SequenceConflictError, WriterConflictError, UnknownSessionError];

const UNIQUE_VIOLATION = '23505';
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
  /** The state that holds every update up to `snapshotSeq`; null before the first snapshot. */
  snapshot: Uint8Array | null;
  /** 0 before the first snapshot. */
  snapshotSeq: number;
  /** What came after the snapshot, in order. */
  updates: Uint8Array[];
  /** How many those are. */
  logLength: number;
  /** Of the last update. */
  seq: number;
  /** Yjs client id -> user id. */
  writers: Map<number, string>;
}

export interface DocumentStore {
  /**
   * Stores updates of any number of sessions: all of them, or none.
   * @throws {SequenceConflictError} when a sequence number is taken
   * @throws {WriterConflictError} when a client id belongs to another user
   * @throws {UnknownSessionError} when a session does not exist
   */
  append(entries: LogEntry[]): Promise<void>;
  /** The document as it was at one moment; null when there is no such session. */
  load(sessionId: string): Promise<StoredDocument | null>;
  /**
   * Replaces the log up to `seq` by one state, atomically; does nothing if a snapshot covers it already.
   * @param state must contain every update up to `seq`
   * @throws {UnknownSessionError} when the session does not exist
   */
  snapshot(sessionId: string, seq: number, state: Uint8Array): Promise<void>;
  /** Whether an error of `append` says that the caller's copy of the session is void: trying again would never work. */
  isConflict(error: unknown): boolean;
}

export function createDocumentStore(orm: Orm): DocumentStore {
  return {
    append: entries => append(orm, entries),
    load: sessionId => load(orm, sessionId),
    snapshot: (sessionId, seq, state) => snapshot(orm, sessionId, seq, state),
    isConflict: error => VOIDING.some(kind => error instanceof kind),
  };
}

async function append(orm: Orm, entries: LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ sessionId, seq, update }) => ({ sessionId, seq, payload: update }));
  const claims = entries.flatMap(entry =>
    entry.writers.map(writer => ({ sessionId: entry.sessionId, ...writer })),
  );
  try {
    // One INSERT is a transaction by itself; an explicit one would double the round trips of every commit.
    if (claims.length === 0) await orm.insert(documentUpdates).values(rows);
    else {
      await orm.transaction(async tx => {
        await claim(tx, claims);
        await tx.insert(documentUpdates).values(rows);
      });
    }
  } catch (error) {
    throw explain(error);
  }
}

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
  const message = cause?.detail ?? cause?.message;
  if (cause?.code === UNIQUE_VIOLATION) return new SequenceConflictError(message, { cause: error });
  if (cause?.code === FOREIGN_KEY_VIOLATION) return new UnknownSessionError(message, { cause: error });
  return error;
}

function load(orm: Orm, sessionId: string): Promise<StoredDocument | null> {
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
        .where(eq(documentSnapshots.sessionId, sessionId))
        .orderBy(asc(documentSnapshots.chunk));
      const snapshotSeq = chunks[0]?.seq ?? 0;

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
        logLength: log.length,
        seq: log.at(-1)?.seq ?? snapshotSeq,
        writers: new Map(owners.map(({ clientId, userId }) => [clientId, userId])),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
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
