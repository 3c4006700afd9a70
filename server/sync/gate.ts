/**
 * The gate: reads an update *before* it is applied and says whether its writer may make it. Refused updates are refused whole.
 *
 * It mirrors how Yjs finds the place of an item (Item.getMissing, Item.integrate in yjs 13): an item names its parent, or stands
 * beside an item that does. What Yjs would turn into garbage (a parent that is gone) is harmless and passes; what Yjs
 * would park as pending (a predecessor nobody has) is refused, since it costs quadratic time and is stored for ever.
 */
import * as Y from 'yjs';
import type { Json } from '#shared/document/board.ts';
import { circumstancesOf, isProtected, ROOTS, type Root } from '#shared/document/document.ts';
import { BY_WRITER_ALONE, type EntryChange, refuse, type Writer } from '#shared/document/rights.ts';
import { malformed, Refused, readChanges, type Struct, unresolved } from './structs.ts';
import { isPlainJson, isSafeEntry, isSafeKey, isTooLong } from './values.ts';

export type Verdict =
  | {
      allowed: true;
      /** Yjs client ids that the update adds something for; empty when it holds nothing new. */
      clients: number[];
      /** It adds or deletes something that the document does not have yet. */
      news: boolean;
    }
  | { allowed: false; why: 'malformed' | 'forbidden' | 'unresolved'; reason: string };

/** Where an item stands: a whole entry of a root (`key` null), or one register of the entry that `holder` is. */
type Place = { root: Root; entry: string; key: string | null; holder: string };
/** Its parent is gone: Yjs keeps nothing of it. */
const DEAD = 'dead';

/**
 * Items of one register, in one update, that do not follow the one before: for each of them Yjs compares all that stand there. Honest
 * ones are as many as the clients that wrote it offline.
 */
const MAX_BRANCHES = 64;

/**
 * @param doc the document as it is, with everything accepted before
 * @param update one y-protocols update, version 1
 */
export function judge(doc: Y.Doc, update: Uint8Array, writer: Writer): Verdict {
  try {
    return judgeOrThrow(doc, update, writer);
  } catch (error) {
    if (error instanceof Refused) return { allowed: false, why: error.why, reason: error.message };
    // Truncated varints, endless nesting and the like: the decoder's own words help nobody.
    return { allowed: false, why: 'malformed', reason: 'not a Yjs update' };
  }
}

function judgeOrThrow(doc: Y.Doc, update: Uint8Array, writer: Writer): Verdict {
  const { incoming, ordered, stillborn, deleted } = readChanges(doc, update);
  const news = incoming.size > 0 || deleted.length > 0;
  // Not even what leaves no trace: it would be stored, and claim client ids.
  if (news && writer.role === 'observer')
    throw new Refused('forbidden', 'observers do not change the session');
  const places = new Places(doc, incoming);

  const touched = new Map<string, Touched>();
  const touch = (place: Place): Touched => {
    const id = `${place.root}/${place.entry}`;
    const { root, entry } = place;
    const known = touched.get(id) ?? { root, entry, removed: 'no', holders: new Map(), branches: new Map() };
    touched.set(id, known);
    return known;
  };
  /** Items of the update that nothing follows yet. */
  const ends = new Set<Struct>();
  for (const struct of ordered) {
    const place = places.of(struct);
    if (place === DEAD) continue;
    const entry = touch(place);
    if (!ends.delete(places.leftOf(struct as Y.Item)!)) branch(entry, place);
    ends.add(struct);
    write(entry, place, struct as Y.Item, stillborn.has(struct));
  }
  for (const item of deleted) {
    const place = places.of(item);
    if (place !== DEAD) erase(touch(place), place);
  }
  const circumstances = circumstancesOf(doc);
  for (const entry of touched.values()) {
    for (const change of changesOf(doc, entry)) {
      const refusal = refuse(writer, change, circumstances);
      if (refusal) throw new Refused('forbidden', refusal);
    }
  }
  return {
    allowed: true,
    clients: [...incoming.keys()],
    news,
  };
}

