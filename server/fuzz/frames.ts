/** Frames that no honest client sends: hostile updates, forged awareness, floods, and noise. */
import * as encoding from 'lib0/encoding';
import { MESSAGE } from '#shared/document/protocol.ts';
import { frames } from '../sync/frames.ts';
import { type Attacker, allowed, forbidden, mutilated } from './updates.ts';

export interface HostileFrame {
  name: string;
  data: Uint8Array | string;
}

const repeated = (count: number, data: Uint8Array): Uint8Array =>
  encoding.encode(encoder => {
    for (let i = 0; i < count; i++) encoding.writeUint8Array(encoder, data);
  });

const numbers = (...values: number[]): Uint8Array =>
  encoding.encode(encoder => {
    for (const value of values) encoding.writeVarUint(encoder, value);
  });

/** An awareness update as its bytes say; `states` are JSON, or what passes for it. */
const awareness = (
  states: readonly (readonly [client: number, clock: number, json: string])[],
  count = states.length,
) =>
  frames.awareness(
    encoding.encode(encoder => {
      encoding.writeVarUint(encoder, count);
      for (const [client, clock, json] of states) {
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarString(encoder, json);
      }
    }),
  );

const MAX = Number.MAX_SAFE_INTEGER;
const DEEP = `${'{"a":'.repeat(1_600)}1${'}'.repeat(1_600)}`;
const STATES = [
  '{"user":{"id":"u-mod","name":"Mo","role":"moderator"}}',
  '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
  `{"x":"${'x'.repeat(17_000)}"}`,
  `{"x":"${'x'.repeat(16_000)}"}`,
  DEEP,
  '{"x":NaN}',
  '{"x":1e999,"board":{"cursor":[null,{}]}}',
  '[]',
  '"text"',
  '7',
  '',
  'null',
];

const other: Record<string, (attacker: Attacker) => Uint8Array | string> = {
  noise: ({ random }) => random.bytes(random.upTo(300)),
  'noise after a header': ({ random }) =>
    new Uint8Array([random.upTo(4), random.upTo(2), ...random.bytes(random.upTo(60))]),
  nothing: () => new Uint8Array(),
  text: ({ random }) => random.oneOf(['', 'hello', '{"type":"auth"}', 'x'.repeat(5_000)]),
  'an unknown kind of message': ({ random }) => numbers(5 + random.upTo(MAX - 5)),
  'a length beyond the frame': ({ random }) => numbers(MESSAGE.sync, random.upTo(2), MAX),
  'a state vector that is none': ({ random }) => frames.step1(random.bytes(random.upTo(60))),
  'a huge state vector': ({ random }) =>
    frames.step1(numbers(1_000, ...Array.from({ length: 2_000 }, () => random.upTo(2 ** 32)))),
  'questions for everything, over and over': () => repeated(64, frames.step1(numbers(0))),
  'questions for presence, over and over': () => repeated(64, numbers(MESSAGE.queryAwareness)),
  'questions whether it is saved, over and over': ({ random }) =>
    repeated(64, frames.saved(random.upTo(MAX))),
  'more messages than a frame may have': () => repeated(500, numbers(MESSAGE.queryAwareness)),
  'a forged state': ({ random, view }) => {
    const someone = random.oneOf([...view.store.clients.keys(), random.upTo(2 ** 32)]);
    const clock = random.oneOf([0, 1, random.upTo(2 ** 31), MAX]);
    return awareness([[someone, clock, random.oneOf(STATES)]]);
  },
  'a state, and a fault behind it': ({ random }) => awareness([[random.upTo(2 ** 32), 1, '{}']], 2),
  'states of two hundred clients': ({ random }) =>
    awareness(
      Array.from({ length: 200 }, () => [random.upTo(2 ** 32), random.upTo(9), random.oneOf(['{}', 'null'])]),
    ),
  'a state with the last of all clocks': ({ random }) => awareness([[random.upTo(2 ** 32), MAX, '{}']]),
};

/**
 * One frame, of any kind. What it may change is confined to the entries that updates.ts names.
 */
export function hostileFrame(attacker: Attacker): HostileFrame {
  const { random } = attacker;
  const update = (name: string, bytes: Uint8Array): HostileFrame => ({
    name,
    data: random.chance(0.5) ? frames.update(bytes) : frames.step2(bytes),
  });
  const kind = random.upTo(9);
  if (kind < 4) {
    const name = random.oneOf(Object.keys(forbidden));
    return update(name, forbidden[name]!(attacker));
  }
  if (kind < 6) return update('mutilated', mutilated(attacker));
  if (kind < 7) {
    const name = random.oneOf(Object.keys(allowed));
    return update(name, allowed[name]!(attacker));
  }
  const name = random.oneOf(Object.keys(other));
  return { name, data: other[name]!(attacker) };
}
