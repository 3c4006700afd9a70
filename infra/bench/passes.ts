/** What the suggestion pass costs: whole over a large board, and after one change of a middling one. */
import * as Y from 'yjs';
import { LivePass } from '#server/passes/live-pass.ts';
import { type Json, putRecord, readRecords } from '#shared/document/board.ts';
import { boundary, element, flow } from '#shared/document/build.ts';
import { root } from '#shared/document/document.ts';
import { LiveSuggestions } from '#shared/stride/live-suggestions.ts';

/** Milliseconds. */
export interface Timing {
  what: string;
  p50: number;
  p99: number;
}

/** Elements in a boundary, ten in a row. */
const PER_BOUNDARY = 50;

/** A board of as many flows as elements, one in five of them across a boundary. */
function boardOf(count: number): Y.Doc {
  const doc = new Y.Doc();
  const board = root(doc, 'board');
  const [index, width] = ['a1', 1000];
  const top = (i: number) => Math.floor(i / PER_BOUNDARY) * width;
  const elements = Array.from({ length: count }, (_, i) => {
    const box = [(i % 10) * 100, top(i) + Math.floor((i % PER_BOUNDARY) / 10) * 100, 80, 80] as const;
    return element('process', { id: `${i}`, name: `E${i}`, box, index });
  });
  doc.transact(() => {
    for (let i = 0; i < count; i += PER_BOUNDARY) {
      putRecord(board, boundary({ id: `b${i}`, name: `B${i}`, box: [0, top(i), width, width / 2], index }));
    }
    for (const [i, from] of elements.entries()) {
      putRecord(board, from);
      const home = i - (i % PER_BOUNDARY);
      const to = elements[i % 5 === 0 ? (i + PER_BOUNDARY) % count : home + ((i + 1) % PER_BOUNDARY)]!;
      for (const record of flow({ id: `f${i}`, name: `F${i}`, from, to, index })) putRecord(board, record);
    }
  });
  return doc;
}

/** A full pass of 10,000 elements and 10,000 flows: the work of the engine, and all of it with reading and comparing the document. */
export function measureFullPass(runs = 10): Timing[] {
  const doc = boardOf(10_000);
  const records = readRecords(root(doc, 'board'));
  new LivePass(doc).run();
  return [
    timing(
      '10,000 elements: model and suggestions',
      runs,
      () => {},
      () => {
        new LiveSuggestions('per-crossing').update(records);
      },
    ),
    timing(
      '10,000 elements: full pass over the document',
      runs,
      () => {},
      () => new LivePass(doc).run(),
    ),
  ];
}

/** A pass after one change of a model with 1,000 elements and 1,000 flows, all in: read, model, suggest, compare, write. */
export function measureChanges(runs = 300): Timing[] {
  const doc = boardOf(1000);
  const board = root(doc, 'board');
  const pass = new LivePass(doc);
  pass.watch(() => {});
  pass.run();
  const after = (what: string, id: string, key: string, [one, other]: [Json, Json]) =>
    timing(
      `1,000 elements: ${what}`,
      runs,
      i => board.get(id)!.set(key, i % 2 ? one : other),
      () => pass.run(),
    );
  return [
    after('an element moves', 'shape:60', 'at', [
      [0, 1100],
      [1, 1101],
    ]),
    after('an element leaves its boundary', 'shape:60', 'at', [
      [0, 1100],
      [0, 90_000],
    ]),
    after('an element is renamed', 'shape:60', 'props.name', ['A', 'B']),
    after('an arrow is bound anew', 'binding:f61-end', 'toId', ['shape:62', 'shape:900']),
    after('a boundary moves', 'shape:b50', 'at', [
      [0, 1000],
      [-1, 1000],
    ]),
    after('a boundary leaves its 50 elements', 'shape:b50', 'at', [
      [0, 1000],
      [0, 90_000],
    ]),
  ];
}

function timing(what: string, runs: number, prepare: (run: number) => void, run: () => void): Timing {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    prepare(i);
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { what, p50: times[Math.floor(runs / 2)]!, p99: times[Math.floor(runs * 0.99)]! };
}
