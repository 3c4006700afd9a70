import * as encoding from 'lib0/encoding';
import { expect, it } from 'vitest';
import { Presence, presenceUser } from './presence.ts';

const user = presenceUser({ id: 'u-1', name: 'Pat', role: 'observer' });

function update(count: number, ...states: [id: number, clock: number, json: string][]): Uint8Array {
  return encoding.encode(encoder => {
    encoding.writeVarUint(encoder, count);
    for (const [id, clock, json] of states) {
      encoding.writeVarUint(encoder, id);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, json);
    }
  });
}

it.each<[string, Uint8Array]>([
  ['a state with a fault behind it', update(2, [7, 1, '{}'])],
  ['a clock that leaves no next one', update(1, [7, Number.MAX_SAFE_INTEGER, '{}'])],
  ['nesting that others could not read', update(1, [7, 1, `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`])],
  ['a prototype', update(1, [7, 1, '{"__proto__":{}}'])],
  ['a list', update(1, [7, 1, '[]'])],
  ['a state of 17,000 characters', update(1, [7, 1, `{"x":"${'x'.repeat(17_000)}"}`])],
  ['a million clients', update(1_000_000)],
])('A2 E5 nothing stays of %s', (_, bytes) => {
  const presence = new Presence();
  expect(() => presence.accept(bytes, user, () => true)).toThrow();
  expect(presence.live()).toEqual([]);
});

it('A1 what somebody says of others is not even looked at', () => {
  const presence = new Presence();
  const bytes = update(3, [1, 1, 'no JSON'], [7, 1, '{}'], [8, 1, '[]']);
  expect(presence.accept(bytes, user, id => id === 7)).toBe(7);
  expect(presence.live()).toEqual([7]);
});
