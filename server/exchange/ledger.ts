/**
 * Everything that the files of one format brought so far, and what they said of it: what the team has deleted since is on no board that
 * could tell. One register of the document's record, as it is read and written as a whole.
 */
import type * as Y from 'yjs';
import { type Json, putRecord } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import type { Change } from '#shared/formats/changes.ts';
import type { Board } from './board-of.ts';
import { digest, type Facts, isPlace } from './facts.ts';

const RECORD = 'document:document';
/** Characters of a hash: of the thing's id, then of what was said of it. */
const HASH = 6;

export class Ledger {
  /** Hash of what was said, by the hash of whose it is. */
  private readonly said = new Map<string, string>();
  private readonly key: string;
  private readonly before: string;

  constructor(board: Board, format: string) {
    this.key = `imported_${format}`;
    const kept = (board.records.get(RECORD)?.meta as Record<string, Json> | undefined)?.[this.key];
    this.before = typeof kept === 'string' ? kept : '';
    for (let at = 0; at + 2 * HASH <= this.before.length; at += 2 * HASH)
      this.said.set(this.before.slice(at, at + HASH), this.before.slice(at + HASH, at + 2 * HASH));
  }

  /** What a file says of a thing, against what the last one that had it said. */
  compare(kind: Change['kind'], id: string, facts: Facts): 'new' | 'same' | 'changed' {
    const said = this.said.get(keyOf(kind, id));
    if (said === undefined) return 'new';
    return said === hashOf(facts) ? 'same' : 'changed';
  }

  put(kind: Change['kind'], id: string, facts: Facts): void {
    this.said.set(keyOf(kind, id), hashOf(facts));
  }

  /** @returns its size, in characters */
  write(doc: Y.Doc): number {
    const now = [...this.said]
      .map(pair => pair.join(''))
      .sort()
      .join('');
    if (now === this.before) return 0;
    const entries = root(doc, 'board');
    const record = entries.get(RECORD);
    if (record) record.set(`meta.${this.key}`, now);
    else
      putRecord(entries, {
        ...{ id: RECORD, typeName: 'document', name: '', gridSize: 10 },
        meta: { [this.key]: now },
      });
    return now.length;
  }
}

const keyOf = (kind: string, id: string): string => digest([kind, id], HASH);

/** A thing that only lies elsewhere is the same. */
function hashOf(facts: Facts): string {
  const said = Object.entries(facts).filter(([fact, value]) => value !== undefined && !isPlace(fact));
  return digest(said.sort(([a], [b]) => (a < b ? -1 : 1)) as Json, HASH);
}
