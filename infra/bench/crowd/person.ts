/** People of a crowd, whichever protocol they speak. */

import type { Buffer } from 'node:buffer';
import type { Reader } from './marker.ts';

export type At = [x: number, y: number];

export type Protocol = 'relay' | 'y-websocket' | 'hocuspocus' | 'tldraw';

/** A place in a room, as the bench hands it to a worker. */
export interface Seat {
  url: string;
  protocol: Protocol;
  room: number;
  /** Id of the one shape that this person draws and moves. */
  shape: string;
  /** Keeps the whole board and is asked for it at the end; the others only write their own shape. */
  full: boolean;
  /** Its frames are searched for moves. */
  sampled: boolean;
  /** tldraw's schema, which its clients show at the door. */
  schema?: object;
}

export interface Person {
  /** Resolves when the server has sent what it has. */
  ready: Promise<void>;
  /** Draws the shape the first time, moves it from then on. */
  move(at: At): void;
  /** Where every shape is, of a full client. */
  board(): Map<string, At>;
  close(): void;
}

/** What a person tells the worker that it lives in. */
export interface Ears {
  /** @param read finds the moves in it; null when this person is not sampled */
  frame(frame: Buffer, read: Reader | null): void;
  /** The connection ended, and nobody asked for it. */
  lost(why: string): void;
}