const idOf = ({ id }: { id: Y.ID }): string => `${id.client}:${id.clock}`;

/** Finds the place of items, in the document and in the update, each once. */
class Places {
  private readonly known = new Map<Struct, Place | typeof DEAD>();

  constructor(
    private readonly doc: Y.Doc,
    private readonly incoming: Map<number, Struct[]>,
  ) {}

  /** Asked for what others refer to first, it never goes deep. */
  of(struct: Struct): Place | typeof DEAD {
    if (struct instanceof Y.GC) return DEAD;
    let place = this.known.get(struct);
    if (!place) {
      place = this.find(struct);
      this.known.set(struct, place);
    }
    return place;
  }

  /** What the item was written behind. */
  leftOf(item: Y.Item): Struct | null {
    return item.origin && this.struct(item.origin, item);
  }

  private find(item: Y.Item): Place | typeof DEAD {
    if (item.parent instanceof Y.AbstractType) return this.inType(item.parent, item.parentSub);
    const left = this.leftOf(item);
    const right = item.rightOrigin && this.struct(item.rightOrigin, item);
    if (left instanceof Y.GC || right instanceof Y.GC) return DEAD;
    if (left || right) return this.beside(left, right);
    if (typeof item.parent === 'string') return this.inRoot(item.parent, item.parentSub);
    if (item.parent instanceof Y.ID) return this.inHolder(this.struct(item.parent, item), item.parentSub);
    return malformed('an item without a place');
  }

  private beside(left: Y.Item | null, right: Y.Item | null): Place | typeof DEAD {
    const places = [left, right].filter(item => item !== null).map(item => this.of(item));
    const [first, second] = places;
    if (first === DEAD || second === DEAD) return DEAD;
    const moved = second && (second.holder !== first!.holder || second.key !== first!.key);
    return moved ? malformed('an item between two places') : first!;
  }

  private inType(type: Y.AbstractType<unknown>, sub: string | null): Place | typeof DEAD {
    if (type._item) return this.inHolder(type._item, sub);
    return this.inRoot(Y.findRootTypeKey(type), sub);
  }

  private inRoot(name: string, entry: string | null): Place {
    if (!ROOTS.includes(name as Root)) return malformed('an unknown root');
    if (entry === null || !isSafeEntry(name as Root, entry)) return malformed(`not an entry of ${name}`);
    return { root: name as Root, entry, key: null, holder: `${name}/${entry}` };
  }

  private inHolder(holder: Struct, key: string | null): Place | typeof DEAD {
    if (holder instanceof Y.GC || holder.content instanceof Y.ContentDeleted) return DEAD;
    const place = this.of(holder);
    if (place === DEAD) return DEAD;
    if (place.key !== null || key === null || !isSafeKey(key)) return malformed('not a register');
    return { ...place, key, holder: idOf(holder) };
  }

  /** The struct with this id, which must be older than the item that refers to it. */
  private struct(id: Y.ID, item: Y.Item): Struct {
    if (id.client === item.id.client && id.clock >= item.id.clock)
      return malformed('an item that refers to a later one');
    if (id.clock < Y.getState(this.doc.store, id.client)) {
      const structs = this.doc.store.clients.get(id.client)! as Struct[];
      return structs[Y.findIndexSS(structs, id.clock)]!;
    }
    const brought = this.incoming.get(id.client);
    const last = brought?.at(-1);
    if (!last || id.clock >= last.id.clock + last.length)
      return unresolved('an update whose predecessors are missing');
    return brought![Y.findIndexSS(brought as Y.Item[], id.clock)]!;
  }
}

