/** The suggestion pass: what one change costs in a large model, and what a whole model costs. */
import * as Y from 'yjs';
import { LivePass } from '#server/passes/live-pass.ts';
import { readModel } from '#shared/dfd/read-model.ts';
import { type BoardRecord, isShape, putRecord, readRecords } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { LiveSuggestions } from '#shared/stride/live-suggestions.ts';
import { suggest } from '#shared/stride/suggest.ts';
import { percentile, round } from '../statistics.ts';
import { diagram, type Size } from './diagram.ts';
import type { Finding } from './finding.ts';

const LARGE: Size = { elements: 1000, flows: 1000, boundaries: 25 };
const HUGE: Size = { elements: 10_000, flows: 10_000, boundaries: 250 };
const CHANGES = 1000;
const FULL_PASSES = 9;
const NAIVE_PASSES = 50;

const finding = (what: string, value: number, target: number | null): Finding => ({
  part: 'h',
  what,
  value: round(value, 2),
  unit: 'ms',
  target,
});

export async function pass(): Promise<Finding[]> {
  const { changes, naive } = changesOf(LARGE);
  const doc = boardOf(HUGE);
  const records = readRecords(root(doc, 'board'));
  const { model } = withModel(records);
  const anew = Float64Array.from({ length: FULL_PASSES }, () =>
    timed(() => new LiveSuggestions('per-crossing', CATALOGUE, model).update(new Map())),
  );
  const whole = Float64Array.from({ length: FULL_PASSES }, () => timed(() => withModel(records)));
  const first = timed(() => new LivePass(doc).run());
  const again = timed(() => new LivePass(doc).run());
  return [
    finding('a change in a model of 1,000 elements, p50', percentile(changes, 0.5), null),
    finding('a change in a model of 1,000 elements, p99', percentile(changes, 0.99), 5),
    finding('the same by reading and asking everything anew, p50', percentile(naive, 0.5), null),
    finding('a full pass: 10,000 elements and flows asked about anew, median', percentile(anew, 0.5), 150),
    finding(
      '10,000 elements and flows read from the board and asked about, median',
      percentile(whole, 0.5),
      null,
    ),
    finding('the first pass of such a board, every suggestion written', first, null),
    finding('the pass of a room that comes into memory, nothing to write', again, null),
  ];
}

const withModel = (records: ReadonlyMap<string, BoardRecord>) => {
  const live = new LiveSuggestions('per-crossing');
  live.update(records);
  return live;
};

/** Moves an element, half of the time to a far place where it changes sides; and renames one. */
function changesOf(size: Size): Record<'changes' | 'naive', Float64Array> {
  const doc = boardOf(size);
  const board = root(doc, 'board');
  const elements = [...readRecords(board).values()].filter(isShape).filter(({ id }) => /^shape:e/.test(id));
  const pass = new LivePass(doc);
  pass.watch(() => {});
  pass.run();
  const changes = Float64Array.from({ length: CHANGES }, (_, i) => {
    const { id, x, y } = elements[(i * 37) % elements.length]!;
    if (i % 4 === 3) board.get(id)!.set('props.name', `Renamed ${i}`);
    else board.get(id)!.set('at', [x + (i % 2 ? 1500 : 10), y]);
    return timed(() => pass.run());
  });
  const naive = Float64Array.from({ length: NAIVE_PASSES }, () =>
    timed(() => suggest(readModel(readRecords(board)), 'per-crossing')),
  );
  return { changes, naive };
}

function boardOf(size: Size): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const record of diagram(size)) putRecord(root(doc, 'board'), record);
  });
  return doc;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
