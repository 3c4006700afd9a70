/** The record of a session, and what remained of it to be done. */
import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import * as schemas from '#shared/api/meeting.ts';
import { readFollowups } from '#shared/document/document.ts';
import { reportOf } from '#shared/meeting/report.ts';
import { type Env, membersOnly } from './context.ts';
import { describe } from './describe.ts';
import { resource } from './resource.ts';
import { read } from './results.ts';

const followups = resource({
  path: 'followups',
  one: 'followup',
  item: schemas.followup,
  created: schemas.newFollowup,
  changed: schemas.followupChange,
  read: readFollowups,
  create(_doc, id, given, writer) {
    const by = { id: writer.id, name: writer.name };
    const registers = { owner: '', due: '', done: false, about: '', ...given, by, at: Date.now() };
    return [{ root: 'followups', entry: id, registers }];
  },
  change: (_doc, { id }, registers) => [{ root: 'followups', entry: id, registers }],
  remove: (_doc, { id }) => [{ root: 'followups', entry: id, registers: null }],
  newId: nanoid,
});

export const minutes = new Hono<Env>()
  .get(
    '/:id/minutes',
    describe(
      'What the session came to: each meeting with its people, phases, decisions and votes, and what remains open',
      schemas.minutesReport,
      ['not_found'],
    ),
    membersOnly,
    async c => c.json(await read(c, reportOf)),
  )
  .route('/', followups);