/** What an update does to one entry. */
interface Touched {
  root: Root;
  entry: string;
  /** The incarnation in the document is deleted for certain, or possibly: by an item that may lose against a concurrent one. */
  removed: 'no' | 'maybe' | 'yes';
  /** Registers written or erased, by the entry's incarnation: the one in the document, or one that the update creates. */
  holders: Map<string, { created: boolean; registers: Map<string, Json | undefined> }>;
  /** How often each register was branched, and the entry itself as `null`. */
  branches: Map<string | null, number>;
}

function branch({ branches }: Touched, { key }: Place): void {
  const count = (branches.get(key) ?? 0) + 1;
  if (count > MAX_BRANCHES) malformed('too many items at one place');
  branches.set(key, count);
}

function holderOf(touched: Touched, id: string, created = false) {
  const holder = touched.holders.get(id) ?? { created, registers: new Map<string, Json | undefined>() };
  holder.created ||= created;
  touched.holders.set(id, holder);
  return holder;
}

function write(touched: Touched, place: Place, item: Y.Item, deleted: boolean): void {
  const gone = deleted || item.content instanceof Y.ContentDeleted;
  if (place.key === null) {
    if (gone) touched.removed = touched.removed === 'yes' ? 'yes' : 'maybe';
    else if (!(item.content instanceof Y.ContentType && item.content.type.constructor === Y.Map))
      malformed('an entry is a map');
    else holderOf(touched, idOf(item), true);
    return;
  }
  const { registers } = holderOf(touched, place.holder);
  if (gone) {
    if (!registers.has(place.key)) registers.set(place.key, undefined);
    return;
  }
  const value =
    item.content instanceof Y.ContentAny && item.content.arr.length === 1 ? item.content.arr[0] : undefined;
  if (!isPlainJson(value)) return malformed('a register holds plain data');
  if (isTooLong(place.root, place.key, value)) malformed('too many points in one line');
  if (registers.get(place.key) !== undefined) malformed('two values for one register');
  registers.set(place.key, value);
}

function erase(touched: Touched, place: Place): void {
  if (place.key === null) touched.removed = 'yes';
  else {
    const { registers } = holderOf(touched, place.holder);
    if (!registers.has(place.key)) registers.set(place.key, undefined);
  }
}

/** Whether it is locked is all that matters of what stands on the board; nobody may do to a binding what they may not do to its arrow. */
function* changesOfBoard(doc: Y.Doc, entry: string, holders: Touched['holders']): Generator<EntryChange> {
  const before = (fromId?: Json) => ({ isLocked: isProtected(doc, entry, fromId) });
  for (const { registers } of holders.values()) {
    const after = { isLocked: registers.get('isLocked') === true };
    yield { root: 'board', entry, before: before(registers.get('fromId')), after };
  }
  if (holders.size === 0) yield { root: 'board', entry, before: before(), after: null };
}

/** Every state that the entry may be in afterwards, whichever of concurrent writes wins. */
function* changesOf(doc: Y.Doc, { root, entry, removed, holders }: Touched): Generator<EntryChange> {
  if (BY_WRITER_ALONE.has(root)) return yield { root, entry, before: null, after: null };
  if (root === 'board') return yield* changesOfBoard(doc, entry, holders);
  const current = doc.getMap(root)._map.get(entry);
  const live = current && !current.deleted ? current : null;
  const before = live ? ((live.content as Y.ContentType).type.toJSON() as Record<string, Json>) : null;
  const after = (base: Record<string, Json>, registers: Map<string, Json | undefined>) => {
    const state = { ...base };
    for (const [key, value] of registers) {
      if (value === undefined) delete state[key];
      else state[key] = value;
    }
    return state;
  };
  for (const [id, { created, registers }] of holders) {
    if (created) yield { root, entry, before, after: after({}, registers) };
    else if (live && id === idOf(live) && removed !== 'yes')
      yield { root, entry, before, after: after(before!, registers) };
  }
  if (removed !== 'no' && before) yield { root, entry, before, after: null };
}
