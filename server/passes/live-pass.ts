/** Brings a document's suggestions up to its board: at first by a full pass, then by what changed since. */
import type * as Y from 'yjs';
import { type BoardRecord, type Json, readRecord, readRecords, same } from '#shared/document/board.ts';
import {
  changedEntries,
  putEntry,
  type Root,
  readSession,
  readSuggestion,
  readVerdict,
  root,
} from '#shared/document/document.ts';
import { LiveSuggestions } from '#shared/stride/live-suggestions.ts';
import { DEFAULT_METHOD, isMethod, type Method } from '#shared/stride/method-names.ts';
import { type PassResult, reconcile } from '#shared/stride/pass.ts';
import { PASS } from './origin.ts';

export class LivePass {
  /** What the board asks for, as of the last pass; null when there was none or it failed, and the next is a full one. */
  private live: LiveSuggestions | null = null;
  /** Ids of board entries that changed since. */
  private readonly drawn = new Set<string>();
  /** Ids of suggestions that somebody judged or another node wrote since. */
  private readonly judged = new Set<string>();

  constructor(private readonly doc: Y.Doc) {}

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
      watchRoot('session', () => this.live?.method !== methodOf(this.doc)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Changes nothing when the suggestions are up to the board. */
  run(): void {
    const method = methodOf(this.doc);
    const [drawn, judged] = [[...this.drawn], [...this.judged]];
    this.drawn.clear();
    this.judged.clear();
    const known = this.live?.method === method ? this.live : null;
    // Whatever fails below leaves nothing half done behind: the next pass starts anew.
    this.live = null;
    const live = known ?? new LiveSuggestions(method);
    const board = root(this.doc, 'board');
    const ids = live.update(known ? readChanges(board, drawn) : readRecords(board));
    for (const id of known ? judged : root(this.doc, 'suggestions').keys()) ids.add(id);
    write(this.doc, this.difference([...ids], live));
    this.live = live;
  }

  private difference(ids: string[], live: LiveSuggestions): PassResult {
    const [suggestions, triage] = [root(this.doc, 'suggestions'), root(this.doc, 'triage')];
    const isThere = <T>(value: T | null | undefined): value is T => value != null;
    return reconcile(
      ids.map(id => readSuggestion(id, suggestions.get(id))).filter(isThere),
      ids.map(id => live.all.get(id)).filter(isThere),
      new Set(ids.filter(id => readVerdict(id, triage.get(id)))),
    );
  }
}

function methodOf(doc: Y.Doc): Method {
  const { method } = readSession(doc);
  return isMethod(method) ? method : DEFAULT_METHOD;
}

const readChanges = (board: ReturnType<typeof root>, ids: string[]): Map<string, BoardRecord | null> =>
  new Map(ids.map(id => [id, readRecord(id, board.get(id))]));

function write(doc: Y.Doc, { put, withdraw }: PassResult): void {
  if (put.length === 0 && withdraw.length === 0) return;
  const suggestions = root(doc, 'suggestions');
  doc.transact(() => {
    for (const id of withdraw) suggestions.delete(id);
    for (const { id, ...registers } of put) {
      const entry = suggestions.get(id);
      if (entry) change(entry, registers);
      else putEntry(suggestions, id, registers);
    }
  }, PASS);
}

/** Changes what differs in an entry. */
function change(entry: Y.Map<Json>, registers: Record<string, Json>): void {
  for (const [key, value] of Object.entries(registers)) {
    if (!same(entry.get(key), value)) entry.set(key, value);
  }
}
