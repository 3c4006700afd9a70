/** A suggestion's identity: what a verdict stands on through everything that happens to a diagram. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Json, putRecord, readRecords } from '#shared/document/board.ts';
import { flow } from '#shared/document/build.ts';
import {
  putEntry,
  readHeirs,
  readSuggestions,
  readThreats,
  readWorkflows,
  root,
  SESSION_ENTRY,
} from '#shared/document/document.ts';
import { ownRule } from '#shared/testing/own-rule.ts';
import { LivePass } from './live-pass.ts';
import { runPass } from './suggestions.ts';
import { seeded } from './testing/seeded.ts';

const BLUETOOTH = 'shape:f-bluetooth';
const by = { id: 'u', name: 'U' };

function session() {
  const doc = seeded();
  const pass = new LivePass(doc);
  pass.watch(() => {});
  pass.run();
  const board = root(doc, 'board');
  const first = readSuggestions(doc).find(({ target, stride }) => target === BLUETOOTH && stride === 'T')!;
  const judge = (id = first.id) =>
    putEntry(root(doc, 'triage'), id, { verdict: 'dismissed', reason: 'x', by, at: 1 });
  const judged = (id = first.id) => readSuggestions(doc).find(each => each.id === id);
  /** Takes away the arrow with what holds its ends. @returns how to put it back */
  const erase = (arrow = BLUETOOTH): (() => void) => {
    const gone = [...readRecords(board)].filter(
      ([id, record]) => id === arrow || (record as { fromId?: string }).fromId === arrow,
    );
    doc.transact(() => {
      for (const [id] of gone) board.delete(id);
    });
    return () =>
      doc.transact(() => {
        for (const [, record] of gone) putRecord(board, record);
      });
  };
  const draw = (id: string, from = 'shape:sensor', to = 'shape:app', meta: Record<string, Json> = {}) => {
    const records = readRecords(board);
    const [start, end] = [from, to].map(each => records.get(each) as never);
    doc.transact(() => {
      for (const record of flow({ id, name: 'Again', from: start!, to: end!, index: 'b1', meta }))
        putRecord(board, record);
    });
  };
  /** Runs the pass, and checks that one that starts anew would leave the same. */
  const run = () => {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    runPass(copy);
    pass.run();
    expect(readSuggestions(doc)).toEqual(readSuggestions(copy));
    expect([...readHeirs(doc)]).toEqual([...readHeirs(copy)]);
  };
  return { doc, pass, board, first, judge, judged, erase, draw, run };
}

describe('a verdict', () => {
  it('survives another name, another place and the other direction', () => {
    const { board, judge, judged, run } = session();
    judge();
    board.get(BLUETOOTH)!.set('props.text', 'Readings');
    board.get('shape:sensor')!.set('at', [40, 60]);
    board.get(BLUETOOTH)!.set('props.arrowheadStart', 'arrow');
    run();
    expect(judged()).toMatchObject({ stale: false, target: BLUETOOTH });
  });

  it('goes over to an arrow that is drawn anew between the same elements, whichever way', () => {
    const { doc, first, judge, judged, erase, draw, run } = session();
    judge();
    erase();
    run();
    expect(judged()).toMatchObject({ stale: true, change: { what: 'gone' } });
    draw('again', 'shape:app', 'shape:sensor', { protocol: 'ble', payload: ['telemetry'] });
    run();
    expect(judged()).toMatchObject({ target: 'shape:again', stale: false, change: null });
    expect([...readHeirs(doc)]).toEqual([['shape:again', BLUETOOTH]]);
    expect(
      readSuggestions(doc)
        .filter(({ target }) => target === 'shape:again')
        .every(({ id }) => id.endsWith(BLUETOOTH)),
    ).toBe(true);
    expect(first.id.endsWith(BLUETOOTH)).toBe(true);
  });

  it('goes back when the old arrow is, as after an undo', () => {
    const { doc, judge, judged, erase, draw, run } = session();
    judge();
    const undo = erase();
    draw('again');
    run();
    undo();
    run();
    expect(judged()).toMatchObject({ target: BLUETOOTH, stale: false });
    expect([...readHeirs(doc)]).toEqual([]);
    expect(readSuggestions(doc).some(({ target }) => target === 'shape:again')).toBe(true);
  });

  it('does not go over to an arrow that was there beside it, nor to one between others', () => {
    const { judge, judged, erase, draw, run } = session();
    judge();
    draw('beside');
    run();
    erase();
    draw('elsewhere', 'shape:sensor', 'shape:storage');
    run();
    expect(judged()).toMatchObject({ target: BLUETOOTH, stale: true });
  });

  it('goes over more than once', () => {
    const { judge, judged, erase, draw, run } = session();
    judge();
    for (const [before, after] of [
      [BLUETOOTH, 'one'],
      ['shape:one', 'two'],
    ]) {
      erase(before);
      run();
      draw(after!);
      run();
    }
    expect(judged()).toMatchObject({ target: 'shape:two' });
  });
});

