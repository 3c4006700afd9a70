/** `/api/openapi.json`: the API's description, made of the routes themselves; `/api/v1/openapi.json` is that of the stable address. */
import type { Context, Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import { z } from 'zod';
import * as schemas from '#shared/api/schemas.ts';
import { CLOSE } from '#shared/document/protocol.ts';
import { isVersioned } from '../versions.ts';
import { completed, ERROR, type Paths, SECURITY_SCHEMES } from './openapi-complete.ts';

const closeCodes = Object.values(CLOSE)
  .map(({ code, reason }) => `${code} ${reason}`)
  .join('; ');

const parameter = (name: string, where: 'path' | 'query') => ({
  name,
  in: where,
  required: where === 'path',
  schema: { type: 'string' as const },
});

const content = (type: string, schema: object) => ({ [type]: { schema } });

const betterAuth = (operationId: string, summary: string) => ({
  operationId,
  summary,
  parameters: [parameter('path', 'path')],
  responses: {
    200: { description: 'Done' },
    default: {
      description: 'Refused, with an error as everywhere',
      content: content('application/json', ERROR),
    },
  },
});

/** Routes that answer no JSON of ours: described by hand. */
const PATHS = {
  '/metrics': {
    get: {
      operationId: 'getMetrics',
      summary: 'How the server is doing, for Prometheus',
      responses: { 200: { description: 'Done', content: content('text/plain', { type: 'string' }) } },
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'getOpenapi',
      summary: 'This description',
      responses: { 200: { description: 'Done', content: content('application/json', { type: 'object' }) } },
    },
  },
  '/api/auth/{path}': {
    get: betterAuth('auth', 'better-auth: `get-session`, and what else its documentation lists'),
    post: betterAuth('postAuth', 'better-auth: `sign-out`, and what else its documentation lists'),
  },
  '/sync/{id}': {
    get: {
      operationId: 'sync',
      summary: 'WebSocket: the y-websocket protocol of a session, for its members',
      parameters: [parameter('id', 'path'), parameter('ticket', 'query')],
      responses: { 101: { description: `Accepted. A refusal closes it at once: ${closeCodes}` } },
    },
  },
};

const DESCRIPTION =
  'Sessions, their people, their diagrams and what they have come to: whatever the interface can do with a model. ' +
  'A caller is known by an API token, or by the cookie that starting or joining a session sets. ' +
  'Every error is `{ error: { code, message } }`. `/api/v1` is the stable address of version 1; `/api` is the current version, ' +
  'which is the same. Lists come whole, up to 10,000 entries, or in pages by `limit` and the `Link` of each.';

async function description(app: Hono) {
  const { paths } = await generateSpecs(app, {
    // The library's own has another shape than ours; `describe` lists what each route answers.
    defaultValidationErrorResponse: false,
    documentation: { paths: PATHS },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Strideboard', version: '1', description: DESCRIPTION },
    servers: [{ url: '/' }],
    paths: completed(paths as unknown as Paths),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: { Error: z.toJSONSchema(schemas.errorBody, { io: 'output' }) },
    },
  };
}

const versioned = (paths: Paths): Paths =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [path.replace(/^\/api\//, '/api/v1/'), operations]),
  );

export function openApi(app: Hono) {
  let made: ReturnType<typeof description> | undefined;
  return async (c: Context) => {
    made ??= description(app);
    const document = await made;
    if (!isVersioned(new URL(c.req.url).pathname)) return c.json(document);
    return c.json({ ...document, paths: versioned(document.paths) });
  };
}
