import { Hono } from 'hono';
import * as schemas from '#shared/api/meeting.ts';
import { type Entry, readSession } from '#shared/document/document.ts';
import { PHASE_KINDS, type Phase } from '#shared/meeting/agenda.ts';
import { advance, type Meeting, type MeetingCommand } from '#shared/meeting/meeting.ts';
import type { Happening } from '#shared/meeting/minutes.ts';
import { authorOf, changed, sessionEntry, tell } from '../meeting/happening.ts';
import { type Env, membersOnly, moderatorsOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { valid } from './validate.ts';

/** What a command tells the minutes: nothing where it only stops the clock or lets it go on. */
function told(before: Meeting | null, after: Meeting, command: MeetingCommand, titleOf: Titles): Happening[] {
  const isNew = after.startedAt !== before?.startedAt || before.endedAt !== null;
  const begin: Happening[] = isNew ? [{ what: 'meeting-started' }] : [];
  switch (command.do) {
    case 'start':
      return [...begin, { what: 'phase-started', ...titleOf(command.phase) }];
    case 'skip':
      return [{ what: 'phase-skipped', ...titleOf(command.phase) }];
    case 'extend':
      return after.phase
        ? [{ what: 'phase-extended', title: after.phase.title, minutes: command.minutes }]
        : [];
    case 'end':
      return [{ what: 'meeting-ended' }];
    default:
      return [];
  }
}

type Titles = (phase: string) => Pick<Phase, 'title' | 'kind'>;

/** The course of a meeting. What a phase opens to participants opens with it. */
export const meeting = new Hono<Env>().post(
  '/:id/meeting',
  describe('Start, skip or extend a phase, stop the clock, end the meeting', schemas.meeting, [
    'invalid_request',
    'forbidden',
    'not_found',
    'conflict',
    ...CHANGE_ERRORS,
  ]),
  membersOnly,
  moderatorsOnly,
  valid('json', schemas.meetingCommand),
  async c => {
    const command = c.req.valid('json');
    const at = Date.now();
    const by = authorOf(c);
    const now = await changed(c.var.deps, c.var.member.sessionId, doc => {
      const { agenda, meeting: before } = readSession(doc);
      const after = advance(before, agenda, command, at);
      const session = sessionEntry(doc);
      session.set('meeting', after);
      if (command.do === 'start') openTools(session, after);
      if (command.do === 'end') session.delete('proposalsClosed');
      const titleOf: Titles = phase => {
        const { title, kind } = agenda.find(({ id }) => id === phase)!;
        return { title, kind };
      };
      for (const happening of told(before, after, command, titleOf)) tell(doc, { at, by }, happening);
      return after;
    });
    return c.json(now);
  },
);

/** Registers are not stored while something is open to everyone. */
function openTools(session: Entry, { phase }: Meeting): void {
  const { draws, proposes } = PHASE_KINDS[phase!.kind];
  const put = (key: string, closed: boolean) => {
    if (closed) session.set(key, true);
    else session.delete(key);
  };
  put('locked', !draws);
  put('proposalsClosed', !proposes);
}
