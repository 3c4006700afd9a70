import { expect, test } from 'vitest';
import { can, type EntryChange, refuse, type Writer } from './rights.ts';
import { ROLES, type Role } from './roles.ts';

const move: EntryChange = {
  root: 'board',
  entry: 'shape:p',
  before: { at: [0, 0] },
  after: { at: [1, 2] },
};
const writer = (role: Role): Writer => ({ id: role, name: role, role });

test.each([
  [false, ['moderator', 'participant']],
  [true, ['moderator']],
])('who may draw while the board is locked (%s): %j, for the gate as for the buttons', (locked, drawers) => {
  expect(ROLES.filter(role => can.draw(role, locked))).toEqual(drawers);
  expect(ROLES.filter(role => refuse(writer(role), move, { locked, proposing: true }) === null)).toEqual(
    drawers,
  );
});

test('only a moderator locks the board', () => {
  const lock: EntryChange = {
    root: 'session',
    entry: 'session',
    before: { title: 'x' },
    after: { title: 'x', locked: true },
  };
  const lockers = ROLES.filter(role => can.lock(role));
  expect(lockers).toEqual(['moderator']);
  expect(
    ROLES.filter(role => refuse(writer(role), lock, { locked: false, proposing: true }) === null),
  ).toEqual(lockers);
});