describe('a threat on a flow', () => {
  it('is on the arrow that is drawn anew, and back on the old one after an undo', () => {
    const { doc, erase, draw, run } = session();
    putEntry(root(doc, 'threats'), 't', {
      ...{ title: 'T', stride: ['T'], target: BLUETOOTH, status: 'open', by, at: 1 },
    });
    run();
    const undo = erase();
    run();
    draw('again');
    run();
    expect(readThreats(doc)[0]!.target).toBe('shape:again');
    undo();
    run();
    expect(readThreats(doc)[0]!.target).toBe(BLUETOOTH);
  });
});

describe('what took a cause away is said', () => {
  it.each([
    [
      'an answer',
      { what: 'answered', on: BLUETOOTH, key: 'integrity', was: 'unknown', is: 'yes' },
      (board: ReturnType<typeof root>): void => void board.get(BLUETOOTH)!.set('meta.integrity', 'yes'),
    ],
    [
      'another side of the boundary',
      { what: 'no-crossing' },
      (board: ReturnType<typeof root>): void => {
        for (const id of ['shape:b-sensor', 'shape:b-phone']) board.delete(id);
      },
    ],
  ])('%s', (_, change, act) => {
    const { board, doc, judged, run } = session();
    const { id } = readSuggestions(doc).find(
      ({ target, why }) => target === BLUETOOTH && why.facts.some(([, key]) => key === 'integrity'),
    )!;
    putEntry(root(doc, 'triage'), id, { verdict: 'dismissed', reason: 'x', by, at: 1 });
    act(board);
    run();
    expect(judged(id)).toMatchObject({ stale: true, change });
  });
  it('a rule that was switched off, and another method', () => {
    const { doc, first, judge, judged, run } = session();
    judge();
    const info = root(doc, 'session').get(SESSION_ENTRY)!;
    info.set('rulesOff', [first.rule]);
    run();
    expect(judged()).toMatchObject({ stale: true, change: { what: 'rule-off' } });
    info.delete('rulesOff');
    run();
    expect(judged()).toMatchObject({ stale: false, change: null });
    info.set('method', 'per-workflow');
    run();
    expect(judged()).toMatchObject({ stale: true, change: { what: 'method' } });
  });
});

describe('that a letter does not apply to a flow', () => {
  it('is said of the arrow that is drawn anew as well', () => {
    const { doc, erase, draw, run } = session();
    const ends = ['shape:sensor', 'shape:app'];
    putEntry(root(doc, 'triage'), `D/${BLUETOOTH}`, { verdict: 'dismissed', reason: 'x', by, at: 1, ends });
    run();
    erase();
    run();
    draw('again');
    run();
    expect([...readHeirs(doc)]).toEqual([['shape:again', BLUETOOTH]]);
  });
});

describe('workflows', () => {
  it('keep the place of an arrow that is drawn anew', () => {
    const { doc, pass, judge, judged, erase, draw, run } = session();
    putEntry(root(doc, 'workflows'), 'w', { name: 'Measure', flows: [BLUETOOTH] });
    root(doc, 'session').get(SESSION_ENTRY)!.set('method', 'per-workflow');
    run();
    judge();
    erase();
    run();
    draw('again', 'shape:sensor', 'shape:app', { protocol: 'ble', payload: ['telemetry'] });
    pass.run();
    expect(readWorkflows(doc)[0]!.flows).toEqual(['shape:again']);
    expect(judged()).toMatchObject({ target: 'shape:again', stale: false });
  });

  it('are walked, and nothing else is, by the method of that name', () => {
    const { doc, run } = session();
    root(doc, 'session').get(SESSION_ENTRY)!.set('method', 'per-workflow');
    run();
    expect(readSuggestions(doc)).toEqual([]);
    putEntry(root(doc, 'workflows'), 'w', { name: 'Measure', flows: [BLUETOOTH, 'shape:nowhere'] });
    run();
    expect(new Set(readSuggestions(doc).map(({ target }) => target))).toEqual(
      new Set([BLUETOOTH, 'shape:sensor', 'shape:app']),
    );
    root(doc, 'workflows').delete('w');
    run();
    expect(readSuggestions(doc)).toEqual([]);
  });
});

describe('rules of the team', () => {
  it('suggest beside those of the product', () => {
    const { doc, run } = session();
    root(doc, 'session').get(SESSION_ENTRY)!.set('rules', ownRule('OWN-1'));
    run();
    expect(readSuggestions(doc).map(({ id }) => id)).toContain('OWN-1/shape:app');
    root(doc, 'session').get(SESSION_ENTRY)!.set('rules', '- hostile: [');
    run();
    expect(readSuggestions(doc).map(({ rule }) => rule)).not.toContain('OWN-1');
  });
});
