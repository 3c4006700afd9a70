/** What the bench asks of a crowd's process, and the answers. */
import type { Pace } from './pace.ts';
import type { At, Seat } from './person.ts';

/** Where the shapes of a room are: by room, then by shape. */
export type Boards = Map<number, Map<string, At>>;

export interface Commands {
  /** Takes seats; done when all are let in. `phase` is the part of the period after which it has its turns, from 0 to 1. */
  enter(arg: { seat: Seat; phase: number }[]): void;
  /** Everyone moves their shape at this pace; answers with how late each move was, in ms. */
  move(arg: Pace): Float64Array;
  /** Where this process's people put their own shapes. */
  drawn(arg: null): Boards;
  /** Whether every full client shows these boards; waits at most `timeout` ms for it. */
  agree(arg: { boards: Boards; timeout: number }): { agreed: boolean; why: string };
  /** What was received since the last reading. */
  read(arg: null): Reading;
  leave(arg: null): void;
}

export interface Reading {
  /** Ms from each move to each sampled receiver. */
  latencies: Float64Array;
  bytes: number;
  frames: number;
  /** CPU seconds of this process. */
  cpu: number;
  /** Connections that ended, and why. */
  lost: string[];
}

export type Command = keyof Commands;
export type Request = { [Name in Command]: { name: Name; arg: Parameters<Commands[Name]>[0] } }[Command];
export type Answer = { value: unknown } | { error: string };
