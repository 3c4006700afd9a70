/**
 * The board of a Y.Doc <-> a tldraw store.
 *
 * The store always shows `repair(what can be shown)`. Both directions compare against `shown`, the state in which they last
 * agreed: a local change writes only the registers that the person changed since then, and a remote change leaves the
 * registers alone that the person changed but that were not written yet.
 *
 * What others drag is laid over the document before it is shown, and so is never taken for a change of this person. What this
 * person drags is held back until the gesture ends.
 */
import { TLINSTANCE_ID, type TLPageId, type TLRecord, type TLStore } from 'tldraw';
import * as Y from 'yjs';
import {
  type BoardRecord,
  changedRegisters,
  fromRegisters,
  type Json,
  putRecord,
  readRecord,
  toRegisters,
} from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import { pagesOf, repair } from '#shared/document/repair.ts';
import { type Change, changeOf, isHeld, laidOver } from './frames.ts';
import { isBusy, onStoreChange, withoutSideEffects } from './internals.ts';
import { BOARD_ORIGIN } from './origin.ts';
import { later, nextFrame } from './schedule.ts';
import { type BoardSchema, isShowable } from './schema.ts';

export interface BindingOptions {
  /** Asked before every write; what somebody without the right changed is put back. */
  canWrite?(): boolean;
  /** Asked for each record besides: whether the person may change this one. */
  mayChange?(id: string): boolean;
  /** Whether a gesture is under way that the person may still give up. */
  isDragging?(): boolean;
  /** The ids of entries that can't be shown, whenever that set changes. */
  onQuarantine?(ids: string[]): void;
}

export interface BoardBinding {
  /** Whether the person may change the board now. */
  canWrite(): boolean;
  /** Whether they may change this record of it. */
  mayChange(id: string): boolean;
  /** Writes what the person changed into the document now, but for a gesture or stroke that goes on, unless `all`. */
  flush(all?: boolean): void;
  /** What the gesture that goes on has changed so far, by record; nothing when it moves more than {@link MOST_SHOWN}. */
  held(): Map<string, Change>;
  /** Shows these changes of others over the document, in place of those of the last call. */
  overlay(changes: ReadonlyMap<string, Change>): void;
  /** Brings what changed in the document to the store now. */
  sync(): void;
  /** Forgets what the person changed since the last flush: the store shows the document again. */
  restore(): void;
  /** Ids of entries that can't be shown. */
  quarantined(): string[];
  dispose(): void;
}

/** Longest time that a change waits before it is written, in ms: 25 writes a second look continuous to the others. */
const FLUSH_AFTER = 40;

/** Records in a frame of a gesture: more would not fit into an awareness state, and reading them costs every frame. */
const MOST_SHOWN = 250;

