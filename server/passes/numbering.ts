/**
 * Gives each threat its number, T1, T2, ..., in the order in which they reach the server. People say and write these numbers, so
 * none is ever given twice: the last one is kept in the document, beyond the threat that had it.
 */
import type * as Y from 'yjs';
import { changedEntries, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Room } from '../sync/room.ts';
import { PASS } from './origin.ts';

/** Server-only register of the session entry: the highest number given so far. */
const LAST = 'lastThreat';

export function numbering(room: Room): () => void {
  const threats = root(room.doc, 'threats');
  /** Numbers given while this room is in memory: two moderators who accept one suggestion at once replace each other's entry. */
  const given = new Map<string, number>();

  /** Threats that were not looked at since they changed. */
  const changed = new Set(threats.keys());

  const number = () => {
    const session = root(room.doc, 'session').get(SESSION_ENTRY);
    if (!session) return;
    const missing: string[] = [];
    for (const id of changed) {
      const known = threats.get(id)?.get('number');
      if (typeof known === 'number') given.set(id, known);
      else if (threats.has(id)) missing.push(id);
    }
    changed.clear();
    if (missing.length === 0) return;
    room.doc.transact(() => {
      for (const id of missing) {
        const next = given.get(id) ?? Number(session.get(LAST) ?? 0) + 1;
        if (!given.has(id)) session.set(LAST, next);
        given.set(id, next);
        threats.get(id)!.set('number', next);
      }
    }, PASS);
  };
  const onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    for (const id of changedEntries(events)) changed.add(id);
    number();
  };
  threats.observeDeep(onEvents);
  number();
  return () => threats.unobserveDeep(onEvents);
}
