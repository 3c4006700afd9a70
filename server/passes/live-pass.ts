/** Brings a document's suggestions up to its board: at first by a full pass, then by what changed since. */
import type * as Y from 'yjs';
import type { LiveModel } from '#shared/dfd/live-model.ts';
import { type BoardRecord, type Json, readRecord, readRecords, same } from '#shared/document/board.ts';
import {
  changedEntries,
  type EntryMap,
  HEIRS,
  type Heirs,
  heirsByPlace,
  putEntry,
  type Root,
  readHeirs,
  readSession,
  readSuggestion,
  readVerdict,
  readWorkflows,
  root,
  SESSION_ENTRY,
} from '#shared/document/document.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import { onHeir } from '#shared/stride/heirs.ts';
import { LiveSuggestions } from '#shared/stride/live-suggestions.ts';
import { DEFAULT_METHOD, isMethod, type Method } from '#shared/stride/method-names.ts';
import { type PassResult, reconcile, whatChanged } from '#shared/stride/pass.ts';
import { Decided } from './decided.ts';
import { PASS } from './origin.ts';

export class LivePass {
  /** What the board asks for, as of the last pass; null when there was none or it failed, and the next is a full one. */
  private live: LiveSuggestions | null = null;
  /** What that one was made for: see {@link choiceOf}. */
  private choice = '';
  /** Ids of board entries that changed since. */
  private readonly drawn = new Set<string>();
  /** Ids of suggestions that somebody judged or another node wrote since. */
  private readonly judged = new Set<string>();
  /** Ids of threats that changed since. */
  private readonly told = new Set<string>();
  private decided: Decided;
  /** Ids of the flows in workflows; null when they changed since. */
  private workflows: ReadonlySet<string> | null = null;

  /** @param server the rules that every session of the server is suggested from */
  constructor(
    private readonly doc: Y.Doc,
    private readonly server = CATALOGUE,
  ) {
    this.decided = new Decided(doc);
  }

