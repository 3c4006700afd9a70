import { describe, expect, test } from 'vitest';
import { DEFAULT_AGENDA, isAgenda, readAgenda } from './agenda.ts';
import { advance, type MeetingCommand, NotNow, nextPhase, timeLeft } from './meeting.ts';
import { type Ballot, refuseBallot, tally } from './votes.ts';

const MINUTE = 60_000;
const run = (...commands: [at: number, command: MeetingCommand][]) =>
  commands.reduce<ReturnType<typeof advance> | null>(
    (meeting, [at, command]) => advance(meeting, DEFAULT_AGENDA, command, at),
    null,
  )!;
const start = (phase: string): MeetingCommand => ({ do: 'start', phase });

describe('the course of a meeting', () => {
  test('a phase lasts as long as its time box, and what was begun counts as begun', () => {
    const meeting = run([0, start('scope')], [1000, start('diagram')]);
    expect(timeLeft(meeting, 1000)).toBe(20 * MINUTE);
    expect(timeLeft(meeting, 1000 + 21 * MINUTE)).toBe(-MINUTE);
    expect(meeting.begun).toEqual(['scope', 'diagram']);
    expect(meeting.startedAt).toBe(0);
    expect(nextPhase(meeting, DEFAULT_AGENDA)!.id).toBe('brainstorm');
  });

  test('a stopped clock stands still, and goes on with what was left', () => {
    const stopped = run([0, start('scope')], [4 * MINUTE, { do: 'pause' }]);
    expect(timeLeft(stopped, 99 * MINUTE)).toBe(6 * MINUTE);
    const more = advance(stopped, DEFAULT_AGENDA, { do: 'extend', minutes: 5 }, 99 * MINUTE);
    const on = advance(more, DEFAULT_AGENDA, { do: 'resume' }, 100 * MINUTE);
    expect(timeLeft(on, 101 * MINUTE)).toBe(10 * MINUTE);
  });

  test('five minutes more are five from now on for a phase whose time is up', () => {
    const meeting = run([0, start('vote')], [30 * MINUTE, { do: 'extend', minutes: 5 }]);
    expect(timeLeft(meeting, 30 * MINUTE)).toBe(5 * MINUTE);
  });

  test('a phase that is passed over is not next, and can be started all the same', () => {
    const meeting = run([0, start('scope')], [1, { do: 'skip', phase: 'diagram' }]);
    expect(nextPhase(meeting, DEFAULT_AGENDA)!.id).toBe('brainstorm');
    expect(advance(meeting, DEFAULT_AGENDA, start('diagram'), 2).skipped).toEqual([]);
  });

  test('who jumped ahead is led on from there, and back to what was left out at the end', () => {
    const ahead = run([0, start('scope')], [1, start('decide')]);
    expect(nextPhase(ahead, DEFAULT_AGENDA)!.id).toBe('gaps');
    expect(nextPhase(advance(ahead, DEFAULT_AGENDA, start('gaps'), 2), DEFAULT_AGENDA)!.id).toBe('diagram');
  });

  test('after its end the next start is a new meeting', () => {
    const ended = run([0, start('scope')], [5, { do: 'end' }]);
    expect([ended.endedAt, ended.phase, timeLeft(ended, 6)]).toEqual([5, null, null]);
    expect(nextPhase(ended, DEFAULT_AGENDA)!.id).toBe('scope');
    expect(advance(ended, DEFAULT_AGENDA, start('vote'), 9)).toMatchObject({ startedAt: 9, begun: ['vote'] });
  });

  test('what makes no sense is refused in words', () => {
    const commands: MeetingCommand[] = [
      { do: 'pause' },
      { do: 'resume' },
      { do: 'end' },
      { do: 'extend', minutes: 5 },
      { do: 'skip', phase: 'vote' },
      start('nowhere'),
    ];
    for (const command of commands) expect(() => run([0, command])).toThrow(NotNow);
  });
});

test('an agenda is whole or none: what people write into it by hand is the default one then', () => {
  expect(isAgenda([...DEFAULT_AGENDA])).toBe(true);
  for (const broken of [
    'x',
    [{}],
    [{ ...DEFAULT_AGENDA[0]!, minutes: 0 }],
    [{ ...DEFAULT_AGENDA[0]!, kind: 'party' }],
    [{ ...DEFAULT_AGENDA[0]!, more: 1 }],
    [DEFAULT_AGENDA[0]!, DEFAULT_AGENDA[0]!],
    Array.from({ length: 31 }, (_, i) => ({ ...DEFAULT_AGENDA[0]!, id: `${i}` })),
  ]) {
    expect(isAgenda(broken)).toBe(false);
    expect(readAgenda(broken)).toBe(DEFAULT_AGENDA);
  }
});

test('a ballot is refused in words, and dots add up by threat', () => {
  const rules = { dots: 3, perThreat: 2, threats: ['a', 'b'] };
  expect(refuseBallot(rules, { a: 2, b: 1 })).toBeNull();
  expect(refuseBallot(rules, {})).toBeNull();
  expect(refuseBallot(rules, { a: 2, b: 2 })).toBe('You have 3 dots.');
  expect(refuseBallot({ ...rules, perThreat: 1 }, { a: 2 })).toBe('A threat takes one dot of yours.');
  const wrong: Ballot[] = [{ c: 1 }, { a: 0 }, { a: -1 }, { a: 1.5 }, { a: Number.NaN }];
  for (const ballot of wrong) expect(refuseBallot(rules, ballot)).not.toBeNull();
  expect(tally(rules, [{ a: 2 }, { a: 1, b: 1 }, { c: 9 }])).toEqual({ a: 3, b: 1 });
});
