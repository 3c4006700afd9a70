/**
 * What a moderator decides in triage. Each decision remembers what stood before in the entries that it touched, so that it can be taken
 * back without taking back what others did since.
 */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { type Json, same } from '#shared/document/board.ts';
import { type Entry, type Root, readThreats, root } from '#shared/document/document.ts';
import { callIt, mergedInto, standIns } from '#shared/document/merged.ts';
import { type Author, SEVERITY, type Threat, threatIdOf } from '#shared/document/threats.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import { acceptSuggestion, type Desk, dismissSuggestion, editThreat, type ThreatEdit } from './commands.ts';
import type { Person } from './people.ts';
import { type Item, isWaiting } from './queue.ts';

type Registers = Record<string, Json>;

/** An entry that a decision wrote, before and after; null where there was none. */
interface Touched {
  root: Root;
  entry: string;
  before: Registers | null;
  after: Registers;
}

export interface Decision {
  /** What it was about. */
  item: Item;
  /** What was decided, in a word or two. */
  says: string;
  /** Whether the item does not wait any more. */
  final: boolean;
  /** Milliseconds since 1970, by this window's clock. */
  at: number;
  touched: readonly Touched[];
}

/** What a moderator says of an item beside the verdict. */
export type Details = Pick<ThreatEdit, 'stride' | 'severity' | 'tags' | 'owner'>;

/** What the server notes in a threat by itself: nobody's change. */
const OF_SERVER = ['number', 'ends'];

/** Performs a decision in one transaction. @returns null when it changed nothing */
function decide(
  { doc }: Desk,
  item: Item,
  says: string,
  entries: readonly [Root, string][],
  act: () => void,
  final = true,
): Decision | null {
  const states = () => entries.map(([name, entry]) => registersOf(root(doc, name).get(entry)));
  const before = states();
  doc.transact(act);
  const touched = states().flatMap((after, i): Touched[] => {
    const [name, entry] = entries[i]!;
    return after ? [{ root: name, entry, before: before[i]!, after }] : [];
  });
  if (touched.every(({ before, after }) => same(before ?? undefined, after))) return null;
  return { item, says, final, at: Date.now(), touched };
}

const registersOf = (entry: Entry | undefined): Registers | null => (entry?.toJSON() as Registers) ?? null;

/**
 * Makes an item an open threat, with what was said of it. As the next two, it does nothing to one that does not wait any more.
 * @returns null then
 */
export function accept(desk: Desk, item: Item, details: Details, catalogue: Catalogue): Decision | null {
  if (!isWaiting(desk.doc, item)) return null;
  if (item.kind === 'proposal') {
    const edit = { ...details, status: 'open' as const };
    return decide(desk, item, 'Accepted', [['threats', item.id]], () => editThreat(desk, item.id, edit));
  }
  const threat = threatIdOf(item.id);
  const entries: [Root, string][] = [
    ['triage', item.id],
    ['threats', threat],
  ];
  return decide(desk, item, 'Accepted', entries, () => {
    acceptSuggestion(desk, item.suggestion, catalogue);
    editThreat(desk, threat, details);
  });
}

export function dismiss(desk: Desk, item: Item, reason: string): Decision | null {
  if (!isWaiting(desk.doc, item)) return null;
  const says = `Dismissed, “${reason}”`;
  if (item.kind === 'suggestion')
    return decide(desk, item, says, [['triage', item.id]], () =>
      dismissSuggestion(desk, item.suggestion, reason),
    );
  const edit = { status: 'rejected' as const, justification: reason };
  return decide(desk, item, says, [['threats', item.id]], () => editThreat(desk, item.id, edit));
}

/** Puts an item under a threat that says the same, or under what that was merged into. */
export function merge(desk: Desk, item: Item, other: string): Decision | null {
  const into = standIns(readThreats(desk.doc)).get(other);
  if (!into || into.id === item.id || !isWaiting(desk.doc, item)) return null;
  if (item.kind === 'suggestion') {
    const reason = `Recorded as ${callIt(into)}`;
    return decide(desk, item, reason, [['triage', item.id]], () =>
      dismissSuggestion(desk, item.suggestion, reason),
    );
  }
  return decide(desk, item, `Merged into ${callIt(into)}`, [['threats', item.id]], () =>
    editThreat(desk, item.id, mergedInto(into)),
  );
}

/** Changes what a proposal says, before it is judged. */
export function amend(desk: Desk, item: Item, edit: Details & Pick<ThreatEdit, 'title'>): Decision | null {
  return decide(
    desk,
    item,
    amended(edit),
    [['threats', item.id]],
    () => editThreat(desk, item.id, edit),
    false,
  );
}