export function bindBoard(store: TLStore, doc: Y.Doc, options: BindingOptions = {}): BoardBinding {
  const board = root(doc, 'board');
  const schema = store.schema as BoardSchema;

  /** What others drag, by record. */
  let drags: ReadonlyMap<string, Change> = new Map();
  /** Every entry that can be read and shown, as it is dragged, unrepaired. */
  const raw = new Map<string, BoardRecord>();
  const quarantine = new Set<string>();
  /** What the store shows of the document, as of the last time both agreed. */
  let shown = new Map<string, BoardRecord>();
  /** Entries to read again. */
  const stale = new Set<string>(board.keys());
  /** Records that the person changed since the last flush. */
  const touched = new Set<string>();

  const flushLater = later(() => flush(), FLUSH_AFTER);
  const syncLater = nextFrame(() => sync());
  const syncNow = () => {
    syncLater.cancel();
    sync();
  };

  const stopListening = onStoreChange(store, (entry, source) => {
    if (source !== 'user') return;
    const { added, updated, removed } = entry.changes;
    for (const id of [...Object.keys(added), ...Object.keys(updated), ...Object.keys(removed)]) {
      if (!isOwn(id) && !shown.has(id)) continue;
      touched.add(id);
      flushLater.start();
    }
  });

  const onChange = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    for (const event of events) {
      if (event.target === (board as unknown)) for (const id of event.keys.keys()) stale.add(id);
      else stale.add(String(event.path[0]));
    }
    syncLater.start();
  };
  board.observeDeep(onChange);
  sync();

  return {
    canWrite,
    mayChange,
    flush,
    held,
    overlay,
    sync: syncNow,
    restore,
    quarantined: () => [...quarantine],
    dispose,
  };

  function canWrite(): boolean {
    return options.canWrite?.() ?? true;
  }

  function mayChange(id: string): boolean {
    return options.mayChange?.(id) ?? true;
  }

  function flush(all = false): void {
    flushLater.cancel();
    if (touched.size === 0) return;
    if (!canWrite()) return restore();
    putBack([...touched].filter(id => !mayChange(id)));
    const writes = [...touched].filter(id => all || !waits(id));
    if (writes.length === 0) return;
    for (const id of writes) touched.delete(id);
    doc.transact(() => {
      for (const id of writes) write(id);
    }, BOARD_ORIGIN);
    // Also brings the store back to what the document makes of the change, should the two differ.
    for (const id of writes) stale.add(id);
    syncNow();
  }

  function waits(id: string): boolean {
    if (options.isDragging?.() && isHeld(id, shown.has(id) && store.has(id as TLRecord['id']))) return true;
    return isUnfinishedStroke(store.get(id as TLRecord['id']));
  }

  function held(): Map<string, Change> {
    const changes = new Map<string, Change>();
    if (touched.size > MOST_SHOWN) return changes;
    for (const id of touched) {
      if (!waits(id)) continue;
      const change = changeOf(shown.get(id), store.get(id as TLRecord['id']) as BoardRecord | undefined);
      if (change !== undefined) changes.set(id, change);
    }
    return changes;
  }

  function overlay(changes: ReadonlyMap<string, Change>): void {
    const before = drags;
    drags = changes;
    for (const id of new Set([...before.keys(), ...changes.keys()])) {
      if (before.get(id) !== changes.get(id)) stale.add(id);
    }
    if (stale.size > 0) syncLater.start();
  }

  function write(id: string): void {
    const after = store.get(id as TLRecord['id']) as BoardRecord | undefined;
    const before = shown.get(id);
    const entry = board.get(id);
    if (!after) {
      if (isOwn(id) && entry) board.delete(id);
    } else if (before) {
      // An entry that is missing here was deleted by somebody else, or is the stand-in page of an empty document.
      if (entry instanceof Y.Map) writeRegisters(entry, changedRegisters(before, after));
    } else if (isOwn(id)) putRecord(board, after);
  }

  function sync(): void {
    if (isBusy(store)) return syncLater.start();
    if (stale.size === 0 && shown.size > 0) return;
    const ids = [...stale];
    stale.clear();
    const structural = ids.filter(readEntry).length > 0 || shown.size === 0;
    const next = structural ? repair(raw) : patched(ids);
    show(next, structural ? undefined : ids);
  }

  /** Reads one entry anew. @returns whether it changed which records exist or how they hang together. */
  function readEntry(id: string): boolean {
    const before = raw.get(id);
    const entry = board.get(id);
    const read = entry === undefined ? null : readRecord(id, entry);
    const stored = read && isShowable(schema, id, read) ? read : undefined;
    const drag = drags.get(id);
    const record = drag === undefined ? stored : laidOver(schema, id, stored, drag);
    if (record) raw.set(id, record);
    else raw.delete(id);
    setQuarantined(id, entry !== undefined && !stored);
    return !before || !record || !id.startsWith('shape:') || before.parentId !== record.parentId;
  }

  function setQuarantined(id: string, bad: boolean): void {
    if (quarantine.has(id) === bad) return;
    if (bad) quarantine.add(id);
    else quarantine.delete(id);
    options.onQuarantine?.([...quarantine]);
  }

  /** `shown` after changes that leave the repairs as they are. */
  function patched(ids: string[]): Map<string, BoardRecord> {
    const next = new Map(shown);
    for (const id of ids) {
      const record = raw.get(id)!;
      const repaired = shown.get(id)!;
      next.set(
        id,
        repaired.parentId === record.parentId ? record : { ...record, parentId: repaired.parentId },
      );
    }
    return next;
  }

  function show(next: Map<string, BoardRecord>, only?: string[]): void {
    const before = shown;
    const puts: BoardRecord[] = [];
    for (const id of only ?? next.keys()) {
      const record = next.get(id)!;
      if (record === before.get(id) && !touched.has(id)) continue;
      const current = store.get(id as TLRecord['id']) as BoardRecord | undefined;
      const deletedHere = !current && touched.has(id) && before.has(id);
      if (deletedHere) continue;
      const wanted = current && touched.has(id) ? withLocal(record, before.get(id), current) : record;
      if (!current || changedRegisters(current, wanted).size > 0) puts.push(wanted);
    }
    const removals = only
      ? []
      : [...before.keys()].filter(id => !next.has(id) && store.has(id as TLRecord['id']));
    for (const id of removals) touched.delete(id);
    shown = next;
    if (puts.length > 0 || removals.length > 0) merge(puts, removals);
  }

  function merge(puts: BoardRecord[], removals: string[]): void {
    try {
      mergeQuietly(store, puts, removals);
    } catch {
      for (const record of puts) {
        try {
          mergeQuietly(store, [record], []);
        } catch {
          // Passed our check and not tldraw's: hide it, and let what hangs on it show without it.
          raw.delete(record.id);
          shown.delete(record.id);
          setQuarantined(record.id, true);
        }
      }
      mergeQuietly(store, [], removals);
      show(repair(raw));
    }
  }

  function restore(): void {
    flushLater.cancel();
    putBack([...touched]);
    syncNow();
  }

  function putBack(ids: readonly string[]): void {
    for (const id of ids) touched.delete(id);
    const puts = ids.map(id => shown.get(id)).filter(record => record !== undefined);
    const strangers = ids.filter(id => !shown.has(id) && store.has(id as TLRecord['id']));
    if (ids.length > 0) merge(puts, strangers);
  }

  function dispose(): void {
    flush(true);
    flushLater.cancel();
    syncLater.cancel();
    stopListening();
    board.unobserveDeep(onChange);
  }
}

