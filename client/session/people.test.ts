import { expect, test } from 'vitest';
import { peopleOf } from './people.ts';

/** With clients numbered from 1. */
const numbered = (states: unknown[]) => states.map((state, i): [number, unknown] => [i + 1, state]);
const user = (id: string, name: string) => ({ user: { id, name, role: 'participant', color: '#0b6e99' } });

test('the others are listed once each by name, however many windows they have open', () => {
  const states = [user('c', 'Cleo'), user('me', 'Mona'), user('b', 'Ben'), user('c', 'Cleo')];
  expect(peopleOf(numbered(states), 'me').map(({ name }) => name)).toEqual(['Ben', 'Cleo']);
});

test('a state that makes no sense is nobody', () => {
  const states = [
    null,
    {},
    { user: null },
    { user: { id: 7 } },
    { user: { id: 'x', name: 'X', role: 'king' } },
  ];
  expect(peopleOf(numbered(states), 'me')).toEqual([]);
});
