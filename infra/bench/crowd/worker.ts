/** A process of the crowd: holds people, moves their shapes, measures when moves arrive. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Boards, Command, Commands, Request } from './commands.ts';
import { fullPerson } from './full.ts';
import { leanPerson } from './lean.ts';
import { between, mark, ticks } from './marker.ts';
import { keepPace } from './pace.ts';
import type { At, Ears, Person, Seat } from './person.ts';
import { bytesReceived } from './socket.ts';
import { tldrawPerson } from './tldraw.ts';

/** Ms within which everyone must be in. */
const ENTER_TIMEOUT = 60_000;

// y-websocket listens for the process's end once per client.
process.setMaxListeners(0);

let crowd: { seat: Seat; phase: number; person: Person; at: At | null }[] = [];
let latencies: number[] = [];
let lost: string[] = [];
let frames = 0;
/** Moves made before this reading of the clock belong to the warm-up. */
let since = ticks();
let last = { bytes: 0, cpu: process.cpuUsage() };

const ears: Ears = {
  frame(frame, read) {
    frames++;
    if (!read) return;
    const now = ticks();
    read(frame, time => {
      if (between(since, time) >= 0) latencies.push(between(time, now));
    });
  },
  lost: why => lost.push(why),
};

function personOf(seat: Seat): Person {
  if (seat.protocol === 'tldraw') return tldrawPerson(seat, ears);
  return seat.full ? fullPerson(seat, ears) : leanPerson(seat, ears);
}

const commands: { [Name in Command]: (...arg: Parameters<Commands[Name]>) => unknown } = {
  async enter(seats) {
    const entering = seats.map(({ seat, phase }) => ({ seat, phase, person: personOf(seat), at: null }));
    crowd = [...crowd, ...entering].sort((a, b) => a.phase - b.phase);
    const all = Promise.all(entering.map(({ person }) => person.ready));
    const late = sleep(ENTER_TIMEOUT, 'late', { ref: false });
    if ((await Promise.race([all, late])) === 'late') throw new Error(`not everyone got in: ${lost[0]}`);
  },

  async move(pace) {
    since = ticks();
    return keepPace(
      pace,
      crowd.map(({ phase }) => phase),
      i => {
        const mover = crowd[i]!;
        mover.at = [mark(ticks()), (mover.at?.[1] ?? 0) + 1];
        mover.person.move(mover.at);
      },
    );
  },

  drawn() {
    const boards: Boards = new Map();
    for (const { seat, at } of crowd) {
      if (!boards.has(seat.room)) boards.set(seat.room, new Map());
      if (at) boards.get(seat.room)!.set(seat.shape, at);
    }
    return boards;
  },

  async agree({ boards, timeout }) {
    const full = crowd.filter(({ seat }) => seat.full);
    const disagreement = () => {
      for (const { seat, person } of full) {
        const seen = person.board();
        for (const [shape, [x, y]] of boards.get(seat.room)!) {
          const at = seen.get(shape);
          if (at?.[0] !== x || at[1] !== y) return `${seat.shape} sees ${shape} at ${at}, not at ${x},${y}`;
        }
      }
      return '';
    };
    const end = performance.now() + timeout;
    let why = disagreement();
    while (why && performance.now() < end) {
      await sleep(50);
      why = disagreement();
    }
    return { agreed: !why, why };
  },

  read() {
    const now = { bytes: bytesReceived(), cpu: process.cpuUsage() };
    const { user, system } = process.cpuUsage(last.cpu);
    const reading = {
      latencies: Float64Array.from(latencies),
      bytes: now.bytes - last.bytes,
      frames,
      cpu: (user + system) / 1e6,
      lost,
    };
    last = now;
    [latencies, lost, frames] = [[], [], 0];
    return reading;
  },

  leave() {
    for (const { person } of crowd) person.close();
    crowd = [];
  },
};

process.on('message', async ({ name, arg }: Request) => {
  try {
    answer({ value: await (commands[name] as (arg: unknown) => unknown)(arg) });
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());

const answer = (message: Answer) => process.send!(message);
