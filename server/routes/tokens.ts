import { type Context, Hono } from 'hono';
import { nanoid } from 'nanoid';
import { TooManyTokensError } from '#db/errors.ts';
import type { Token } from '#db/stores/tokens.ts';
import * as schemas from '#shared/api/schemas.ts';
import { ApiError } from '../errors.ts';
import { hashOf, newApiToken } from '../identity/bearer.ts';
import { callerOf, type Env, ensureCaller } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { pageOf } from './pagination.ts';
import { valid } from './validate.ts';

/** How many a user may have. */
const MOST = 50;

async function signedIn(c: Context<Env>): Promise<string> {
  const userId = await callerOf(c);
  if (!userId) throw new ApiError('not_signed_in', 'Start or join a session first, or make a token.');
  return userId;
}

const shown = ({ id, name, createdAt }: Token) => ({ id, name, createdAt: createdAt.toISOString() });

/** What programs act in a person's name with. */
export const tokens = new Hono<Env>()
  .get(
    '/',
    describe('The caller’s API tokens', schemas.tokenList, ['invalid_request', 'not_signed_in']),
    valid('query', schemas.pageQuery),
    async c => c.json(pageOf(c, await c.var.deps.db.tokens.list(await signedIn(c))).map(shown)),
  )
  .post(
    '/',
    describe(
      'Make an API token; it is shown this once. Not with a token: one that leaked could make others',
      schemas.tokenCreated,
      ['invalid_request', 'forbidden', ...CHANGE_ERRORS],
      201,
    ),
    valid('json', schemas.newToken),
    async c => {
      if (c.var.owner) throw new ApiError('forbidden', 'A token can’t make tokens. Sign in with the cookie.');
      const { name } = c.req.valid('json');
      const token = newApiToken();
      const userId = await ensureCaller(c);
      const added = await c.var.deps.db.tokens
        .add({ id: nanoid(16), userId, name, hash: hashOf(token) }, MOST)
        .catch(error => {
          if (!(error instanceof TooManyTokensError)) throw error;
          throw new ApiError('forbidden', `You have ${MOST} tokens, which is the most. Revoke one first.`);
        });
      return c.json({ ...shown(added), token }, 201);
    },
  )
  .delete(
    '/:id',
    describe('Revoke an API token', null, ['not_signed_in', 'not_found', ...CHANGE_ERRORS]),
    async c => {
      const gone = await c.var.deps.db.tokens.remove(await signedIn(c), c.req.param('id'));
      if (!gone) throw new ApiError('not_found', 'You have no such token.');
      return c.body(null, 204);
    },
  );
