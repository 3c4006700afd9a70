/**
 * A room: one session's document in memory, its people, and the one path every change takes:
 *
 *   intake -> gate -> document -> commit -> everyone
 *
 * An idle room sends a change on at once. A busy one gathers what arrives within a tick, and until the committer has time for it, into
 * one transaction, one log row and one frame, encoded once; the tick grows with what the sending costs. Nothing leaves the room before it is committed: no client ever holds something that a
 * crash could take from the store, so every client's copy is a part of what is stored, plus its own unsaved changes.
 */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Writer } from '#shared/document/rights.ts';
import type { Bus, BusMessage } from '../cluster/bus.ts';
import type { Committer } from './committer.ts';
import { FanOut } from './fan-out.ts';
import { frames } from './frames.ts';
import { Intake, type Outcome, People } from './intake.ts';
import type { Member } from './member.ts';
import { Owners, SERVER } from './owners.ts';
import { RoomLog } from './room-log.ts';
import { lowered, readStateVector } from './state-vector.ts';
import type { DocumentStore, StoredDocument } from './store.ts';
import { tickFor } from './tick.ts';
import { Whereabouts } from './whereabouts.ts';

/** Shortest time between two frames of the document, in ms: one for each frame of a screen. */
const MIN_TICK = 16;
/** Pauses between attempts to store, in ms. */
const MIN_RETRY_PAUSE = 50;
const MAX_RETRY_PAUSE = 5_000;
/** Larger updates are not sent from node to node, in bytes: the others read them from the log. */
const MAX_BUS_BYTES = 64 * 1024;
/** Origin of what another node committed. */
const ELSEWHERE = Symbol('elsewhere');
const NOBODY: ReadonlySet<Member> = new Set();

export interface RoomDeps {
  store: DocumentStore;
  committer: Committer;
  bus: Bus;
  /** Stored bytes beyond which only deletions are accepted. */
  documentBytes: number;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
  /** Told how late each tick was, in seconds. */
  ticked: (lag: number) => void;
  /** The session is gone, or a client id of this copy is somebody else's: the copy is void. */
  onVoid: () => void;
}

/** Yjs prepares each of a transaction's dozen events, listened to or not. */
class QuietDoc extends Y.Doc {
  override emit(...[name, args]: Parameters<Y.Doc['emit']>): void {
    if (this._observers.has(name)) super.emit(name, args);
  }
}

/** No structs and no deletions. */
const isEmpty = (update: Uint8Array): boolean => update.length === 2 && update[0] === 0 && update[1] === 0;

export class Room {
  readonly doc: Y.Doc = new QuietDoc();
  readonly whereabouts: Whereabouts;
  private readonly fanOut = new FanOut((member, vector) => this.ask(member, vector));
  private readonly owners: Owners;
  private readonly intake: Intake;
  private readonly log: RoomLog;
  /** Accepted and not yet committed. */
  private batch: { update: Uint8Array; authors: ReadonlySet<Member> }[] = [];
  /** Its part that is being committed. */
  private underway: Uint8Array | null = null;
  private afterCommit: (() => void)[] = [];
  private afterReading: (() => void)[] = [];
  /** Members that want what they lack since a state vector. */
  private asking = new Map<Member, Uint8Array>();
  /** When reading what others wrote failed: until it is tried again. */
  private again: NodeJS.Timeout | null = null;
  private working: Promise<void> | null = null;
  private folding: Promise<void> | null = null;
  private failing = false;
  private voided = false;
  private difference: { vector: Uint8Array; frame: Uint8Array } | null = null;

