/** How a document grows over a session's life: 20 people, 300 shapes, one register per gesture. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as Y from 'yjs';
import { putRecord } from '#shared/document/board.ts';
import { type EntryMap, root } from '#shared/document/document.ts';
import { process as processAt } from '../crowd/board.ts';
import { percentile, round } from '../statistics.ts';
import type { Finding } from './finding.ts';

const PEOPLE = 20;
const SHAPES = 300;
const LOADS = 5;
const MIB = 1024 * 1024;

/** DESIGN.md: stay at or under these. A fresh board is as large as the names on it, so it has none. */
const TARGETS = [
  { gestures: 0, kilobytes: null, ms: null, heap: null },
  { gestures: 10_000, kilobytes: 124, ms: 78, heap: 9 },
  { gestures: 100_000, kilobytes: 900, ms: 330, heap: 47 },
];

export async function growth(): Promise<Finding[]> {
  return TARGETS.flatMap(({ gestures, kilobytes, ms, heap }) => {
    const state = live(gestures);
    const finding = (what: string, value: number, unit: string, target: number | null): Finding => ({
      part: 'g',
      what: `${what} after ${gestures.toLocaleString('en')} gestures`,
      value: round(value),
      unit,
      target,
    });
    const loads = Float64Array.from({ length: LOADS }, () => loadTime(state));
    return [
      finding('document', state.length / 1000, 'kB', kilobytes),
      finding('loading, median', percentile(loads, 0.5), 'ms', ms),
      finding('heap', heapOf(state) / MIB, 'MiB', heap),
    ];
  });
}

/**
 * The document after so many gestures, as it is stored. One document takes the part of all people by taking their client id for
 * each gesture: what it holds is the same as if everyone had been in sync all the time.
 */
function live(gestures: number): Uint8Array {
  const doc = new Y.Doc();
  const board: EntryMap = root(doc, 'board');
  doc.transact(() => {
    for (let i = 0; i < SHAPES; i++) putRecord(board, processAt(`${i}`, [i * 10, i]));
  });
  const random = numbers(7);
  const shapes = [...board.keys()];
  for (let i = 0; i < gestures; i++) {
    doc.clientID = 1000 + Math.floor(random() * PEOPLE);
    gesture(board.get(shapes[Math.floor(random() * shapes.length)]!)!, random);
  }
  return Y.encodeStateAsUpdate(doc);
}

/** Of ten gestures eight move a shape, one resizes and one renames it. */
function gesture(entry: NonNullable<ReturnType<EntryMap['get']>>, random: () => number): void {
  const whole = (below: number) => Math.floor(random() * below);
  const kind = random();
  if (kind < 0.8) entry.set('at', [whole(4000), whole(3000)]);
  else if (kind < 0.9) entry.set('size', [120 + whole(200), 60 + whole(100)]);
  else entry.set('props.name', `Process ${whole(1000)}`);
}

function loadTime(state: Uint8Array): number {
  const start = performance.now();
  Y.applyUpdate(new Y.Doc(), state);
  return performance.now() - start;
}

function heapOf(state: Uint8Array): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  const before = process.memoryUsage().heapUsed;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  collect();
  const heap = process.memoryUsage().heapUsed - before;
  doc.destroy();
  return heap;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
