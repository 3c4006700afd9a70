import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { putRecord } from '#shared/document/board.ts';
import { putEntry, readSuggestions, root, SESSION_ENTRY } from '#shared/document/document.ts';
import { histories } from '#shared/testing/edits.ts';
import { LivePass } from './live-pass.ts';
import { runPass } from './suggestions.ts';
import { hostileEdit, seeded } from './testing/seeded.ts';

const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
};
const by = { id: 'u', name: 'U' };
const judge = (doc: Y.Doc, id: string) =>
  putEntry(root(doc, 'triage'), id, { verdict: 'dismissed', reason: 'x', by, at: 1 });
const watching = (doc: Y.Doc) => {
  const pass = new LivePass(doc);
  const due = vi.fn();
  pass.watch(due);
  pass.run();
  return { pass, due };
};
/** What a full pass leaves: withdrawn what nobody judged, stale what somebody did. */
const afterFullPass = (doc: Y.Doc) => {
  const copy = copyOf(doc);
  runPass(copy);
  return readSuggestions(copy);
};

describe('C3 a pass over what changed', () => {
  it('leaves what a full one would, after any edits and verdicts, its own or from another node', () => {
    // Of what is suggested at that moment, by its place in the list.
    const ruling = fc.record({ which: fc.nat(1000), withdrawn: fc.constantFrom(false, false, true) });
    let stale = 0;
    fc.assert(
      fc.property(
        histories,
        fc.array(ruling, { minLength: 5, maxLength: 10 }),
        fc.infiniteStream(fc.boolean()),
        (history, rulings, elsewhere) => {
          const doc = seeded();
          const { pass } = watching(doc);
          for (const [i, { changes }] of history.entries()) {
            const remote = elsewhere.next().value ? copyOf(doc) : doc;
            const ruling = rulings[i];
            remote.transact(() => {
              for (const [id, record] of changes) {
                if (record)
                  putRecord(root(remote, 'board'), {
                    x: 0,
                    y: 0,
                    index: 'a1',
                    parentId: 'page:page',
                    ...record,
                  });
                else root(remote, 'board').delete(id);
              }
              const there = readSuggestions(remote);
              const id = there[(ruling?.which ?? 0) % there.length]?.id;
              if (id && ruling?.withdrawn) root(remote, 'triage').delete(id);
              else if (id && ruling) judge(remote, id);
            });
            if (remote !== doc) Y.applyUpdate(doc, Y.encodeStateAsUpdate(remote), 'another node');
            const wanted = afterFullPass(doc);
            pass.run();
            expect(readSuggestions(doc)).toEqual(wanted);
            stale += wanted.filter(each => each.stale).length;
          }
        },
      ),
      { numRuns: 15 },
    );
    expect(stale).toBeGreaterThan(0);
  });

  it('E5 does so whatever JSON stands in a register', () => {
    fc.assert(
      fc.property(fc.array(hostileEdit(), { minLength: 5, maxLength: 20 }), edits => {
        const doc = seeded();
        const { pass } = watching(doc);
        for (const { entry, key, value } of edits) {
          root(doc, 'board').get(entry)!.set(key, value);
          const wanted = afterFullPass(doc);
          pass.run();
          expect(readSuggestions(doc)).toEqual(wanted);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('writes nothing and asks for no other pass when it finds all as it should be', () => {
    const doc = seeded();
    const { pass, due } = watching(doc);
    const before = Y.encodeStateVector(doc);
    pass.run();
    expect(Y.encodeStateVector(doc)).toEqual(before);
    expect(due).not.toHaveBeenCalled();
  });

  it('is due after a change of the board, a verdict or another method, and not after a new title', () => {
    const doc = seeded();
    const { due } = watching(doc);
    const session = root(doc, 'session').get(SESSION_ENTRY)!;
    session.set('title', 'Another');
    expect(due).not.toHaveBeenCalled();
    root(doc, 'board').get('shape:app')!.set('at', [1, 2]);
    judge(doc, 'GEN-T/shape:f-bluetooth');
    expect(due).toHaveBeenCalledTimes(2);
  });

  it('puts back what another node withdrew', () => {
    const doc = seeded();
    const { pass } = watching(doc);
    const before = readSuggestions(doc);
    const remote = copyOf(doc);
    root(remote, 'suggestions').delete(before[0]!.id);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(remote), 'another node');
    expect(readSuggestions(doc)).not.toEqual(before);
    pass.run();
    expect(readSuggestions(doc)).toEqual(before);
  });

  it('starts anew after one that failed', () => {
    const doc = seeded();
    const { pass } = watching(doc);
    root(doc, 'board').get('shape:app')!.set('at', [9000, 9000]);
    vi.spyOn(doc, 'transact').mockImplementationOnce(() => {
      throw new Error('no');
    });
    expect(() => pass.run()).toThrow('no');
    const wanted = afterFullPass(doc);
    pass.run();
    expect(readSuggestions(doc)).toEqual(wanted);
  });
});
