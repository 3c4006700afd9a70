/** What holds for whole groups of routes, added to the description that the routes make of themselves. */
import { unversioned } from '../versions.ts';

/** The parts of an OpenAPI document that are touched here. */
export interface Operation {
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; [key: string]: unknown }[];
  responses: Record<string, Answer>;
  [key: string]: unknown;
}
interface Answer {
  description: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema: unknown }>;
}
export type Paths = Record<string, Record<string, Operation>>;

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});
const said = (description: string) => ({ description, schema: { type: 'string' } });

const IF_MATCH = header('If-Match', 'ETags of what is there now; refused with 412 when it is none of them.');
const IF_NONE_MATCH = header(
  'If-None-Match',
  'ETags that the caller has; answered with 304 when it is one of them.',
);
const KEY = header(
  'Idempotency-Key',
  'A UUID, say. A repetition within a day changes nothing and gets the first answer, with Idempotency-Replayed: true.',
);

/** Ways to say who asks. */
export const SECURITY_SCHEMES = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token, made with POST /api/tokens. It acts as its owner, from any origin.',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'strideboard.session_token',
    description:
      'Set by starting or joining a session. Requests that change something must come from a page of this server.',
  },
};

/** Who may ask: nobody in particular on the first, with or without being known on the second, only the cookie on the third. */
const OPEN = ['/healthz', '/readyz', '/metrics', '/api/openapi.json'];
const STRANGERS_TOO = [
  'GET /api/sessions',
  'POST /api/sessions',
  'POST /api/join',
  'POST /api/invitation',
  'GET /api/auth/{path}',
];
const COOKIE_ONLY = ['POST /api/tokens', 'GET /sync/{id}'];

function securityOf(method: string, path: string): Record<string, string[]>[] {
  const route = `${method.toUpperCase()} ${path}`;
  if (OPEN.includes(path)) return [];
  if (route === 'POST /api/tokens') return [{ cookie: [] }, {}];
  if (COOKIE_ONLY.includes(route)) return [{ cookie: [] }, { token: [] }, {}];
  return [{ token: [] }, { cookie: [] }, ...(STRANGERS_TOO.includes(route) ? [{}] : [])];
}

export const ERROR = { $ref: '#/components/schemas/Error' };

/** @returns the paths with parameters, headers, errors and security of every operation */
export function completed(paths: Paths): Paths {
  return Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [method, complete(method, path, operation)]),
      ),
    ]),
  );
}

function complete(method: string, path: string, operation: Operation): Operation {
  const parameters = [...(operation.parameters ?? [])];
  const responses: Record<string, Answer> = {};
  for (const [status, answer] of Object.entries(operation.responses)) {
    const failed = Number(status) >= 400 && answer.content;
    responses[status] = failed
      ? { ...answer, content: { 'application/json': { schema: ERROR } } }
      : withoutMarks(answer);
  }
  const api = unversioned(path).startsWith('/api/') && !OPEN.includes(path) && !path.includes('/auth/');
  if (api) {
    responses[401] ??= error('not_signed_in: the token is not valid');
    responses[503] ??= error('unavailable: the database does not answer');
  }
  const ok = responses[200] ?? responses[201];
  if (api && method === 'get' && ok) {
    parameters.push(IF_NONE_MATCH);
    ok.headers = { ...ok.headers, ETag: said('Of this content, strong') };
    responses[304] = { description: 'It is what If-None-Match says' };
    if (parameters.some(({ name }) => name === 'cursor')) {
      ok.headers.Link = said('With rel="next": where the list goes on, when it does');
    }
  }
  if (responses[412]) {
    parameters.push(IF_MATCH);
    if (ok) ok.headers = { ...ok.headers, ETag: said('Of what is there now, strong') };
  }
  if (responses[422]) {
    parameters.push(KEY);
    if (ok)
      ok.headers = {
        ...ok.headers,
        'Idempotency-Replayed': said('`true` when this is the answer of an earlier request'),
      };
  }
  if (responses[201] && responses[412]) {
    responses[201].headers = { ...responses[201].headers, Location: said('Address of what was made') };
  }
  return {
    ...(withoutMarks(operation) as Operation),
    tags: [tagOf(path)],
    security: securityOf(method, path),
    parameters,
    responses,
  };
}

const error = (description: string): Answer => ({
  description,
  content: { 'application/json': { schema: ERROR } },
});

/** `sessions`, or what of a session it is about. */
function tagOf(path: string): string {
  const [top = '', next = '', , part] = path.split('/').slice(1);
  if (top !== 'api') return top === 'sync' ? 'sync' : 'operation';
  return part && !part.startsWith('{') ? part : next.replace(/\..*$/, '');
}

/** TypeScript's readonly is not OpenAPI's, which would mean that nobody may send it. */
function withoutMarks<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutMarks) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, mark]) => key !== 'readOnly' || mark !== true)
      .map(([key, part]) => [key, withoutMarks(part)]),
  ) as T;
}
