/** The course of a meeting: which phase runs, and how long still. Written by the server alone, by its clock. */
import type { Phase } from './agenda.ts';

const MINUTE = 60_000;

export type Meeting = {
  /** Milliseconds since 1970 by the server's clock, as are all times here. */
  startedAt: number;
  /** null while it goes on. */
  endedAt: number | null;
  /** The phase that runs, as it was when it started; null once the meeting is over. */
  phase: Phase | null;
  phaseStartedAt: number;
  /** When its time is up; null while the clock is stopped. */
  endsAt: number | null;
  /** Milliseconds that were left when the clock was stopped; null while it runs. May be negative. */
  left: number | null;
  /** Ids of the phases that were begun, and of those that were passed over. */
  begun: string[];
  skipped: string[];
};

export type MeetingCommand =
  | { do: 'start'; phase: string }
  | { do: 'skip'; phase: string }
  | { do: 'extend'; minutes: number }
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'end' };

/** A command that makes no sense now, in words for who gave it. */
export class NotNow extends Error {
  override name = 'NotNow';
}

/**
 * @param meeting as it is, null when none was ever begun
 * @returns the meeting after the command
 * @throws {NotNow}
 */
export function advance(
  meeting: Meeting | null,
  agenda: readonly Phase[],
  command: MeetingCommand,
  now: number,
): Meeting {
  const running = meeting && meeting.endedAt === null ? meeting : null;
  switch (command.do) {
    case 'start': {
      const phase = agenda.find(({ id }) => id === command.phase);
      if (!phase) throw new NotNow('The agenda has no such phase.');
      return {
        startedAt: running?.startedAt ?? now,
        endedAt: null,
        phase,
        phaseStartedAt: now,
        endsAt: now + phase.minutes * MINUTE,
        left: null,
        begun: [...without(running?.begun, phase.id), phase.id],
        skipped: without(running?.skipped, phase.id),
      };
    }
    case 'skip': {
      if (!agenda.some(({ id }) => id === command.phase)) throw new NotNow('The agenda has no such phase.');
      const current = going(running);
      if (current.phase?.id === command.phase) throw new NotNow('This phase has begun already.');
      return { ...current, skipped: [...without(current.skipped, command.phase), command.phase] };
    }
    case 'extend': {
      const current = going(running);
      const more = command.minutes * MINUTE;
      if (current.left !== null) return { ...current, left: Math.max(0, current.left) + more };
      // What is over already counts from now on.
      return { ...current, endsAt: Math.max(now, current.endsAt ?? now) + more };
    }
    case 'pause': {
      const current = going(running);
      if (current.endsAt === null) return current;
      return { ...current, endsAt: null, left: current.endsAt - now };
    }
    case 'resume': {
      const current = going(running);
      if (current.left === null) return current;
      return { ...current, endsAt: now + current.left, left: null };
    }
    case 'end':
      return { ...going(running), endedAt: now, phase: null, endsAt: null, left: null };
  }
}

function going(meeting: Meeting | null): Meeting {
  if (!meeting) throw new NotNow('No meeting is going on.');
  return meeting;
}

const without = (ids: readonly string[] | undefined, id: string): string[] =>
  (ids ?? []).filter(each => each !== id);

/** Milliseconds until the time of the phase is up, negative afterwards; null without one. */
export function timeLeft(meeting: Meeting | null, now: number): number | null {
  if (!meeting?.phase) return null;
  return meeting.left ?? (meeting.endsAt === null ? null : meeting.endsAt - now);
}

/** The phase that was neither begun nor passed over: the first one after the one that runs, else the first of all. */
export function nextPhase(meeting: Meeting | null, agenda: readonly Phase[]): Phase | null {
  const { begun = [], skipped = [] } = meeting?.endedAt === null ? meeting : {};
  const isOpen = ({ id }: Phase) => !begun.includes(id) && !skipped.includes(id);
  const at = agenda.findIndex(({ id }) => id === meeting?.phase?.id);
  return agenda.slice(at + 1).find(isOpen) ?? agenda.find(isOpen) ?? null;
}

/** A private round: everybody writes, nobody reads, until it is revealed. Written by the server alone. */
export type Round = {
  id: string;
  openedAt: number;
  /** When the time for writing is up, in ms since 1970 by the server's clock; nothing happens by itself then. */
  endsAt: number;
  /** How many threats were written so far, and by how many people. */
  drafts: number;
  people: number;
};

/** Id of the threat that a draft of a private round becomes. */
export const idOfRevealed = (round: string, draft: string): string => `round:${round}:${draft}`;

/** Whether a threat was this draft, in whichever round. */
export const wasDraft = (threat: string, draft: string): boolean =>
  threat.startsWith('round:') && threat.endsWith(`:${draft}`);
