/** What goes wrong in a round, and when: drawn from the seed alone, so a seed replays it. */
import * as prng from 'lib0/prng';
import type { Passage } from './proxy.ts';

export interface Topology {
  nodes: number;
  /** Several nodes need `postgres`; they share a Redis then, too. */
  database: 'embedded' | 'postgres';
}

/**
 * When a node dies or loses its database: at any time, or when it says a certain thing to PostgreSQL, before that arrives or after.
 * "After" is the hard one: it is done, and the node does not know.
 */
export const MOMENTS = {
  'any time': null,
  'before an append': { text: 'insert into "document_updates"', passes: false },
  'after an append': { text: 'insert into "document_updates"', passes: true },
  'amid a snapshot': { text: 'insert into "document_snapshots"', passes: true },
  'before a snapshot commits': { text: 'delete from "document_updates"', passes: true },
} as const satisfies Record<string, Passage | null>;

export type Moment = keyof typeof MOMENTS;

const ALL_MOMENTS = Object.keys(MOMENTS) as Moment[];
/** Under way a snapshot is rare; a node that shuts down takes one of each session. */
export const isOfShutdown = (moment: Moment): boolean => moment.includes('snapshot');

/** `node` and `person` are indexes; `ms` is how long it lasts. */
export type Fault =
  | { kind: 'kill'; node: number; moment: Moment }
  | { kind: 'lose database'; node: number; moment: Moment }
  | { kind: 'restart postgres'; signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' }
  | { kind: 'restart redis' }
  | { kind: 'lose redis'; node: number; ms: number }
  /** The connection is gone, both ends notice. */
  | { kind: 'cut'; person: number }
  /** Nothing passes either way, nobody notices. */
  | { kind: 'stall'; person: number; ms: number }
  /** A reader that stops reading. */
  | { kind: 'deafen'; person: number; ms: number }
  | { kind: 'throttle'; person: number; ms: number; bytesPerSecond: number }
  /** The page is thrown away with whatever was not saved, and opened anew. */
  | { kind: 'reload'; person: number };

export interface Step {
  /** ms after the start of the round. */
  at: number;
  fault: Fault;
}

/** Length of a round before everything is healed, in ms; faults may last longer. */
const ROUND = 1500;
const FAULTS_OF_PEOPLE = 5;

/** Every round kills a node; what else goes wrong differs. */
export function planRound(random: prng.PRNG, { nodes, database }: Topology, people: number): Step[] {
  const chance = (probability: number) => prng.real53(random) < probability;
  const at = () => prng.uint32(random, 0, ROUND);
  const node = () => prng.uint32(random, 0, nodes - 1);
  const moment = (moments: Moment[]): Moment =>
    database === 'embedded' ? 'any time' : prng.oneOf(random, moments);
  const steps: Step[] = [{ at: at(), fault: { kind: 'kill', node: node(), moment: moment(ALL_MOMENTS) } }];
  const add = (fault: Fault) => steps.push({ at: at(), fault });

  if (database === 'postgres') {
    const signal = prng.oneOf(random, ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const);
    if (chance(0.3)) add({ kind: 'restart postgres', signal });
    const working = ALL_MOMENTS.filter(each => !isOfShutdown(each));
    if (chance(0.4)) add({ kind: 'lose database', node: node(), moment: moment(working) });
  }
  if (nodes > 1) {
    if (chance(0.3)) add({ kind: 'restart redis' });
    if (chance(0.3)) add({ kind: 'lose redis', node: node(), ms: at() });
  }
  for (let i = 0; i < FAULTS_OF_PEOPLE; i++) add(faultOfPerson(random, people));
  return steps.sort((a, b) => a.at - b.at);
}

function faultOfPerson(random: prng.PRNG, people: number): Fault {
  const person = prng.uint32(random, 0, people - 1);
  const ms = prng.uint32(random, 200, 2000);
  const kind = prng.oneOf(random, ['cut', 'stall', 'deafen', 'throttle', 'reload'] as const);
  switch (kind) {
    case 'cut':
    case 'reload':
      return { kind, person };
    case 'throttle':
      return { kind, person, ms, bytesPerSecond: prng.uint32(random, 500, 20_000) };
    default:
      return { kind, person, ms };
  }
}
