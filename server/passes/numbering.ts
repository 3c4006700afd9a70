/**
 * Gives each threat its number, T1, T2, ..., in the order in which they reach the server. People say and write these numbers, so
 * none is ever given twice: the last one is kept in the document, beyond the threat that had it.
 */
import { root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Room } from '../sync/room.ts';
import { PASS } from './suggestions.ts';

/** Server-only register of the session entry: the highest number given so far. */
const LAST = 'lastThreat';

export function numbering(room: Room): () => void {
  const threats = root(room.doc, 'threats');
  /** Numbers given while this room is in memory: two moderators who accept one suggestion at once replace each other's entry. */
  const given = new Map<string, number>();

  const number = () => {
    const session = root(room.doc, 'session').get(SESSION_ENTRY);
    const missing: string[] = [];
    for (const [id, threat] of threats) {
      const known = threat.get('number');
      if (typeof known === 'number') given.set(id, known);
      else missing.push(id);
    }
    if (missing.length === 0 || !session) return;
    room.doc.transact(() => {
      for (const id of missing) {
        const next = given.get(id) ?? Number(session.get(LAST) ?? 0) + 1;
        if (!given.has(id)) session.set(LAST, next);
        given.set(id, next);
        threats.get(id)!.set('number', next);
      }
    }, PASS);
  };
  threats.observeDeep(number);
  number();
  return () => threats.unobserveDeep(number);
}
