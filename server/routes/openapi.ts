/** `/api/openapi.json`: the API's description, made of the routes themselves. */
import type { Hono } from 'hono';
import { openAPIRouteHandler } from 'hono-openapi';
import { CLOSE } from '#shared/document/protocol.ts';

const closeCodes = Object.values(CLOSE)
  .map(({ code, reason }) => `${code} ${reason}`)
  .join('; ');

const parameter = (name: string, where: 'path' | 'query') => ({
  name,
  in: where,
  required: where === 'path',
  schema: { type: 'string' as const },
});

/** Routes that answer no JSON of ours: described by hand. */
const PATHS = {
  '/api/openapi.json': {
    get: {
      operationId: 'getOpenapi',
      summary: 'This description',
      responses: { 200: { description: 'Done' } },
    },
  },
  '/api/auth/{path}': {
    get: {
      operationId: 'auth',
      summary: 'better-auth: `get-session`, `sign-out` (POST), and what else its documentation lists',
      parameters: [parameter('path', 'path')],
      responses: {
        200: { description: 'Done' },
        default: { description: 'Refused, with an error as everywhere' },
      },
    },
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

// biome-ignore lint/suspicious/noExplicitAny: the types of the routes don't matter to their description
export const openApi = (app: Hono<any, any, any>) =>
  openAPIRouteHandler(app, {
    // The library's own has another shape than ours; `describe` lists what each route answers.
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Strideboard',
        version: '1',
        description:
          'Sessions, invitations, and what a session has come to. A caller is known by the cookie that starting or joining a ' +
          'session sets. Every error is `{ error: { code, message } }`.',
      },
      paths: PATHS,
    },
  });