function amended({ title, stride, severity, tags, owner }: Partial<Threat>): string {
  if (title !== undefined) return 'Title';
  if (stride) return `Letters ${stride.join(' ')}`;
  if (severity !== undefined) return `Severity ${severity ? SEVERITY[severity].toLowerCase() : 'open'}`;
  if (tags) return `Tags ${tags.join(', ') || 'none'}`;
  return `Owner ${owner || 'nobody'}`;
}

/**
 * Takes a decision back: in what stood before, the registers that are still as it left them.
 * @returns false when somebody has gone on with what it made, which stays then
 */
export function undo({ doc }: Desk, { touched }: Decision): boolean {
  if (touched.some(each => !each.before && !isAsLeft(doc, each))) return false;
  putBack(doc, touched);
  return true;
}

const entryOf = (doc: Y.Doc, { root: name, entry }: Touched): Entry | undefined => root(doc, name).get(entry);

/** Whether nobody wrote into an entry since. */
function isAsLeft(doc: Y.Doc, touched: Touched): boolean {
  const own = (registers: Registers) => {
    const kept = Object.entries(registers).filter(([key]) => !OF_SERVER.includes(key));
    return Object.fromEntries(kept);
  };
  const now = registersOf(entryOf(doc, touched));
  return now !== null && same(own(now), own(touched.after));
}

function putBack(doc: Y.Doc, touched: readonly Touched[]): void {
  doc.transact(() => {
    for (const each of touched) {
      const { before, after } = each;
      const entry = entryOf(doc, each);
      if (!entry) continue;
      if (!before) {
        if (isAsLeft(doc, each)) root(doc, each.root).delete(each.entry);
        continue;
      }
      for (const [key, left] of Object.entries(after)) {
        const old = before[key];
        if (same(old, left) || !same(entry.get(key), left)) continue;
        if (old === undefined) entry.delete(key);
        else entry.set(key, old);
      }
    }
  });
}

/** The registers that hold a verdict. */
const VERDICT = ['verdict', 'reason', 'by', 'status', 'into'];

/**
 * Settles a decision that somebody else took at the same moment. The document keeps one of them whole, so the other is taken back; where
 * both accept, nothing is left to settle.
 * @returns the name of who decided instead; null while the decision stands
 */
export function yieldTo(doc: Y.Doc, awareness: People, { item, touched }: Decision): string | null {
  const own = touched.find(({ entry }) => entry === item.id)!;
  const entry = entryOf(doc, own);
  // Gone is deleted or opened again, which is nobody's other verdict.
  if (!entry) return null;
  const { before, after } = own;
  const written = VERDICT.filter(key => !same(before?.[key], after[key]));
  const other = written.find(key => !same(entry.get(key), after[key]));
  const writer = other ? writerOf(entry, other) : null;
  if (writer !== null && writer !== doc.clientID) {
    if (item.kind === 'proposal' || entry.get('verdict') !== after.verdict) putBack(doc, touched);
    return deciderOf(doc, awareness, item);
  }
  if (after.into && isRing(doc, item.id)) {
    putBack(doc, touched);
    return nameOf(awareness, writerOf(root(doc, 'threats').get(String(after.into))!, 'into'));
  }
  return null;
}

/** Whether a merged threat stands for itself because what it was merged into was merged into it. */
function isRing(doc: Y.Doc, id: string): boolean {
  const threats = readThreats(doc);
  const into = threats.find(each => each.id === id)?.into;
  return standIns(threats).get(id)?.id === id && threats.some(each => each.id === into);
}

type People = Pick<Awareness, 'getStates'>;

/** Why an item does not wait any more, in a sentence; null while it does. */
export function settledBecause(doc: Y.Doc, awareness: People, item: Item): string | null {
  if (isWaiting(doc, item)) return null;
  const { kind, id } = item;
  if (kind === 'proposal' && !root(doc, 'threats').has(id)) return 'This was deleted.';
  if (kind === 'suggestion' && !root(doc, 'triage').has(id)) return 'This is not suggested any more.';
  return `${deciderOf(doc, awareness, item)} decided this already.`;
}

/** The name of who decided about an item. */
function deciderOf(doc: Y.Doc, awareness: People, { kind, id }: Item): string {
  if (kind === 'suggestion')
    return (root(doc, 'triage').get(id)?.get('by') as Author | undefined)?.name ?? 'Somebody';
  const threat = root(doc, 'threats').get(id);
  return nameOf(awareness, threat ? writerOf(threat, 'status') : null);
}

/** The Yjs client that wrote a register: threats hold no name of who judged them. */
const writerOf = (entry: Entry, key: string): number | null => entry._map.get(key)?.id.client ?? null;

const nameOf = (awareness: People, client: number | null): string =>
  (awareness.getStates().get(client ?? -1) as { user?: Partial<Person> } | undefined)?.user?.name ??
  'Somebody';
