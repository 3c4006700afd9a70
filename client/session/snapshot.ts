/** What the panels show, derived from the document once per change by the pure functions of `shared/`. */
import type * as Y from 'yjs';
import type { Model } from '#shared/dfd/model.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import type { Json } from '#shared/document/board.ts';
import { type BoardRecord, isShape, readRecord, same } from '#shared/document/board.ts';
import {
  changedEntries,
  type Entry,
  type Hand,
  type Heirs,
  ROOTS,
  type Root,
  readFollowups,
  readHands,
  readHeirs,
  readMinutes,
  readSession,
  readSuggestions,
  readThreats,
  readTriage,
  readVotes,
  readWorkflows,
  root,
  type SessionInfo,
} from '#shared/document/document.ts';
import type { Suggestion, Threat, Triage, Workflow } from '#shared/document/threats.ts';
import type { Followup } from '#shared/meeting/followups.ts';
import type { Minute } from '#shared/meeting/minutes.ts';
import type { Vote } from '#shared/meeting/votes.ts';
import { CATALOGUE, type Catalogue } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import { indexTable, type Row } from '#shared/stride/matrix.ts';
import { type Observable, Value } from './observable.ts';
import { type Thing, thingsOf } from './things.ts';

export interface Snapshot {
  info: SessionInfo;
  model: Model;
  /** Everything of the model by id. */
  things: ReadonlyMap<string, Thing>;
  threats: Threat[];
  suggestions: Suggestion[];
  /** Verdicts by suggestion id. */
  triage: ReadonlyMap<string, Triage>;
  /** The index table. */
  rows: Row[];
  workflows: Workflow[];
  /** In the order in which they were opened. */
  votes: Vote[];
  /** Raised, the first to be raised first; also of people who are not here. */
  hands: Hand[];
  /** Ids of the shapes that only moderators change. */
  locked: ReadonlySet<string>;
  /** In the order in which they were written. */
  followups: Followup[];
  /** In the order in which it happened. */
  minutes: Minute[];
  /** Flows that took the place of others. */
  heirs: Heirs;
  /** The rules of every session of the server. */
  server: Catalogue;
  /** The rules that this session is suggested from: the server's and the team's own, but for those that are switched off. */
  catalogue: Catalogue;
}

/** Panels follow the document at this pace at most, in ms: a drag of somebody else must not re-read a large board for every frame. */
const PACE = 60;

export class SnapshotSource implements Observable<Snapshot> {
  private readonly value: Value<Snapshot>;
  private readonly records = new Map<string, BoardRecord>();
  private readonly dirty = new Set<Root>();
  private readonly stops: (() => void)[] = [];
  private timer?: ReturnType<typeof setTimeout>;

  /** @param server the rules of every session of the server */
  constructor(
    private readonly doc: Y.Doc,
    private readonly server = CATALOGUE,
  ) {
    for (const name of ROOTS) this.observe(name);
    for (const [id, entry] of root(doc, 'board')) this.keep(id, entry);
    this.value = new Value(derive(doc, this.records, server));
  }

  get(): Snapshot {
    return this.value.get();
  }

  subscribe(listener: () => void): () => void {
    return this.value.subscribe(listener);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const stop of this.stops.splice(0)) stop();
  }

  private observe(name: Root): void {
    const entries = root(this.doc, name);
    const onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      if (name === 'board') {
        for (const id of changedEntries(events)) this.keep(id, entries.get(id));
      }
      this.dirty.add(name);
      this.timer ??= setTimeout(() => this.refresh(), PACE);
    };
    entries.observeDeep(onEvents);
    this.stops.push(() => entries.unobserveDeep(onEvents));
  }

  private keep(id: string, entry: Entry | undefined): void {
    const record = readRecord(id, entry);
    if (record) this.records.set(id, record);
    else this.records.delete(id);
  }

  private refresh(): void {
    this.timer = undefined;
    const dirty = new Set(this.dirty);
    this.dirty.clear();
    this.value.set(derive(this.doc, this.records, this.server, this.get(), dirty));
  }
}

/** Reads what changed; what came out as before stays the same object, so that nothing is drawn anew for it. */
export function derive(
  doc: Y.Doc,
  records: ReadonlyMap<string, BoardRecord>,
  server: Catalogue,
  before?: Snapshot,
  dirty: ReadonlySet<Root> = new Set(ROOTS),
): Snapshot {
  const part = <T>(names: Root | Root[], previous: T | undefined, read: () => T): T =>
    [names].flat().some(name => dirty.has(name)) || previous === undefined
      ? settled(previous, read())
      : previous;

  const info = part('session', before?.info, () => readSession(doc));
  const heirs = new Map(part('session', before && [...before.heirs], () => [...readHeirs(doc)]));
  const catalogue = catalogueFor(server, info);
  const model = part('board', before?.model, () => readModel(records));
  // Where something on a flow that is gone stands is the heirs' to say.
  const workflows = part(['workflows', 'session'], before?.workflows, () => readWorkflows(doc));
  const threats = part(['threats', 'session'], before?.threats, () => readThreats(doc));
  const votes = part('votes', before?.votes, () => readVotes(doc));
  const hands = part('hands', before?.hands, () => readHands(doc));
  const lockedIds = part('board', before && [...before.locked], () => lockedOf(records));
  const followups = part('followups', before?.followups, () => readFollowups(doc));
  const minutes = part('minutes', before?.minutes, () => readMinutes(doc));
  const suggestions = part('suggestions', before?.suggestions, () => readSuggestions(doc));
  const verdicts = part('triage', before && [...before.triage.values()], () => readTriage(doc));
  const triage =
    before && same(asJson([...before.triage.values()]), asJson(verdicts))
      ? before.triage
      : new Map(verdicts.map(verdict => [verdict.id, verdict]));

  const unchanged =
    before &&
    model === before.model &&
    threats === before.threats &&
    suggestions === before.suggestions &&
    triage === before.triage;
  const rest = {
    info,
    server,
    votes,
    hands,
    locked: before && same(lockedIds, [...before.locked]) ? before.locked : new Set(lockedIds),
    followups,
    minutes,
    workflows,
    heirs: before && same(asJson([...heirs]), asJson([...before.heirs])) ? before.heirs : heirs,
    catalogue,
  };
  if (unchanged) {
    const asBefore = (Object.keys(rest) as (keyof typeof rest)[]).every(key => rest[key] === before[key]);
    return asBefore ? before : { ...before, ...rest };
  }
  return {
    ...rest,
    model,
    things: model === before?.model ? before.things : thingsOf(model),
    threats,
    suggestions,
    triage,
    rows: indexTable(model, threats, suggestions, [...triage.values()]),
  };
}

const lockedOf = (records: ReadonlyMap<string, BoardRecord>): string[] =>
  [...records.values()].filter(record => isShape(record) && record.isLocked).map(({ id }) => id);

const settled = <T>(before: T | undefined, after: T): T =>
  before !== undefined && same(asJson(before), asJson(after)) ? before : after;

const asJson = (value: unknown): Json => value as Json;
