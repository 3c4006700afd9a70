/**
 * A moderator's way through what waits: which item is in front of them, what they said of it, and what they decided. The queue is a
 * moment behind what is typed, so everything is held against the document itself.
 */
import type { Awareness } from 'y-protocols/awareness';
import { readThreats } from '#shared/document/document.ts';
import { can } from '#shared/document/rights.ts';
import { type Threat, threatRef } from '#shared/document/threats.ts';
import { LETTERS, type Letter } from '#shared/stride/letters.ts';
import type { Desk } from './commands.ts';
import {
  accept,
  amend,
  type Decision,
  type Details,
  dismiss,
  merge,
  settledBecause,
  undo,
  yieldTo,
} from './decisions.ts';
import { Value } from './observable.ts';
import { type Item, inFront, isWaiting, nextOf, queueOf } from './queue.ts';
import type { Snapshot } from './snapshot.ts';

export interface Logged extends Decision {
  undone: boolean;
}

export interface TriageState {
  /** The item in front; null when there is none. */
  item: Item | null;
  /** What was said of suggestions that are not threats yet, by their ids. */
  details: ReadonlyMap<string, Details>;
  /** What was decided here, the latest first. */
  log: readonly Logged[];
  /** What the moderator should know. */
  notice: string;
  /** Names of the other moderators, by the ids of the items in front of them. */
  others: ReadonlyMap<string, string>;
}

/** Most decisions that can be taken back. */
const MOST_LOGGED = 200;

/** How long a decision of somebody else may be under way, in ms: what comes later was done knowing of this one. */
const RACE = 5_000;

/** How long a notice stays at least, in ms. */
const READ = 4_000;

export interface TriageSources {
  desk(): Desk;
  snapshot(): Snapshot;
  awareness: Awareness;
}

export class TriageWork extends Value<TriageState> {
  /** The queue of the snapshot that it was made of: it is asked for several times for each key. */
  private listed: { snapshot: Snapshot; queue: Item[] } | null = null;

  private noticeUntil = 0;
  /** Where in the queue the item in front is, or was when it was decided by somebody else. */
  private place = 0;

  private readonly onUpdate = (_: unknown, __: unknown, ___: unknown, { local }: { local: boolean }) => {
    if (!local && this.mayJudge) this.settle();
  };

  /** Awareness tells of every move of a pointer. */
  private readonly onAwareness = () => {
    const others = inFront(this.sources.awareness);
    if (JSON.stringify([...others]) !== JSON.stringify([...this.get().others])) this.put({ others });
  };

  constructor(private readonly sources: TriageSources) {
    super({ item: null, details: new Map(), log: [], notice: '', others: new Map() });
    this.doc.on('update', this.onUpdate);
    sources.awareness.on('change', this.onAwareness);
    this.onAwareness();
  }

  dispose(): void {
    this.doc.off('update', this.onUpdate);
    this.sources.awareness.off('change', this.onAwareness);
    this.leave();
  }

  private get mayJudge(): boolean {
    return can.judge(this.sources.desk().me.role);
  }

  private get doc() {
    return this.sources.desk().doc;
  }

  /** What waits, as far as the document says this moment. */
  get queue(): Item[] {
    return this.list.filter(item => isWaiting(this.doc, item));
  }

  private get list(): Item[] {
    const snapshot = this.sources.snapshot();
    if (this.listed?.snapshot !== snapshot) this.listed = { snapshot, queue: queueOf(snapshot) };
    return this.listed.queue;
  }

  /** What is said of an item beside its title. */
  detailsOf(item: Item): Required<Details> {
    const said = item.kind === 'proposal' ? item.threat : this.get().details.get(item.id);
    const { stride = [...item.stride], severity = null, tags = [], owner = '' } = said ?? {};
    return { stride, severity, tags, owner };
  }

  /** Takes up the work: the others see what is in front. */
  enter(): void {
    const { item } = this.get();
    if (item && isWaiting(this.doc, item)) this.open(item);
    else this.open(nextOf(this.queue, null, 1, this.get().others));
  }

  leave(): void {
    this.sources.awareness.setLocalStateField('triage', null);
  }

  open(item: Item | null): void {
    this.put({ item, ...(Date.now() > this.noticeUntil && { notice: '' }) });
    this.findPlace();
    this.sources.awareness.setLocalStateField('triage', item?.id ?? null);
  }

  /** Goes on without deciding; what others have in front of them is passed over. */
  step(by: 1 | -1): void {
    const { item } = this.get();
    const next = nextOf(this.queueWith(item), item?.id ?? null, by, this.get().others);
    if (next) this.open(next);
    else if (item && !isWaiting(this.doc, item)) this.open(null);
  }

  accept(): void {
    this.decide(item =>
      accept(
        this.sources.desk(),
        item,
        item.kind === 'suggestion' ? (this.get().details.get(item.id) ?? {}) : {},
        this.sources.snapshot().catalogue,
      ),
    );
  }

