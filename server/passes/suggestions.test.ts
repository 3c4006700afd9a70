import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { readModel } from '#shared/dfd/read-model.ts';
import { type Json, readRecords } from '#shared/document/board.ts';
import { readSuggestions, root } from '#shared/document/document.ts';
import type { Room } from '../sync/room.ts';
import { runPass, suggestionPass } from './suggestions.ts';
import { hostileEdit, seeded } from './testing/seeded.ts';

it('C3 a second pass over the same board changes nothing', () => {
  const doc = seeded();
  runPass(doc);
  const before = Y.encodeStateVector(doc);
  expect(readSuggestions(doc).length).toBeGreaterThan(20);
  runPass(doc);
  expect(Y.encodeStateVector(doc)).toEqual(before);
});

it('E5 no register, whatever JSON stands in it, makes the model or the pass fail', () => {
  fc.assert(
    fc.property(fc.array(hostileEdit('shape:new'), { maxLength: 8 }), edits => {
      const doc = seeded();
      const board = root(doc, 'board');
      for (const { entry, key, value } of edits) {
        if (!board.has(entry)) board.set(entry, new Y.Map() as Y.Map<Json>);
        board.get(entry)!.set(key, value);
      }
      runPass(doc);
      expect(readModel(readRecords(board)).flows.length).toBeLessThanOrEqual(7);
    }),
    { numRuns: 500 },
  );
});

describe('the service', () => {
  afterEach(() => void vi.useRealTimers());

  const turn = () => new Promise(resolve => setImmediate(resolve));
  const start = () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [log, onPass] = [{ error: vi.fn() }, vi.fn()];
    return { log, onPass, serve: suggestionPass(log, onPass) };
  };
  const roomOf = (doc: Y.Doc) => ({ doc, sessionId: 's' }) as Room;
  const move = (doc: Y.Doc, x: number) => root(doc, 'board').get('shape:app')!.set('at', [x, x]);

  it('runs one pass for all that changes within its delay, and one room at a time, with a rest in between', async () => {
    const { onPass, serve } = start();
    const docs = [seeded(), seeded()];
    for (const doc of docs) serve(roomOf(doc));
    expect(onPass).toHaveBeenCalledTimes(2);
    for (const doc of docs) for (const x of [5000, 6000]) move(doc, x);
    vi.advanceTimersByTime(1000);
    expect(onPass).toHaveBeenCalledTimes(2);
    await turn();
    expect(onPass).toHaveBeenCalledTimes(3);
    vi.advanceTimersByTime(1000);
    await turn();
    expect(onPass).toHaveBeenCalledTimes(4);
    for (const doc of docs) {
      const before = readSuggestions(doc);
      runPass(doc);
      expect(readSuggestions(doc)).toEqual(before);
    }
  });

  it('logs a pass that fails, and the next one makes up for it', async () => {
    const { log, serve } = start();
    const doc = seeded();
    serve(roomOf(doc));
    const before = readSuggestions(doc);
    move(doc, 5000);
    vi.spyOn(doc, 'transact').mockImplementationOnce(() => {
      throw new Error('no');
    });
    vi.advanceTimersByTime(1000);
    await turn();
    expect(readSuggestions(doc)).toEqual(before);
    move(doc, 5001);
    vi.advanceTimersByTime(1000);
    await turn();
    expect(log.error).toHaveBeenCalledTimes(1);
    expect(readSuggestions(doc)).not.toEqual(before);
  });

  it('does nothing more once it is stopped', async () => {
    const { onPass, serve } = start();
    const doc = seeded();
    const stop = serve(roomOf(doc));
    move(doc, 5000);
    vi.advanceTimersByTime(1000);
    stop();
    move(doc, 6000);
    vi.advanceTimersByTime(1000);
    await turn();
    expect(onPass).toHaveBeenCalledTimes(1);
  });
});
