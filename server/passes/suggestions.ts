/**
 * The suggestion pass of a room: reads the model after each change of the board and writes the difference in suggestions
 * into the document. It is the only writer of the `suggestions` root.
 */
import type * as Y from 'yjs';
import { readModel } from '#shared/dfd/read-model.ts';
import { type Json, readRecords } from '#shared/document/board.ts';
import { putEntry, readSession, readSuggestions, readTriage, root } from '#shared/document/document.ts';
import { reconcile } from '#shared/stride/pass.ts';
import { DEFAULT_METHOD, isMethod, suggest } from '#shared/stride/suggest.ts';
import type { Log } from '../log.ts';
import type { Room } from '../sync/room.ts';

/**
 * Time from a change to its pass, in ms. A drag changes the board 20 times a second; nobody reads suggestions that fast, and
 * one that lasts a blink while an element passes over a boundary only distracts.
 */
const PASS_DELAY = 120;

/** Origin of what the passes write. */
export const PASS = Symbol('pass');

/**
 * Runs the pass while a room is in memory, and once when it comes in, in case the last run was cut off. A pass that fails is
 * logged: it must end neither the process nor the session.
 * @returns the service for a room
 */
export const suggestionPass =
  (log: Pick<Log, 'error'>) =>
  (room: Room): (() => void) => {
    const run = () => {
      try {
        runPass(room.doc);
      } catch (error) {
        log.error({ sessionId: room.sessionId, error }, 'suggestion pass failed');
      }
    };
    const watched = [root(room.doc, 'board'), root(room.doc, 'session'), root(room.doc, 'triage')];
    let timer: NodeJS.Timeout | null = null;
    const schedule = () => {
      timer ??= setTimeout(() => {
        timer = null;
        run();
      }, PASS_DELAY);
    };
    for (const each of watched) each.observeDeep(schedule);
    run();
    return () => {
      if (timer) clearTimeout(timer);
      for (const each of watched) each.unobserveDeep(schedule);
    };
  };

/** Brings a document's suggestions up to its board. Changes nothing when they are. */
export function runPass(doc: Y.Doc): void {
  const model = readModel(readRecords(root(doc, 'board')));
  const { method } = readSession(doc);
  const wanted = suggest(model, isMethod(method) ? method : DEFAULT_METHOD);
  const judged = new Set(readTriage(doc).map(({ id }) => id));
  const { put, withdraw } = reconcile(readSuggestions(doc), wanted, judged);
  if (put.length === 0 && withdraw.length === 0) return;
  const suggestions = root(doc, 'suggestions');
  doc.transact(() => {
    for (const id of withdraw) suggestions.delete(id);
    for (const { id, ...registers } of put)
      write(suggestions.get(id), registers) || putEntry(suggestions, id, registers);
  }, PASS);
}

/** Changes what differs in an entry that is there; false when there is none. */
function write(entry: Y.Map<Json> | undefined, registers: Record<string, Json>): boolean {
  if (!entry) return false;
  for (const [key, value] of Object.entries(registers)) {
    if (JSON.stringify(entry.get(key)) !== JSON.stringify(value)) entry.set(key, value);
  }
  return true;
}
