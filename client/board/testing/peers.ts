/** Peers without a browser: a Y.Doc and a headless tldraw store bound to it. */
import { createTLStore, type TLRecord, type TLStore } from 'tldraw';
import * as Y from 'yjs';
import { type BoardRecord, type Json, putRecord } from '#shared/document/board.ts';
import { SHAPE_DEFAULTS } from '#shared/document/defaults.ts';
import { root } from '#shared/document/document.ts';
import { type BindingOptions, type BoardBinding, bindBoard } from '../binding.ts';
import { createBoardSchema } from '../schema.ts';

export interface Peer {
  doc: Y.Doc;
  store: TLStore;
  binding: BoardBinding;
  get(id: string): BoardRecord | undefined;
  /** As a gesture of this person, unflushed. */
  put(...records: BoardRecord[]): void;
  change(id: string, change: Partial<BoardRecord>, props?: Record<string, Json>): void;
  remove(...ids: string[]): void;
  /** The document records that this person sees. */
  sees(): Record<string, BoardRecord>;
}

export const boardOf = (doc: Y.Doc) => root(doc, 'board');

/** A document as the server seeds it. */
export function seededDoc(): Y.Doc {
  const doc = new Y.Doc();
  putRecord(boardOf(doc), { id: 'page:page', typeName: 'page', name: 'Diagram', index: 'a1', meta: {} });
  return doc;
}

export function peerOf(origin: Y.Doc, options?: BindingOptions): Peer {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(origin));
  return peer(doc, options);
}

export function peer(doc: Y.Doc, options?: BindingOptions): Peer {
  const store = createTLStore({ schema: createBoardSchema() });
  const binding = bindBoard(store, doc, options);
  const get = (id: string) => store.get(id as TLRecord['id']) as BoardRecord | undefined;
  const put = (...records: BoardRecord[]) => store.put(records as unknown as TLRecord[]);
  return {
    doc,
    store,
    binding,
    get,
    put,
    change(id, change, props) {
      const before = get(id)!;
      put({ ...before, ...change, ...(props && { props: { ...(before.props as object), ...props } }) });
    },
    remove: (...ids) => store.remove(ids as TLRecord['id'][]),
    sees: () => store.serialize('document') as unknown as Record<string, BoardRecord>,
  };
}

/** Everybody writes what they changed, then everybody hears of everything. */
export function meet(...peers: Peer[]): void {
  for (const { binding } of peers) binding.flush(true);
  for (const from of peers) {
    for (const to of peers) {
      if (from !== to)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'remote');
    }
  }
  for (const { binding } of peers) binding.sync();
}

export function shape(
  id: string,
  type: string,
  change: Partial<BoardRecord> = {},
  props: Record<string, Json> = {},
) {
  const defaults = SHAPE_DEFAULTS[type] ?? {};
  return {
    id: `shape:${id}`,
    typeName: 'shape',
    type,
    x: 0,
    y: 0,
    rotation: 0,
    index: 'a1',
    parentId: 'page:page',
    isLocked: false,
    opacity: 1,
    meta: {},
    ...change,
    props: { ...defaults, ...props },
  } satisfies BoardRecord;
}

export const binding = (id: string, from: string, to: string, terminal: 'start' | 'end'): BoardRecord => ({
  id: `binding:${id}`,
  typeName: 'binding',
  type: 'arrow',
  fromId: `shape:${from}`,
  toId: `shape:${to}`,
  meta: {},
  props: { terminal, normalizedAnchor: { x: 0.5, y: 0.5 }, isExact: false, isPrecise: false, snap: 'none' },
});
