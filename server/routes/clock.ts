import { Hono } from 'hono';
import * as schemas from '#shared/api/meeting.ts';
import type { Env } from './context.ts';
import { describe } from './describe.ts';

/** What time it is here: clocks of people's machines disagree, and a shared timer must not. */
export const clock = new Hono<Env>().get('/', describe('The time of the server', schemas.clock), c =>
  c.json({ now: Date.now() }),
);
