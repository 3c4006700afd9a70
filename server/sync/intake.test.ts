import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { root } from '#shared/document/document.ts';
import type { Role } from '#shared/document/roles.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { Intake, type Outcome } from './intake.ts';
import type { Member } from './member.ts';
import { Owners } from './owners.ts';

const SEED = seedDocument('wearable-sensor', { title: 'S', method: '' });

/** A person with a document of their own; `move` returns the update of one change. */
function person(role: Role, id: string) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, SEED);
  const updates: Uint8Array[] = [];
  doc.on('update', update => updates.push(update));
  const member = { writer: { id, name: id, role } } as Member;
  const move = (x: number) => {
    root(doc, 'board').get('shape:app')!.set('at', [x, x]);
    return updates.pop()!;
  };
  return { member, move, doc };
}

function setUp(space = Number.POSITIVE_INFINITY) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, SEED);
  const written: Uint8Array[] = [];
  doc.on('update', update => written.push(update));
  const intake = new Intake(doc, new Owners(new Map(), doc.store.clients.keys()), bytes => bytes <= space);
  const outcomes: string[] = [];
  const send = ({ member }: { member: Member }, update: Uint8Array) =>
    intake.add({
      member,
      update,
      judged: (outcome: Outcome) => outcomes.push(outcome.accepted ? 'accepted' : outcome.why),
    });
  const at = () => root(doc, 'board').get('shape:app')!.get('at');
  return { doc, intake, written, outcomes, send, at };
}

// A turn ends when it took too long, which is not what is looked at here.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

it('takes what waits in the order of arrival, as one update', () => {
  const { doc, intake, written, outcomes, send, at } = setUp();
  const [ada, bob] = [person('participant', 'ada'), person('moderator', 'bob')];
  for (const [who, x] of [[ada, 1] as const, [ada, 2] as const, [bob, 3] as const]) send(who, who.move(x));
  expect([outcomes, at()]).toEqual([[], [60, 70]]);
  intake.takeTurn();
  expect(outcomes).toEqual(['accepted', 'accepted', 'accepted']);
  expect(written).toHaveLength(1);
  const copy = new Y.Doc();
  for (const update of [SEED, ...written]) Y.applyUpdate(copy, update);
  expect(root(copy, 'board').toJSON()).toEqual(root(doc, 'board').toJSON());
});

it('G2 what somebody sent after a refused update is void, and nobody else loses anything', () => {
  const { intake, outcomes, send, at } = setUp();
  const [observer, ada] = [person('observer', 'o'), person('participant', 'ada')];
  send(observer, observer.move(66));
  send(ada, ada.move(5));
  send(observer, new Uint8Array([0, 0]));
  intake.takeTurn();
  expect([outcomes, at()]).toEqual([
    ['refused', 'accepted', 'refused'],
    [5, 5],
  ]);
});

it('does not wait for the round with more than it may keep', () => {
  const { intake, outcomes, send } = setUp();
  const ada = person('participant', 'ada');
  for (let x = 0; x < 2_001; x++) send(ada, ada.move(x));
  expect(outcomes.length).toBeGreaterThan(500);
  expect(intake.size).toBeGreaterThan(0);
});

it('a session that is full takes nothing new', () => {
  const { intake, outcomes, send, at } = setUp(10);
  const ada = person('participant', 'ada');
  send(ada, ada.move(5));
  intake.takeTurn();
  expect([outcomes, at()]).toEqual([['full'], [60, 70]]);
});
