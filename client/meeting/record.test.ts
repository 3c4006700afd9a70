import { describe, expect, test } from 'vitest';
import type { Happening, Minute } from '#shared/meeting/minutes.ts';
import { plain } from '#shared/meeting/words.ts';
import { grouped } from './record.ts';

const by = (name: string) => ({ id: name, name });
const threats = new Map([['t', { number: 7, title: 'Replay' }]]);
let count = 0;
const minute = (at: number, name: string, happening: Happening): Minute => ({
  ...{ id: `m${count++}`, at, by: by(name) },
  ...happening,
});
const shown = (...minutes: Minute[]) =>
  grouped(minutes, threats).map(({ kind, title, startedAt, endedAt, rows }) => [
    `${kind} ${title} ${startedAt}-${endedAt}`,
    ...rows.map(({ who, told }) => `${who} ${plain(told)}`),
  ]);

const reopened = (at: number) => minute(at, 'Mona', { what: 'reopened', about: 't', title: 'Replay' });

describe('the timeline', () => {
  test('has a group for each phase, and for what happened outside of a meeting', () => {
    expect(
      shown(
        reopened(1),
        minute(2, 'Mona', { what: 'meeting-started' }),
        minute(2, 'Mona', { what: 'phase-started', title: 'Scope', kind: 'scope' }),
        reopened(3),
        minute(4, 'Mona', { what: 'phase-started', title: 'Decide', kind: 'decide' }),
        minute(5, 'Mona', { what: 'meeting-ended' }),
        reopened(6),
        reopened(7),
      ),
    ).toEqual([
      ['between  1-2', 'Mona reopened T7 Replay'],
      ['meeting  2-2', 'Mona started the meeting'],
      ['phase Scope 2-4', 'Mona reopened T7 Replay'],
      ['phase Decide 4-5', 'Mona ended the meeting'],
      ['between  6-null', 'Mona reopened T7 Replay', 'Mona reopened T7 Replay'],
    ]);
  });
  test('tells of those who come together in one line', () => {
    const came = (name: string) => minute(1, name, { what: 'came', role: 'participant' });
    expect(
      shown(
        minute(1, 'Mona', { what: 'meeting-started' }),
        ...[came('Ana'), came('Ben'), came('Cleo')],
        minute(2, 'Ben', { what: 'left' }),
      )[0]!.slice(1),
    ).toEqual(['Mona started the meeting', 'Ana,Ben,Cleo came', 'Ben left']);
  });
  test('passes over what it does not know', () => {
    expect(shown(minute(1, 'Mona', { what: 'future' } as never))).toEqual([['between  1-null']]);
  });
});
