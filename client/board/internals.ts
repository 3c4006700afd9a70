/**
 * What the binding needs of tldraw 3.15.6 beyond its public types, in one place: the version is pinned, and a new one is to be
 * checked against this file.
 */
import type { Editor, HistoryEntry, StateNode, TLClickEventInfo, TLRecord, TLStore } from 'tldraw';

interface StoreInternals {
  _isInAtomicOp: boolean;
  addHistoryInterceptor(
    listener: (entry: HistoryEntry<TLRecord>, source: 'user' | 'remote') => void,
  ): () => void;
  sideEffects: { setIsEnabled(on: boolean): void };
}

/** The part of tldraw's HistoryManager that its editor calls. */
export interface History {
  dispose(): void;
  clear(): void;
  undo(): unknown;
  redo(): unknown;
  bail(): unknown;
  bailToMark(id: string): unknown;
  squashToMark(id: string): unknown;
  getNumUndos(): number;
  getNumRedos(): number;
  getMarkIdMatching(part: string): string | null;
  _mark(id: string): void;
}

/** The select tool while nothing is held down. */
export interface SelectIdle extends StateNode {
  handleDoubleClickOnCanvas(info: TLClickEventInfo): void;
}

/** tldraw refuses to merge in the middle of its own operation. */
export const isBusy = (store: TLStore): boolean => (store as unknown as StoreInternals)._isInAtomicOp;

/** Every change at once; `store.listen` waits for a frame, which a hidden tab never gets. */
export const onStoreChange = (
  store: TLStore,
  listener: (entry: HistoryEntry<TLRecord>, source: 'user' | 'remote') => void,
): (() => void) => (store as unknown as StoreInternals).addHistoryInterceptor(listener);

/** To be called inside of `mergeRemoteChanges`, which switches the side effects back on at its end. */
export const withoutSideEffects = (store: TLStore): void =>
  (store as unknown as StoreInternals).sideEffects.setIsEnabled(false);

export const historyOf = (editor: Editor): History => (editor as unknown as { history: History }).history;