/** The remote record with the registers laid over it that the person changed but that are not written yet. */
function withLocal(remote: BoardRecord, before: BoardRecord | undefined, current: BoardRecord): BoardRecord {
  if (!before) return remote;
  const registers = toRegisters(remote);
  for (const [key, value] of changedRegisters(before, current)) {
    if (value === undefined) registers.delete(key);
    else registers.set(key, value);
  }
  return fromRegisters(remote.id, registers) ?? remote;
}

function writeRegisters(entry: Y.Map<Json>, changes: Map<string, Json | undefined>): void {
  for (const [key, value] of changes) {
    if (value === undefined) entry.delete(key);
    else entry.set(key, value);
  }
}

/**
 * Without tldraw's side effects: they re-parent arrows and tidy groups, and whoever made the change has written their
 * outcome already. Run here, every onlooker would write it again, an observer too.
 */
function mergeQuietly(store: TLStore, puts: BoardRecord[], removals: string[]): void {
  store.mergeRemoteChanges(() => {
    withoutSideEffects(store);
    store.put(puts as unknown as TLRecord[]);
    leavePages(store, removals);
    store.remove(removals as TLRecord['id'][]);
  });
}

/** Where the page that is shown goes away, another one is shown before it does. */
function leavePages(store: TLStore, removals: string[]): void {
  const instance = store.get(TLINSTANCE_ID);
  if (!instance || !removals.includes(instance.currentPageId)) return;
  const [next] = pagesOf(store.query.records('page').get() as unknown as BoardRecord[]).filter(
    ({ id }) => !removals.includes(id),
  );
  if (next) store.put([{ ...instance, currentPageId: next.id as TLPageId }]);
}

/** What people create and delete; pages are written by `session/pages.ts`, and the rest of a store is nobody else's business. */
const isOwn = (id: string): boolean => /^(shape|binding):/.test(id);

/** A stroke is written once, at its end: its points are one register, and resending all of them grows with its square. */
const isUnfinishedStroke = (record: TLRecord | undefined): boolean =>
  record?.typeName === 'shape' &&
  record.type === 'draw' &&
  !(record.props as { isComplete: boolean }).isComplete;
