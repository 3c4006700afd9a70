/** A room's place in its session's log: appends behind what is there, reads what other nodes appended, folds it into snapshots. */
import * as Y from 'yjs';
import { UnknownSessionError } from '#db/errors.ts';
import type { Committer } from './committer.ts';
import type { DocumentStore, LogEntry, StoredDocument } from './store.ts';

/** Rows after which a snapshot replaces the log: replaying this many takes about 10 ms. */
const FOLD_ROWS = 500;
/** Bytes of log after which a snapshot replaces it, beyond those of the last snapshot. */
const FOLD_BYTES = 4 * 1024 * 1024;

/** A row that another node appended; without its update when that was too large to be told. */
export interface HeardRow {
  seq: number;
  update: Uint8Array | null;
  writers: LogEntry['writers'];
}

export class RoomLog {
  /** Of the last row that this room knows. */
  seq: number;
  private rows: number;
  private logBytes: number;
  private snapshotBytes: number;
  private heard: HeardRow[] = [];
  /** There may be rows that were not heard of. */
  private stale = false;

  constructor(
    private readonly sessionId: string,
    stored: StoredDocument,
    private readonly store: DocumentStore,
    private readonly committer: Committer,
  ) {
    this.seq = stored.seq;
    this.rows = stored.updates.length;
    this.logBytes = stored.updates.reduce((sum, { length }) => sum + length, 0);
    this.snapshotBytes = stored.snapshot?.length ?? 0;
  }

  /** What the session takes in the store, about. */
  get bytes(): number {
    return this.snapshotBytes + this.logBytes;
  }

  /** Whether a snapshot is due. */
  get isLong(): boolean {
    return this.rows >= FOLD_ROWS || this.logBytes >= FOLD_BYTES + this.snapshotBytes;
  }

  /**
   * @returns the number of the new row; null when another node took that number: {@link readOn}, then try again
   * @throws what the store throws
   */
  async append(update: Uint8Array, writers: LogEntry['writers']): Promise<number | null> {
    const entry = { sessionId: this.sessionId, seq: this.seq + 1, update, writers };
    if (await this.committer.commit(entry)) {
      this.follow(entry);
      return entry.seq;
    }
    this.suspect();
    return null;
  }

  /** Hears of a row of another node. */
  hear(row: HeardRow): void {
    this.heard.push(row);
  }

  /** There may be rows that nobody tells of. */
  suspect(): void {
    this.stale = true;
  }

  /** Whether there may be something to read. */
  get mayLack(): boolean {
    return this.stale || this.heard.length > 0;
  }

  /**
   * Hands over what other nodes appended: what was heard of as long as it follows on, else from the store.
   * @throws {UnknownSessionError} when the session is gone
   * @throws what the store throws; {@link suspect} that something is missing, then, to read again
   */
  async readOn(takeIn: (update: Uint8Array, writers: Iterable<[number, string]>) => void): Promise<void> {
    for (const { seq, update, writers } of this.heard.splice(0).sort((a, b) => a.seq - b.seq)) {
      if (seq <= this.seq) continue;
      if (seq > this.seq + 1 || !update) {
        this.stale = true;
        break;
      }
      this.follow({ seq, update });
      takeIn(
        update,
        writers.map(({ clientId, userId }) => [clientId, userId]),
      );
    }
    if (!this.stale) return;
    this.stale = false;
    const stored = await this.store.load(this.sessionId, this.seq);
    if (!stored) throw new UnknownSessionError(`There is no session ${this.sessionId}.`);
    if (stored.seq <= this.seq) return;
    this.catchUp(stored);
    const updates = [stored.snapshot, ...stored.updates].filter(update => update !== null);
    takeIn(Y.mergeUpdates(updates), stored.writers);
  }

  private follow({ seq, update }: { seq: number; update: Uint8Array }): void {
    this.seq = seq;
    this.rows++;
    this.logBytes += update.length;
  }

  private catchUp({ seq, snapshot, updates }: StoredDocument): void {
    this.seq = seq;
    if (snapshot) [this.rows, this.logBytes, this.snapshotBytes] = [0, 0, snapshot.length];
    this.rows += updates.length;
    this.logBytes += updates.reduce((sum, { length }) => sum + length, 0);
  }

  /**
   * Replaces the log by a snapshot.
   * @param state of the document now, with everything up to {@link seq}
   * @throws what the store throws; the log stays then
   */
  async fold(state: Uint8Array): Promise<void> {
    if (this.rows === 0) return;
    const [seq, rows, bytes] = [this.seq, this.rows, this.logBytes];
    await this.store.snapshot(this.sessionId, seq, state);
    this.rows -= rows;
    this.logBytes -= bytes;
    this.snapshotBytes = state.length;
  }
}
