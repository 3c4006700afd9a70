/** The description of the API is complete, and sound by the rules of OpenAPI 3.1 that a reader of it depends on. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, startTestServer, type TestServer } from '#infra/testing/server.ts';
import { ERROR_CODES } from '#shared/api/errors.ts';
import { type AppDeps, createApp } from './app.ts';

interface Schema {
  [key: string]: unknown;
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: object; schemas: Record<string, Schema> };
}

let server: TestServer;
let person: Person;
let document: Document;

beforeAll(async () => {
  server = await startTestServer();
  person = new Person(server.url);
  document = await person.json('/api/openapi.json');
});
afterAll(() => server.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** What is registered, without what serves pages. */
function registered(): string[] {
  const app = createApp({
    routes: {},
    health: {},
    sync: {},
    log: {},
    clientFolder: '/nowhere',
  } as unknown as AppDeps);
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/(api|sync|healthz|readyz|metrics)/.test(path))
    .map(({ method, path }) => {
      const described = path.replace('/auth/*', '/auth/{path}').replace(/:(\w+)/g, '{$1}');
      return `${method} ${described}`;
    });
  return [...new Set(routes)].sort();
}

describe('the OpenAPI document', () => {
  it('describes every route, and none that is not there', () => {
    const described = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(registered());
    expect(described.length).toBeGreaterThan(50);
  });
  it('has what OpenAPI 3.1 asks of every operation', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`;
      expect(operation.summary, where).toBeTruthy();
      expect(operation.tags, where).toHaveLength(1);
      const inPath = operation.parameters.filter(each => each.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`).sort(), where).toEqual(
        (path.match(/\{\w+\}/g) ?? []).sort(),
      );
      for (const { required } of inPath) expect(required, where).toBe(true);
      const names = operation.parameters.map(each => `${each.in} ${each.name}`);
      expect(new Set(names).size, where).toBe(names.length);
      if (['post', 'put', 'patch'].includes(method) && operation.requestBody) {
        expect(Object.keys(operation.requestBody.content), where).not.toEqual([]);
      }
      for (const [status, { description }] of Object.entries(operation.responses)) {
        expect(status, where).toMatch(/^[1-5]\d\d$|^default$/);
        expect(description, where).toBeTruthy();
      }
      const names2 = operation.security.flatMap(each => Object.keys(each));
      for (const name of names2) expect(document.components.securitySchemes, where).toHaveProperty(name);
    }
  });
  it('has schemas that are JSON Schema, and references that lead somewhere', () => {
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
    for (const { path, method, operation } of operations()) {
      const schemas = [
        ...operation.parameters.map(({ schema }) => schema),
        ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
        ...Object.values(operation.responses).flatMap(({ content = {} }) =>
          Object.values(content).map(({ schema }) => schema),
        ),
      ];
      for (const schema of schemas) {
        const text = JSON.stringify(schema);
        expect(text, `${method} ${path}`).not.toContain('readOnly');
        for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
          expect(document.components.schemas).toHaveProperty(name!);
        }
        if (!text.includes('$ref')) expect(ajv.validateSchema(schema), `${method} ${path}`).toBe(true);
      }
    }
  });
  it('knows both ways to say who asks, and where nobody needs to', () => {
    const security = (method: string, path: string) => document.paths[path]![method]!.security;
    expect(document.components.securitySchemes).toMatchObject({
      token: { type: 'http', scheme: 'bearer' },
      cookie: { type: 'apiKey', in: 'cookie' },
    });
    expect(security('post', '/api/sessions/{id}/elements')).toEqual([{ token: [] }, { cookie: [] }]);
    expect(security('post', '/api/sessions')).toContainEqual({});
    expect(security('post', '/api/tokens')).not.toContainEqual({ token: [] });
    expect(security('get', '/healthz')).toEqual([]);
  });
  it('has every error code, each with the status that its routes list', () => {
    expect(JSON.stringify(document.components.schemas.Error)).toContain(JSON.stringify([...ERROR_CODES]));
    const { responses, parameters } = document.paths['/api/sessions/{id}/elements']!.post!;
    expect(Object.keys(responses)).toEqual([
      '201',
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '422',
      '500',
      '503',
    ]);
    expect(parameters.map(({ name }) => name).sort()).toEqual(['Idempotency-Key', 'If-Match', 'id']);
  });
  it('is served for the stable address, too', async () => {
    const stable: Document = await person.json('/api/v1/openapi.json');
    const here = (path: string) => path.replace(/^\/api\//, '/api/v1/');
    expect(Object.keys(stable.paths)).toEqual(Object.keys(document.paths).map(here));
  });
  it('says what the server answers', async () => {
    const { id } = await person.start();
    await person.json(`/api/sessions/${id}/threats`, { body: { title: 'T', stride: ['S'] } });
    await person.json(`/api/sessions/${id}/notes`, { body: { text: 'N', position: [0, 0] } });
    await person.json('/api/tokens', { body: { name: 'T' } });
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
    const lists = operations().filter(
      ({ method, path, operation }) =>
        method === 'get' &&
        /^\/api\/(sessions|tokens)(\/\{id\}(\/\w+)?)?$/.test(path) &&
        operation.responses[200],
    );
    expect(lists.length).toBeGreaterThan(12);
    for (const { path, operation } of lists) {
      const answer = await person.json(path.replace('{id}', id));
      const schema = operation.responses[200]!.content?.['application/json']?.schema;
      if (!schema) continue;
      ajv.validate({ ...schema, $id: path }, answer);
      expect([path, ajv.errors]).toEqual([path, null]);
    }
  });
});
