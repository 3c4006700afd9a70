/** The crowd as the bench sees it: worker processes that hold the people, and one command for all of them. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as prand from 'lib0/prng';
import type { Answer, Boards, Command, Commands, Reading } from './commands.ts';
import type { Pace } from './pace.ts';
import type { Seat } from './person.ts';

const WORKERS = 2;

export interface Crowd {
  /** Full clients first: a relay keeps nothing for who comes later. */
  enter(seats: Seat[]): Promise<void>;
  /** @returns how late each move was, in ms */
  move(pace: Omit<Pace, 'startAt'>): Promise<Float64Array>;
  /** Waits until every full client shows what everyone drew last, and what was there before. */
  agree(timeout: number, before?: Boards): Promise<{ agreed: boolean; why: string }>;
  /** What was received since the last reading. */
  read(): Promise<Reading>;
  end(): void;
}

/** The people of a room do not move as one: each has a phase of their own, the same in each run. */
function phases(): () => number {
  const random = prand.create(1);
  return () => prand.real53(random);
}

export function startCrowd(): Crowd {
  const workers = Array.from({ length: WORKERS }, startWorker);

  const all = <Name extends Command>(name: Name, arg: Parameters<Commands[Name]>[0]) =>
    Promise.all(workers.map(worker => worker.ask(name, arg)));

  async function read(): Promise<Reading> {
    const readings = await all('read', null);
    const sum = (key: 'bytes' | 'frames' | 'cpu') =>
      readings.reduce((total, reading) => total + reading[key], 0);
    return {
      latencies: joined(readings.map(({ latencies }) => latencies)),
      bytes: sum('bytes'),
      frames: sum('frames'),
      cpu: sum('cpu'),
      lost: readings.flatMap(({ lost }) => lost),
    };
  }

  return {
    async enter(seats) {
      const phase = phases();
      const placed = seats.map(seat => ({ seat, phase: phase() }));
      for (const full of [true, false]) {
        const entering = placed.filter(({ seat }) => seat.full === full);
        await Promise.all(
          workers.map((worker, i) =>
            worker.ask(
              'enter',
              entering.filter((_, n) => n % WORKERS === i),
            ),
          ),
        );
      }
    },
    async move(pace) {
      return joined(await all('move', { ...pace, startAt: Date.now() + 200 }));
    },
    async agree(timeout, before = new Map()) {
      const boards: Boards = new Map(before);
      for (const part of await all('drawn', null)) {
        for (const [room, shapes] of part)
          boards.set(room, new Map([...(boards.get(room) ?? []), ...shapes]));
      }
      const answers = await all('agree', { boards, timeout });
      return answers.find(({ agreed }) => !agreed) ?? answers[0]!;
    },
    read,
    end: () => {
      for (const worker of workers) worker.end();
    },
  };
}

function startWorker() {
  const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error('a process of the crowd ended');
  });
  gone.catch(() => {});
  return {
    async ask<Name extends Command>(
      name: Name,
      arg: Parameters<Commands[Name]>[0],
    ): Promise<ReturnType<Commands[Name]>> {
      child.send({ name, arg });
      const [answer] = (await Promise.race([once(child, 'message'), gone])) as [Answer];
      if ('error' in answer) throw new Error(answer.error);
      return answer.value as ReturnType<Commands[Name]>;
    },
    end: () => child.kill(),
  };
}

function joined(parts: Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
