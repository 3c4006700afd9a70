import { expect, test } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { callsOf, followersOf, leadsTo, spotlight, summon } from './attention.ts';

const ME = { client: 1, id: 'me' };
const place = { page: 'page:page', x: 0, y: 0, w: 800, h: 600 };
const mona = { id: 'mona', name: 'Mona', color: '#0b6e99', role: 'moderator' };
const calls = (states: Record<number, unknown>) =>
  callsOf(new Map(Object.entries(states).map(([client, state]) => [Number(client), state])), ME);
const light = (at: number, user: unknown = mona) => ({ user, attention: { kind: 'spotlight', at } });

test('only moderators call, as the server says who they are', () => {
  for (const role of ['participant', 'observer', 'king', undefined])
    expect(calls({ 2: light(5, { ...mona, role }) }).spotlight).toBeNull();
  expect(calls({ 2: light(5) }).spotlight).toEqual({ client: 2, name: 'Mona', color: '#0b6e99', at: 5 });
});

test('there is one spotlight: the latest, mine included', () => {
  const own = { attention: { kind: 'spotlight', at: 7 } };
  expect(calls({ 1: own, 2: light(5) })).toMatchObject({ lit: true, spotlight: { client: 1 } });
  expect(calls({ 1: own, 2: light(9) })).toMatchObject({ lit: true, spotlight: { client: 2 } });
  expect(calls({ 2: light(5), 3: light(5) }).spotlight).toMatchObject({ client: 3 });
});

test('a person’s other windows do not call this one', () => {
  expect(calls({ 2: light(5, { ...mona, id: 'me' }) }).spotlight).toBeNull();
});

test.each([
  ['a kind of its own', { kind: 'jump', at: 1, place }],
  ['no time', { kind: 'summons', at: 'now', place }],
  ['nowhere', { kind: 'summons', at: 1 }],
  ['an endless view', { kind: 'summons', at: 1, place: { ...place, w: Number.POSITIVE_INFINITY } }],
  ['a view of nothing', { kind: 'summons', at: 1, place: { ...place, h: 0 } }],
  ['a word', 'come'],
])('a call that makes no sense calls nobody: %s', (_, attention) => {
  expect(calls({ 2: { user: mona, attention } })).toMatchObject({ summons: null, spotlight: null });
});

test('a summons says where to look, and is taken back when a spotlight follows it', () => {
  const awareness = new Awareness(new Y.Doc());
  const seen = () => calls({ 2: { user: mona, ...awareness.getLocalState() } });
  summon(awareness, place);
  expect(seen().summons).toMatchObject({ client: 2, place });
  spotlight(awareness, true);
  expect(seen()).toMatchObject({ summons: null, spotlight: { client: 2 } });
  spotlight(awareness, false);
  expect(seen()).toMatchObject({ summons: null, spotlight: null });
  awareness.destroy();
});

test('who follows a follower sees what the leader sees, and a ring leads nowhere new', () => {
  const { follows } = calls({
    1: { board: { following: null } },
    2: { board: { following: 1 } },
    3: { board: { following: 2 } },
    4: { board: { following: 5 } },
    5: { board: { following: 4 } },
    6: { board: { following: 'all' } },
  });
  expect(followersOf(follows, 1)).toEqual([2, 3]);
  expect(leadsTo(follows, 4, 5)).toBe(true);
  expect(leadsTo(follows, 4, 1)).toBe(false);
});
