import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { between, mark, readBytes, readText } from './marker.ts';

const times = [1, 77, 0x7fff_ffff, 0x8000_0001, 0xffff_ffff];

const collect = (read: typeof readBytes, frame: Uint8Array) => {
  const found: number[] = [];
  read(Buffer.from(frame), time => found.push(time));
  return found;
};

it('every move in a merged Yjs update is found', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const time of times) doc.getMap('board').set('at', [mark(time), 7]);
  expect(collect(readBytes, Y.mergeUpdates(updates))).toEqual(times);
});

it('every move in a JSON frame is found', () => {
  const frame = JSON.stringify(times.map(time => ({ x: ['put', mark(time)], y: 3 })));
  expect(collect(readText, Buffer.from(frame))).toEqual(times);
});

it('the time between two readings survives the wrap of the clock', () => {
  expect(between(0xffff_ffff, 99)).toBe(1);
  expect(between(99, 0xffff_ffff)).toBe(-1);
});
