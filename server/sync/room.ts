/**
 * A room: one session's document in memory, its people, and the one path every change takes:
 *
 *   gate -> document -> batch -> commit -> everyone
 *
 * What was accepted while a commit was under way becomes the next batch: one log row and one frame, so the tick adapts to
 * the load by itself. Nothing leaves the room before it is committed: no client ever holds something that a crash could take
 * from the store, so every client's copy is a part of what is stored, plus its own unsaved changes.
 */
import * as Y from 'yjs';
import type { CloseReason } from '#shared/document/protocol.ts';
import type { Writer } from '#shared/document/rights.ts';
import type { Committer } from './committer.ts';
import { frames } from './frames.ts';
import { judge } from './gate.ts';
import { Presence } from './presence.ts';
import type { DocumentStore, LogEntry, StoredDocument } from './store.ts';

/** Rows after which a snapshot replaces the log: replaying this many takes about 10 ms. */
const SNAPSHOT_EVERY = 500;
/** Presence is latest-only and sent at most this often, in ms: 30 frames a second look smooth. */
const PRESENCE_TICK = 33;
/** Longest pause between attempts to store, in ms. */
const MAX_RETRY_PAUSE = 5_000;
/** Owner, in the table of writers, of what the server writes itself. */
const SERVER = 'server';

/** A person's end of the room. */
export interface Member {
  writer: Writer;
  /** The Yjs client that its presence is of, once known. */
  client: number | undefined;
  send(frame: Uint8Array): void;
  close(why: CloseReason, detail?: string): void;
}

export interface RoomDeps {
  store: DocumentStore;
  committer: Committer;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
  /** The session was written by another process: this copy is void. */
  onVoid: () => void;
}

type Outcome = { accepted: true } | { accepted: false; why: 'malformed' | 'refused'; reason: string };

export class Room {
  readonly doc = new Y.Doc();
  readonly members = new Set<Member>();
  private readonly presence = new Presence();
  /** Owner of each Yjs client id: a user, or the server. */
  private readonly owners: Map<number, string>;
  /** Client ids whose owner is in the store or on its way there. */
  private readonly recorded: Set<number>;
  private seq: number;
  private logLength: number;
  private batch: { update: Uint8Array; origin: unknown }[] = [];
  private newWriters: LogEntry['writers'] = [];
  private afterCommit: (() => void)[] = [];
  private flushing: Promise<void> | null = null;
  /** Members whose step 1 waits for a commit. */
  private readonly asking = new Set<Member>();
  private moved = new Set<number>();
  private presenceTimer: NodeJS.Timeout | null = null;
  private voided = false;

