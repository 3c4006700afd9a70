/**
 * A time in a coordinate. The x of a moved shape is 65536 + t / 2^36, where t counts 10 µs of the machine's monotonic clock: as a
 * float64 its upper half is always the same and its lower half is t, so a receiver finds every move in a frame by
 * searching for bytes, whether the frame holds one update or a hundred, and needs no document for it.
 */
import { Buffer } from 'node:buffer';

const BASE = 65_536;
const SCALE = 2 ** 36;
/** lib0's tag of a float64, then the upper half of every such number. */
const BYTES = Buffer.from([123, 0x40, 0xf0, 0, 0]);
const TEXT = '65536.0';
/** Digits of a float64 in JSON, at most. */
const LONGEST = 24;
const PER_MS = 100;

/** 10 µs of a clock that all processes of the machine share; wraps after 11.9 hours. */
export const ticks = (): number => Number((process.hrtime.bigint() / 10_000n) & 0xffff_ffffn);

/** The time in ms from one reading of {@link ticks} to another; negative when it is the earlier one. */
export const between = (from: number, to: number): number => ((to - from) | 0) / PER_MS;

/** Odd, so that it never fits a float32, which lib0 would write with another tag. */
export const mark = (time: number): number => BASE + ((time | 1) >>> 0) / SCALE;

/** Calls back with the time of each move in a frame. */
export type Reader = (frame: Buffer, found: (time: number) => void) => void;

/** Reads the times of all moves in a binary frame of the y-websocket protocol. */
export const readBytes: Reader = (frame, found) => {
  for (let i = frame.indexOf(BYTES); i >= 0 && i + 9 <= frame.length; i = frame.indexOf(BYTES, i + 9)) {
    found(frame.readUInt32BE(i + 5));
  }
};

/** Reads the times of all moves in a JSON frame. */
export const readText: Reader = (frame, found) => {
  for (let i = frame.indexOf(TEXT); i >= 0; i = frame.indexOf(TEXT, i + TEXT.length)) {
    found((Number.parseFloat(frame.toString('latin1', i, i + LONGEST)) - BASE) * SCALE);
  }
};