  /**
   * Remembers what the next pass has to look at, and calls `onDue` for each change that makes one due.
   * @returns how to stop
   */
  watch(onDue: () => void): () => void {
    const watchRoot = (name: Root, note: (ids: Set<string>) => boolean) => {
      const onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[], { origin }: Y.Transaction) => {
        if (origin !== PASS && note(changedEntries(events))) onDue();
      };
      root(this.doc, name).observeDeep(onEvents);
      return () => root(this.doc, name).unobserveDeep(onEvents);
    };
    const into = (noted: Set<string>) => (ids: Set<string>) => {
      for (const id of ids) noted.add(id);
      return true;
    };
    const stops = [
      watchRoot('board', into(this.drawn)),
      watchRoot('triage', into(this.judged)),
      watchRoot('suggestions', into(this.judged)),
      watchRoot('threats', into(this.told)),
      watchRoot('workflows', () => {
        this.workflows = null;
        return true;
      }),
      watchRoot('session', () => this.choice !== choiceOf(this.doc)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Changes nothing when the suggestions are up to the board. */
  run(): void {
    const choice = choiceOf(this.doc);
    const [drawn, judged, told] = [[...this.drawn], [...this.judged], [...this.told]];
    this.drawn.clear();
    this.judged.clear();
    this.told.clear();
    const before = this.live;
    const known = this.choice === choice ? before : null;
    // Whatever fails below leaves nothing half done behind: the next pass starts anew.
    this.live = null;
    const live = known ?? this.begin(before?.model);
    this.choice = choice;
    const [board, suggestions, threats] = (['board', 'suggestions', 'threats'] as const).map(name =>
      root(this.doc, name),
    ) as [EntryMap, EntryMap, EntryMap];
    // With other rules or another method the model is the same.
    const changes = before ? readChanges(board, drawn) : readRecords(board);
    const heirsBefore = readHeirs(this.doc);
    const workflows = (known && this.workflows) ?? this.flowsInWorkflows(heirsBefore);
    const drawnBefore = new Set(known && live.method === 'per-workflow' ? live.model.flows.keys() : []);
    const ids = live.update(changes, { workflows, heirs: heirsBefore });
    for (const id of known ? judged : [...suggestions.keys(), ...root(this.doc, 'triage').keys()])
      ids.add(id);
    const touched = new Set(live.touched);
    this.decided.suggestions(ids);
    this.decided.threats(known ? told : threats.keys(), heirsBefore);
    // A flow that nobody marked yet is asked about by no workflow: whether it is new shows by its absence before.
    const came = known && live.method === 'per-workflow' ? (id: string) => !drawnBefore.has(id) : () => false;
    const heirs = this.decided.heirs(live, heirsBefore, came);
    if (heirs !== heirsBefore) {
      for (const id of live.update(new Map(), { heirs, workflows: this.flowsInWorkflows(heirs) }))
        ids.add(id);
      for (const id of live.touched) touched.add(id);
      for (const key of [...heirsBefore.values(), ...heirs.values()])
        for (const id of this.decided.judgedOn(key)) ids.add(id);
    }

    const difference = this.difference([...ids], live, heirs);
    const placed = this.decided.places(
      live,
      heirs,
      known ? [...told, ...this.decided.onFlows([...touched].map(id => heirs.get(id) ?? id))] : null,
    );
    this.doc.transact(() => {
      if (heirs !== heirsBefore)
        root(this.doc, 'session').get(SESSION_ENTRY)?.set(HEIRS, Object.fromEntries(heirs));
      for (const [id, registers] of placed) change(threats.get(id)!, registers);
      write(suggestions, difference);
    }, PASS);
    // Where judged ones end is read from the document, as a pass that starts anew would.
    this.decided.suggestions(difference.put.map(({ id }) => id));
    this.live = live;
  }

  private flowsInWorkflows(heirs: Heirs): ReadonlySet<string> {
    this.workflows = new Set(readWorkflows(this.doc, heirs).flatMap(({ flows }) => flows));
    return this.workflows;
  }

  private begin(model?: LiveModel): LiveSuggestions {
    const info = readSession(this.doc);
    this.decided = new Decided(this.doc);
    return new LiveSuggestions(methodOf(info.method), catalogueFor(this.server, info), model);
  }

  private difference(ids: string[], live: LiveSuggestions, heirs: Heirs): PassResult {
    const [suggestions, triage] = [root(this.doc, 'suggestions'), root(this.doc, 'triage')];
    const heirOf = heirsByPlace(heirs);
    const isThere = <T>(value: T | null | undefined): value is T => value != null;
    return reconcile(
      ids.map(id => readSuggestion(id, suggestions.get(id))).filter(isThere),
      ids.map(id => live.all.get(id)).filter(isThere),
      new Set(ids.filter(id => readVerdict(id, triage.get(id)))),
      suggestion => whatChanged(live, suggestion),
      suggestion => onHeir(suggestion, heirOf),
    );
  }
}

const methodOf = (method: string): Method => (isMethod(method) ? method : DEFAULT_METHOD);

/** What the session decides about its suggestions, as text: with another one everything is asked anew. */
function choiceOf(doc: Y.Doc): string {
  const { method, rules, rulesOff } = readSession(doc);
  return `${methodOf(method)}\n${rulesOff}\n${rules}`;
}

const readChanges = (board: ReturnType<typeof root>, ids: string[]): Map<string, BoardRecord | null> =>
  new Map(ids.map(id => [id, readRecord(id, board.get(id))]));

function write(suggestions: EntryMap, { put, withdraw }: PassResult): void {
  for (const id of withdraw) suggestions.delete(id);
  for (const { id, change: cause, ...registers } of put) {
    const entry = suggestions.get(id);
    // A cause that is there is the rule: only what took one away is stored.
    if (!entry) putEntry(suggestions, id, cause ? { ...registers, change: cause } : registers);
    else {
      change(entry, cause ? { ...registers, change: cause } : registers);
      if (!cause && entry.has('change')) entry.delete('change');
    }
  }
}

/** Changes what differs in an entry. */
function change(entry: Y.Map<Json>, registers: Record<string, Json>): void {
  for (const [key, value] of Object.entries(registers)) {
    if (!same(entry.get(key), value)) entry.set(key, value);
  }
}