  constructor(
    readonly sessionId: string,
    stored: StoredDocument,
    private readonly deps: RoomDeps,
  ) {
    for (const update of [stored.snapshot, ...stored.updates]) if (update) Y.applyUpdate(this.doc, update);
    this.seq = stored.seq;
    this.logLength = stored.logLength;
    this.owners = new Map(stored.writers).set(this.doc.clientID, SERVER);
    this.recorded = new Set(stored.writers.keys());
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.batch.push({ update, origin });
      this.schedule();
    });
  }

  /** Takes a person in: asks for what they have, tells them who is here. */
  enter(member: Member): void {
    this.members.add(member);
    member.send(frames.step1(Y.encodeStateVector(this.doc)));
    this.sendPresence(member);
  }

  leave(member: Member): void {
    if (!this.members.delete(member) || member.client === undefined) return;
    this.presence.leave(member.client);
    this.announce(member.client);
  }

  /**
   * Sends what a state vector lacks, as soon as all of it is committed. Who asks again meanwhile gets the one answer: a later state
   * lacks no more than an earlier one, and what is new since is sent to everyone anyway.
   */
  answerStep1(member: Member, stateVector: Uint8Array): void {
    if (this.asking.has(member)) return;
    const missing = Y.encodeStateAsUpdate(this.doc, stateVector);
    this.asking.add(member);
    this.whenCommitted(() => {
      this.asking.delete(member);
      member.send(frames.step2(missing));
    });
  }

  /** Applies a person's update if they may make it, whole or not at all. */
  receive(member: Member, update: Uint8Array): Outcome {
    const verdict = judge(this.doc, update, member.writer);
    if (!verdict.allowed) {
      return {
        accepted: false,
        why: verdict.why === 'forbidden' ? 'refused' : 'malformed',
        reason: verdict.reason,
      };
    }
    if (!verdict.news) return { accepted: true };
    for (const client of verdict.clients) {
      if (!this.claim(client, member.writer.id, true)) {
        return { accepted: false, why: 'refused', reason: "written under somebody else's client id" };
      }
    }
    Y.applyUpdate(this.doc, update, member);
    return { accepted: true };
  }

  /** @throws when the update is not of the protocol */
  receivePresence(member: Member, user: Parameters<Presence['accept']>[1], update: Uint8Array): void {
    const mine = (client: number) =>
      client === member.client || (member.client === undefined && this.claim(client, user.id, false));
    const client = this.presence.accept(update, user, mine);
    if (client === undefined) return;
    if (member.client === undefined) this.takeOver(member, client);
    this.announce(client);
  }

  /** Who comes back on a new connection before the old one is known to be dead takes their place from it. */
  private takeOver(member: Member, client: number): void {
    member.client = client;
    for (const other of this.members) {
      if (other === member || other.client !== client) continue;
      other.client = undefined;
      other.close('restart');
    }
  }

  sendPresence(member: Member): void {
    const others = this.presence.live().filter(client => client !== member.client);
    if (others.length > 0) member.send(frames.awareness(this.presence.encode(others)));
  }

  /** Calls back once everything accepted so far is committed: at once when nothing is under way. */
  whenCommitted(callback: () => void): void {
    if (this.flushing === null && this.batch.length === 0) return callback();
    this.afterCommit.push(callback);
    this.schedule();
  }

  /** Resolves when nothing waits to be stored. */
  async settled(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  /** Folds the log into a snapshot if it has grown since the last one; call when settled. */
  async compact(threshold: number): Promise<void> {
    if (this.logLength < threshold || this.voided) return;
    try {
      await this.deps.store.snapshot(this.sessionId, this.seq, Y.encodeStateAsUpdate(this.doc));
      this.logLength = 0;
    } catch (error) {
      this.deps.log.warn({ sessionId: this.sessionId, error }, 'snapshot failed, the log stays');
    }
  }

  destroy(): void {
    if (this.presenceTimer) clearTimeout(this.presenceTimer);
    this.doc.destroy();
  }

  /**
   * A Yjs client id belongs to the first who used it: else somebody could write under another's id, and the victim's next
   * change would be dropped as already known.
   */
  private claim(client: number, userId: string, writes: boolean): boolean {
    const owner = this.owners.get(client) ?? userId;
    if (owner !== userId) return false;
    this.owners.set(client, userId);
    if (writes && !this.recorded.has(client)) {
      this.recorded.add(client);
      this.newWriters.push({ clientId: client, userId });
    }
    return true;
  }

  private schedule(): void {
    this.flushing ??= this.flush().finally(() => {
      this.flushing = null;
      if (this.batch.length > 0 && !this.voided) this.schedule();
    });
  }

  private async flush(): Promise<void> {
    // Everything that arrived in the same turn of the event loop belongs together.
    await new Promise(resolve => setImmediate(resolve));
    while ((this.batch.length > 0 || this.afterCommit.length > 0) && !this.voided) {
      const batch = this.batch;
      const callbacks = this.afterCommit;
      const writers = this.newWriters;
      [this.batch, this.afterCommit, this.newWriters] = [[], [], []];
      if (batch.length > 0) {
        const update =
          batch.length === 1 ? batch[0]!.update : Y.mergeUpdates(batch.map(({ update }) => update));
        if (!(await this.persist({ sessionId: this.sessionId, seq: this.seq + 1, update, writers }))) return;
        for (const callback of callbacks) callback();
        this.broadcast(update, batch);
        await this.compact(SNAPSHOT_EVERY);
      } else for (const callback of callbacks) callback();
    }
  }

  /** Stores until it works. Meanwhile people go on, and none of them is told that it is saved. */
  private async persist(entry: LogEntry): Promise<boolean> {
    for (let pause = 50; ; pause = Math.min(pause * 2, MAX_RETRY_PAUSE)) {
      try {
        await this.deps.committer.commit(entry);
        this.seq = entry.seq;
        this.logLength++;
        return true;
      } catch (error) {
        if (this.deps.store.isConflict(error)) {
          this.voided = true;
          this.deps.log.error(
            { sessionId: this.sessionId, seq: entry.seq },
            'session was written by another process',
          );
          this.deps.onVoid();
          return false;
        }
        this.deps.log.error({ sessionId: this.sessionId, error }, 'store failed, trying again');
        await new Promise(resolve => setTimeout(resolve, pause));
      }
    }
  }

  /** Everyone gets the batch, but for who alone made it. */
  private broadcast(update: Uint8Array, batch: { origin: unknown }[]): void {
    const [first] = batch;
    const author = batch.every(({ origin }) => origin === first!.origin) ? first!.origin : null;
    const frame = frames.update(update);
    for (const member of this.members) if (member !== author) member.send(frame);
  }

  private announce(client: number): void {
    this.moved.add(client);
    this.presenceTimer ??= setTimeout(() => {
      this.presenceTimer = null;
      const moved = [...this.moved];
      this.moved.clear();
      // Nobody is sent their own state: it would come back with a clock of ours and overwrite a newer one.
      const all = frames.awareness(this.presence.encode(moved));
      for (const member of this.members) {
        const others = moved.filter(client => client !== member.client);
        if (others.length === moved.length) member.send(all);
        else if (others.length > 0) member.send(frames.awareness(this.presence.encode(others)));
      }
    }, PRESENCE_TICK);
  }
}
