import { expect, test } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { PeopleSource, peopleOf } from './people.ts';

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

test('a person is followed by the window that their pointer is in, and shows what any of their windows shows', () => {
  const states = [
    { ...user('b', 'Ben'), board: { cursor: null, following: null } },
    { ...user('b', 'Ben'), board: { cursor: { x: 1, y: 2 }, following: 9 } },
    { ...user('b', 'Ben'), board: null, reaction: { kind: 'heart', at: 5 } },
  ];
  expect(peopleOf(numbered(states), 'me')).toMatchObject([
    { clients: [2, 1], following: 9, reaction: { kind: 'heart' } },
  ]);
});

test('pointers that move are no news, people who come, follow and leave are', () => {
  const awareness = new Awareness(new Y.Doc());
  const source = new PeopleSource(awareness, 'me');
  let news = 0;
  source.subscribe(() => news++);
  const say = (state: object | null) => {
    if (state) awareness.states.set(7, state);
    else awareness.states.delete(7);
    const change = { added: [], updated: [], removed: [], [state ? 'updated' : 'removed']: [7] };
    awareness.emit('change', [change, 'test']);
    return news;
  };
  const at = (x: number, following: number | null = null) => ({
    ...user('b', 'Ben'),
    board: { cursor: { x, y: 0 }, following },
  });
  expect(say(at(1))).toBe(1);
  expect(say(at(2))).toBe(1);
  expect(say(at(2, 9))).toBe(2);
  expect(say(null)).toBe(3);
  expect(source.get()).toEqual([]);
  expect(say(at(2, 9))).toBe(4);
  source.dispose();
  awareness.destroy();
});
