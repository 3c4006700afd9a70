/** The HTTP API and what stands around it. */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { type RequestIdVariables, requestId } from 'hono/request-id';
import { isUnreachable } from '#db/errors.ts';
import { ApiError, errorBody, unavailable } from './errors.ts';
import { PartlyStoredError } from './exchange/parts.ts';
import { notStored, secureCookies, securityHeaders } from './headers.ts';
import { bearerOf } from './identity/bearer.ts';
import type { Log } from './log.ts';
import { isOwnOrigin } from './origin.ts';
import { auth } from './routes/auth.ts';
import { clock } from './routes/clock.ts';
import { conditional } from './routes/conditional.ts';
import { bearers, type Env, type RouteDeps } from './routes/context.ts';
import { drawing } from './routes/drawing.ts';
import { exchange, formats, imports } from './routes/exchange.ts';
import { type HealthDeps, health } from './routes/health.ts';
import { invites } from './routes/invites.ts';
import { join } from './routes/join.ts';
import { meeting } from './routes/meeting.ts';
import { members } from './routes/members.ts';
import { minutes } from './routes/minutes.ts';
import { openApi } from './routes/openapi.ts';
import { results } from './routes/results.ts';
import { rounds } from './routes/rounds.ts';
import { rules } from './routes/rules.ts';
import { sessions } from './routes/sessions.ts';
import { threats } from './routes/threats.ts';
import { tokens } from './routes/tokens.ts';
import { votes } from './routes/votes.ts';
import { staticFiles } from './static.ts';
import { type SyncDeps, syncRoute } from './sync/route.ts';
import { routePath } from './versions.ts';

/** Largest body of a request that is no file, in bytes. */
const MAX_BODY = 1024 * 1024;

export interface AppDeps {
  routes: RouteDeps;
  health: HealthDeps;
  sync: SyncDeps;
  log: Log;
  /** Folder of the built client. */
  clientFolder: string;
}

/** The routes that a client calls, by their types: `hc<AppType>`. */
const createApi = (deps: RouteDeps) =>
  new Hono<Env>()
    .use(async (c, next) => {
      c.set('deps', deps);
      await next();
    })
    .use(bearers, conditional)
    .route('/tokens', tokens)
    .route('/formats', formats)
    .route('/imports', imports)
    .route('/sessions', exchange)
    .route('/sessions', sessions)
    .route('/sessions', invites)
    .route('/sessions', results)
    .route('/sessions', drawing)
    .route('/sessions', threats)
    .route('/sessions', rules)
    .route('/sessions', members)
    .route('/sessions', meeting)
    .route('/sessions', rounds)
    .route('/sessions', votes)
    .route('/sessions', minutes)
    .route('/clock', clock)
    .route('/', join);

export function createApp({ routes, health: healthDeps, sync, log, clientFolder }: AppDeps) {
  const { publicUrl } = routes;
  const app = new Hono({ getPath: routePath })
    .onError((thrown, c) => {
      const partly = thrown instanceof PartlyStoredError ? thrown : null;
      const error = partly ? partly.cause : thrown;
      const told = (message: string) => (partly ? `${message} ${partly.advice}` : message);
      if (error instanceof ApiError) {
        // The rest of the body stays unread, so the connection is of no more use.
        if (error.code === 'too_large') c.header('connection', 'close');
        const { requestId } = c.var as unknown as RequestIdVariables;
        log.info({ requestId, code: error.code, method: c.req.method, path: c.req.path }, 'request refused');
        return c.json(errorBody(error.code, told(error.message)), error.status);
      }
      if (error instanceof HTTPException) {
        return c.json(
          errorBody('invalid_request', error.message || 'The request could not be read.'),
          error.status,
        );
      }
      const { requestId } = c.var as unknown as RequestIdVariables;
      log.error({ error, requestId, method: c.req.method, path: c.req.path }, 'request failed');
      if (isUnreachable(error)) {
        const { code, message, status } = unavailable();
        return c.json(errorBody(code, told(message)), status);
      }
      const message = `Something went wrong on the server. It was logged as request ${requestId}.`;
      return c.json(errorBody('internal', told(message)), 500);
    })
    .notFound(c => c.json(errorBody('not_found', 'There is nothing at this address.'), 404))
    .use(requestId(), noNul)
    .route('/', health(healthDeps))
    // Before the headers below: a socket's answer has none to add to.
    .route('/', syncRoute(sync))
    .use(securityHeaders, secureCookies(publicUrl))
    .use('/api/*', notStored, ownOriginOnly(publicUrl), bodyOfLimitedSize)
    .route('/api', auth(routes))
    .route('/api', createApi(routes));
  app.get('/api/openapi.json', openApi(app));
  app.all('/api/*', () => {
    throw new ApiError('not_found', 'There is no such route; /api/openapi.json lists them.');
  });
  app.route('/', staticFiles(clientFolder));
  return app;
}

const ownOriginOnly = (publicUrl?: string) =>
  createMiddleware(async (c, next) => {
    const writes = !['GET', 'HEAD'].includes(c.req.method);
    // No page of another site can send a token.
    const carriesToken = bearerOf(c.req.raw.headers) !== null;
    if (writes && !carriesToken && !isOwnOrigin(c.req.raw.headers, publicUrl)) {
      throw new ApiError('foreign_origin', 'This request comes from a page of another site.');
    }
    await next();
  });

const smallBody = bodyLimit({
  maxSize: MAX_BODY,
  onError: () => {
    throw new ApiError('too_large', `A request may hold ${MAX_BODY} bytes.`);
  },
});

/** A file is limited where it is read, see routes/upload.ts: here it would be in memory before its sender has a place. */
const bodyOfLimitedSize = createMiddleware((c, next) =>
  /^\/api\/sessions\/([^/]+\/)?import$/.test(c.req.path) ? next() : smallBody(c, next),
);

/** No id holds a NUL, and PostgreSQL throws at one. */
const noNul = createMiddleware(async (c, next) => {
  if (c.req.url.includes('%00')) throw new ApiError('not_found', 'There is nothing at this address.');
  await next();
});

/** Only the type is for the client: `hc<AppType>('/api')`. */
export type AppType = ReturnType<typeof createApi>;
