import { type Context, Hono } from 'hono';
import type * as Y from 'yjs';
import * as schemas from '#shared/api/schemas.ts';
import { readSession, readSuggestions, readThreats, readTriage } from '#shared/document/document.ts';
import type { Catalogue } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import { LETTERS, type Letter } from '#shared/stride/letters.ts';
import { indexTable } from '#shared/stride/matrix.ts';
import { ApiError } from '../errors.ts';
import { type Env, membersOnly } from './context.ts';
import { describe } from './describe.ts';
import { modelOf, toldModelOf } from './model.ts';
import { pageOf } from './pagination.ts';
import { valid } from './validate.ts';

/** @param server the rules of every session of this server */
export const suggestionsOf = (server: Catalogue) => (doc: Y.Doc) => {
  const catalogue = catalogueFor(server, readSession(doc));
  const judged = new Map(readTriage(doc).map(each => [each.id, each]));
  const threats = new Map(readThreats(doc).map(({ suggestion, id }) => [suggestion, id]));
  return readSuggestions(doc).map(suggestion => {
    const { verdict = null, reason = '', by = null } = judged.get(suggestion.id) ?? {};
    const threat = threats.get(suggestion.id) ?? null;
    const { stride: [, ...also] = [], explanation = '' } = catalogue.rule(suggestion.rule) ?? {};
    const title = catalogue.title(suggestion.rule);
    return { ...suggestion, title, also, explanation, verdict, reason, by, threat };
  });
};

const byLetter = <T>(read: (letter: Letter) => T) =>
  Object.fromEntries(LETTERS.map(letter => [letter, read(letter)])) as Record<Letter, T>;

const matrixOf = (doc: Y.Doc) =>
  indexTable(modelOf(doc), readThreats(doc), readSuggestions(doc), readTriage(doc)).map(
    ({ flow, cells }) => ({
      flow: flow.id,
      name: flow.name,
      source: flow.source,
      target: flow.target,
      crosses: flow.crosses,
      cells: byLetter(letter => cells[letter].threats.map(({ id }) => id)),
      open: byLetter(letter => cells[letter].open.length),
    }),
  );

/** @throws {ApiError} `not_found` */
export async function read<T>(c: Context<Env>, of: (doc: Y.Doc) => T): Promise<T> {
  const result = await c.var.deps.readDocument(c.var.member.sessionId, of);
  if (result === null) throw new ApiError('not_found', 'There is no such session, or you are not in it.');
  return result;
}

/** What a session has come to, read from its live document. */
export const results = new Hono<Env>()
  .get('/:id/model', describe('The diagram as a model', schemas.model, ['not_found']), membersOnly, async c =>
    c.json(await read(c, toldModelOf)),
  )
  .get(
    '/:id/suggestions',
    describe('What the engine suggests', schemas.suggestionList, ['invalid_request', 'not_found']),
    membersOnly,
    valid('query', schemas.pageQuery),
    async c => c.json(pageOf(c, await read(c, suggestionsOf(c.var.deps.catalogue)))),
  )
  .get(
    '/:id/matrix',
    describe('The index table: crossing flows by STRIDE letter', schemas.matrix, [
      'invalid_request',
      'not_found',
    ]),
    membersOnly,
    valid('query', schemas.pageQuery),
    async c => c.json(pageOf(c, await read(c, matrixOf), row => row.flow)),
  );