  constructor(
    readonly sessionId: string,
    stored: StoredDocument,
    private readonly deps: RoomDeps,
  ) {
    for (const update of [stored.snapshot, ...stored.updates]) if (update) Y.applyUpdate(this.doc, update);
    this.log = new RoomLog(sessionId, stored, deps.store, deps.committer);
    this.owners = new Owners(stored.writers, this.doc.store.clients.keys());
    this.owners.claim(this.doc.clientID, SERVER);
    this.whereabouts = new Whereabouts(sessionId, this.owners, this.fanOut, deps.bus, () => this.sent());
    this.intake = new Intake(
      this.doc,
      this.owners,
      bytes => this.log.bytes + bytes <= this.deps.documentBytes,
    );
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.gather(update, origin));
  }

  /** What people and this process write is to be committed; what others committed is not. */
  private gather(update: Uint8Array, origin: unknown): void {
    if (origin === ELSEWHERE) return;
    const isPeoples = origin instanceof People;
    if (!isPeoples) this.owners.claimToWrite([this.doc.clientID], SERVER);
    this.difference = null;
    this.batch.push({ update, authors: isPeoples ? origin : NOBODY });
    this.wake();
  }

  get members(): Member[] {
    return this.fanOut.members();
  }

  /** Who is here, on this node or another, each once. */
  get people(): Writer[] {
    const everybody = [...this.whereabouts.people(), ...this.members.map(({ writer }) => writer)];
    return [...new Map(everybody.map(person => [person.id, person])).values()];
  }

  /** Id of the user who wrote under a Yjs client id, `SERVER` for the servers; null when nobody knows. */
  writerOf(client: number): string | null {
    return this.owners.of(client);
  }

  /** Members that read too slowly at the moment. */
  get behind(): number {
    return this.fanOut.behind;
  }

  /** Whether its document holds as many bytes as it may. */
  get isFull(): boolean {
    return this.log.bytes >= this.deps.documentBytes;
  }

  /** Of the last row of the log that this room has. */
  get seq(): number {
    return this.log.seq;
  }

  /** Takes a person in: asks for what they have, tells them who is here. They are sent what happens once they asked for the rest. */
  enter(member: Member): void {
    this.fanOut.add(member);
    member.send(frames.step1(Y.encodeStateVector(this.doc)));
    this.whereabouts.greet(member);
  }

  leave(member: Member): void {
    if (!this.fanOut.remove(member)) return;
    this.asking.delete(member);
    this.whereabouts.leave(member);
  }

  /**
   * Sends what a state vector lacks, as soon as all of it is committed.
   * @throws when it is no state vector
   */
  answerStep1(member: Member, stateVector: Uint8Array): void {
    readStateVector(stateVector);
    this.ask(member, stateVector);
  }

  /**
   * Takes a person's update in the next round, if they may make it, whole or not at all.
   * @param judged told what came of it
   */
  receive(member: Member, update: Uint8Array, judged: (outcome: Outcome) => void): void {
    // Who brings nothing, as newcomers do, waits for nothing.
    if (isEmpty(update)) return judged({ accepted: true, news: false });
    this.intake.add({ member, update, judged });
    this.wake();
  }

  /** Calls back once everything accepted so far is committed: at once when nothing is under way. */
  whenCommitted(callback: () => void): void {
    if (!this.working && !this.hasWork()) return callback();
    this.afterCommit.push(callback);
    this.wake();
  }

  /** Whether storing fails at the moment. */
  get isFailing(): boolean {
    return this.failing;
  }

  /** Takes in what another node says. */
  hear(message: Exclude<BusMessage, { kind: 'vacant' }>): void {
    switch (message.kind) {
      case 'committed':
        this.log.hear(message);
        return this.wake();
      case 'presence':
        return this.whereabouts.hear(message.update);
      case 'whereabouts':
        return this.whereabouts.publish();
      case 'renew':
        return this.renew(message.userId);
      default:
        message satisfies never;
    }
  }

  /** Reads what other nodes committed; resolves when it is here, or could not be read. */
  catchUp(): Promise<void> {
    if (this.voided) return Promise.resolve();
    this.log.suspect();
    return new Promise(resolve => {
      this.afterReading.push(resolve);
      this.wake();
    });
  }

  /** A person's name or role changed: they connect again, under the new one. */
  renew(userId: string): void {
    for (const member of this.members) if (member.writer.id === userId) member.close('renewed');
  }

  /** Resolves when nothing waits to be stored. */
  async settled(): Promise<void> {
    while (this.working || this.folding) await (this.working ?? this.folding);
  }

  /** Replaces the log by a snapshot; call when settled. */
  fold(): Promise<void> {
    return this.voided ? Promise.resolve() : this.replaceLog(Y.encodeStateAsUpdate(this.doc));
  }

  destroy(): void {
    this.voided = true;
    for (const callback of this.afterReading.splice(0)) callback();
    if (this.again) clearTimeout(this.again);
    this.fanOut.destroy();
    this.whereabouts.destroy();
    this.doc.destroy();
  }

  private ask(member: Member, vector: Uint8Array): void {
    // Who comes in gets the document at once; who asks again, one answer per tick: a later state lacks no more than an earlier one.
    const isIdle = !this.working && !this.hasWork();
    if (isIdle && !this.fanOut.isLive(member)) return this.answer(member, this.differenceTo(vector));
    if (this.asking.has(member)) return;
    this.asking.set(member, vector);
    this.wake();
  }

  private hasWork(): boolean {
    // Who waits for a reading is let go, also when a conflict was what had the log read.
    const waiting = this.afterCommit.length + this.asking.size + this.afterReading.length;
    return (waiting > 0 || this.log.mayLack || this.hasChanges()) && !this.voided;
  }

  private hasChanges(): boolean {
    return this.batch.length > 0 || this.intake.size > 0;
  }

  private wake(): void {
    if (this.voided) return;
    this.working ??= this.work().finally(() => {
      this.working = null;
      if (this.hasWork()) this.wake();
    });
  }

  private async work(): Promise<void> {
    while (this.hasWork()) {
      // What arrives until then belongs together.
      await (this.hasChanges() ? this.deps.committer.turn() : setImmediate());
      if (this.voided) return;
      const begun = performance.now();
      if (this.log.mayLack) {
        await this.readMissed().catch(error => {
          this.deps.log.warn({ sessionId: this.sessionId, error }, 'log could not be read');
        });
      }
      for (const callback of this.afterReading.splice(0)) callback();
      for (let due = this.intake.size; due > 0 && this.intake.size > 0; ) {
        due -= this.intake.takeTurn();
        if (due > 0) await setImmediate();
      }
      const { batch, afterCommit, asking } = this;
      [this.batch, this.afterCommit, this.asking] = [[], [], new Map()];
      // Now the document is what is committed and this batch, nothing else: what it says now may be sent once that is stored.
      const { seq } = this.log;
      const state = this.log.isLong ? Y.encodeStateAsUpdate(this.doc) : null;
      const encodingBegun = performance.now();
      const answers = [...asking].map(([member, vector]) => ({
        member,
        vector,
        frame: this.differenceTo(vector),
      }));
      const encoding = performance.now() - encodingBegun;
      const update = batch.length > 1 ? Y.mergeUpdates(batch.map(({ update }) => update)) : batch[0]?.update;
      this.underway = update ?? null;
      if (update && !(await this.persist(update))) return;
      this.underway = null;

      const sending = performance.now();
      if (update) this.broadcast(update, batch);
      // What another node committed in between is in none of these.
      const isWhole = this.log.seq === seq + (update ? 1 : 0);
      for (const { member, vector, frame } of answers) {
        if (isWhole) this.answer(member, frame);
        else this.ask(member, vector);
      }
      for (const callback of afterCommit) callback();
      if (state && isWhole) void this.replaceLog(state);
      const cost = performance.now() - sending + encoding;
      if (update || answers.length > 0) await this.rest(begun + tickFor(cost, MIN_TICK));
    }
  }

  /** Waits until the next tick. */
  private async rest(end: number): Promise<void> {
    const pause = end - performance.now();
    if (pause < 1) return;
    await sleep(pause);
    this.deps.ticked((performance.now() - end) / 1000);
  }

  /** @param state of the document as it is committed, and nothing else */
  private async replaceLog(state: Uint8Array): Promise<void> {
    this.folding ??= this.log
      .fold(state)
      .catch(error => {
        this.deps.log.warn({ sessionId: this.sessionId, error }, 'snapshot failed, the log stays');
      })
      .finally(() => {
        this.folding = null;
      });
    await this.folding;
  }

  /** Stores until it works. Meanwhile people go on, and none of them is told that it is saved. */
  private async persist(update: Uint8Array): Promise<boolean> {
    const writers = this.owners.takeUnstored();
    for (let pause = MIN_RETRY_PAUSE; ; ) {
      try {
        const seq = await this.log.append(update, writers);
        if (seq !== null) {
          const small = update.length <= MAX_BUS_BYTES ? update : null;
          this.deps.bus.send(this.sessionId, { kind: 'committed', seq, update: small, writers });
          this.setFailing(false);
          return true;
        }
        const before = this.log.seq;
        await this.readMissed();
        if (this.log.seq === before) throw new Error('the log goes on, and holds nothing new');
      } catch (error) {
        if (this.voided) return false;
        if (this.deps.store.isConflict(error)) {
          this.deps.log.error({ sessionId: this.sessionId, error }, 'copy of the session is void');
          this.deps.onVoid();
          return false;
        }
        this.deps.log.error({ sessionId: this.sessionId, error }, 'store failed, trying again');
        this.setFailing(true);
        await sleep(pause);
        pause = Math.min(pause * 2, MAX_RETRY_PAUSE);
      }
    }
  }

  private setFailing(failing: boolean): void {
    if (this.failing === failing) return;
    this.failing = failing;
    for (const member of this.members) member.trouble(failing);
  }

  /**
   * Takes in what other nodes committed.
   * @throws what the store throws; it is tried again then
   */
  private async readMissed(): Promise<void> {
    try {
      await this.log.readOn((update, writers) => this.takeIn(update, writers));
    } catch (error) {
      this.again ??= setTimeout(() => {
        this.again = null;
        void this.catchUp();
      }, MIN_RETRY_PAUSE * 10);
      throw error;
    }
  }

  private takeIn(update: Uint8Array, writers: Iterable<[number, string]>): void {
    this.owners.learn(writers);
    this.difference = null;
    Y.applyUpdate(this.doc, update, ELSEWHERE);
    this.fanOut.broadcast(frames.update(update), NOBODY, () => this.sent(update));
  }

  /** Everyone gets the batch, but for who alone made it. */
  private broadcast(update: Uint8Array, [first, ...more]: { authors: ReadonlySet<Member> }[]): void {
    const except = first?.authors.size === 1 && more.length === 0 ? first.authors : NOBODY;
    this.fanOut.broadcast(frames.update(update), except, () => this.sent(update));
  }

  private answer(member: Member, frame: Uint8Array): void {
    member.send(frame);
    if (this.fanOut.resume(member)) this.whereabouts.catchUp(member);
  }

  /** Many who come at once lack the same: all of it. */
  private differenceTo(vector: Uint8Array): Uint8Array {
    const known = this.difference;
    if (known && Buffer.compare(known.vector, vector) === 0) return known.frame;
    const frame = frames.step2(Y.encodeStateAsUpdate(this.doc, vector));
    this.difference = { vector, frame };
    return frame;
  }

  /** What everyone live has been sent: the document without what is not committed, and without an update that is about to be sent. */
  private sent(next: Uint8Array | null = null): Uint8Array {
    const unsent = [next, this.underway, ...this.batch.map(({ update }) => update)];
    return lowered(
      this.doc,
      unsent.filter(update => update !== null),
    );
  }
}