  dismiss(reason: string): void {
    this.decide(item => dismiss(this.sources.desk(), item, reason));
  }

  merge(other: string): void {
    this.decide(item => merge(this.sources.desk(), item, other));
  }

  /** Says something of the item in front: a proposal says so at once, a suggestion once it is accepted. */
  amend(edit: Details & { title?: string }): void {
    const { item, details } = this.get();
    if (!item || !isWaiting(this.doc, item)) return;
    if (item.kind === 'proposal') {
      const decision = amend(this.sources.desk(), item, edit);
      if (decision) this.log(decision);
    } else this.put({ details: new Map(details).set(item.id, { ...details.get(item.id), ...edit }) });
    this.refresh();
  }

  /** A threat keeps one letter at least. */
  toggle(letter: Letter): void {
    const { item } = this.get();
    if (!item) return;
    const { stride } = this.detailsOf(item);
    const next = LETTERS.filter(each => (each === letter) !== stride.includes(each));
    if (next.length > 0) this.amend({ stride: next });
  }

  /** Takes a decision back, the latest one when none is named, and shows what it was about. */
  undo(logged = this.get().log.find(({ undone }) => !undone)): void {
    if (!logged || logged.undone || !this.mayJudge) return;
    const done = undo(this.sources.desk(), logged);
    this.put({ log: this.get().log.map(each => (each === logged ? { ...each, undone: true } : each)) });
    if (isWaiting(this.doc, logged.item)) this.open(this.current(logged.item));
    this.tell(
      done
        ? `Taken back: ${logged.says}, “${logged.item.title}”`
        : `Somebody has gone on with “${logged.item.title}”, so it stays.`,
    );
  }

  /** Follows what others change in the item in front. */
  refresh(): void {
    const { item } = this.get();
    if (item) this.put({ item: this.current(item) });
    else if (this.queue.length > 0) this.enter();
    this.findPlace();
  }

  private findPlace(): void {
    const at = this.queue.findIndex(({ id }) => id === this.get().item?.id);
    if (at >= 0) this.place = at;
  }

  /** Why an item does not wait any more, in a sentence; null while it does. */
  settledBecause(item: Item): string | null {
    return settledBecause(this.doc, this.sources.awareness, item);
  }

  /** Does it, and goes on to the next item. One that somebody else has decided is left as it is. */
  private decide(act: (item: Item) => Decision | null): void {
    const { item } = this.get();
    if (!item || !this.mayJudge) return;
    const queue = this.queueWith(item);
    if (!isWaiting(this.doc, item)) return this.goOn(queue, item);
    const decision = act(item);
    if (!decision) return;
    this.log(decision);
    this.goOn(queue, item);
  }

  private goOn(queue: readonly Item[], from: Item): void {
    const waiting = (id: string) => queue.some(each => each.id === id && isWaiting(this.doc, each));
    const others = this.get().others;
    this.open(nextOf(queue, from.id, 1, { has: id => others.has(id) || !waiting(id) }));
  }

  /** The queue, with an item in its place that may not wait any more. */
  private queueWith(item: Item | null): Item[] {
    const queue = this.queue;
    return item && !queue.some(({ id }) => id === item.id) ? queue.toSpliced(this.place, 0, item) : queue;
  }

  /** An item as the document says it now. */
  private current(item: Item): Item {
    if (item.kind === 'suggestion') return item;
    const threat = readThreats(this.doc).find(({ id }) => id === item.id);
    return threat
      ? { ...item, threat, title: threat.title, stride: threat.stride, target: threat.target }
      : item;
  }

  private log(decision: Decision): void {
    this.put({ log: [{ ...decision, undone: false }, ...this.get().log].slice(0, MOST_LOGGED) });
  }

  /** What somebody else decided at the same moment. */
  private settle(): void {
    const since = Date.now() - RACE;
    for (const logged of this.get().log) {
      if (logged.at < since) break;
      if (logged.undone || !logged.final) continue;
      const name = yieldTo(this.doc, this.sources.awareness, logged);
      if (name === null) continue;
      this.put({ log: this.get().log.filter(each => each !== logged) });
      this.tell(`${name} decided “${logged.item.title}” already.`);
    }
  }

  private tell(notice: string): void {
    this.noticeUntil = Date.now() + READ;
    this.put({ notice });
  }

  private put(change: Partial<TriageState>): void {
    this.set({ ...this.get(), ...change });
  }
}

/** The threat that somebody means: by its short name, its title, or both. */
export function namedThreat(threats: readonly Threat[], text: string): Threat | undefined {
  const wanted = text.trim().toLowerCase();
  return threats.find(threat => {
    const [ref, { title }] = [threatRef(threat), threat];
    return [ref, title, `${ref} ${title}`].some(name => name.toLowerCase() === wanted);
  });
}
