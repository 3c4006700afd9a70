import { type Context, Hono } from 'hono';
import type * as Y from 'yjs';
import * as schemas from '#shared/api/schemas.ts';
import { readSession, root, SESSION_ENTRY } from '#shared/document/document.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import type { Rule } from '#shared/stride/rule.ts';
import { ApiError } from '../errors.ts';
import { type Env, membersOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { read } from './results.ts';
import { valid } from './validate.ts';
import { unlessFull } from './write.ts';

/** Every rule of a session, those that are switched off included. */
const rulesOf = (c: Context<Env>) => (doc: Y.Doc) => {
  const { rules: text, rulesOff } = readSession(doc);
  const server = c.var.deps.catalogue;
  const off = new Set(rulesOff);
  const team = catalogueFor(server, { rules: text, rulesOff: [] }).rules.filter(({ id }) => !server.rule(id));
  const listed = (rule: Rule, origin: 'product' | 'server' | 'session') => ({
    ...rule,
    origin,
    off: off.has(rule.id),
  });
  return [
    ...server.rules.map(rule => listed(rule, CATALOGUE.rule(rule.id) ? 'product' : 'server')),
    ...team.map(rule => listed(rule, 'session')),
  ];
};

/** The rules that a session is suggested from, and what its team decides about them. */
export const rules = new Hono<Env>()
  .get(
    '/:id/rules',
    describe('The rules that the session is suggested from', schemas.ruleList, [
      'invalid_request',
      'not_found',
    ]),
    membersOnly,
    valid('query', schemas.ruleQuery),
    async c => {
      const { origin } = c.req.valid('query');
      const all = await read(c, rulesOf(c));
      return c.json(origin ? all.filter(rule => rule.origin === origin) : all);
    },
  )
  .put(
    '/:id/rules',
    describe('Bring the team’s own rules as YAML, or switch rules off', schemas.ruleList, [
      'invalid_request',
      'forbidden',
      'not_found',
      ...CHANGE_ERRORS,
    ]),
    membersOnly,
    valid('json', schemas.ruleChange),
    async c => {
      const { text, off } = c.req.valid('json');
      const { deps, member } = c.var;
      if (member.role !== 'moderator') throw new ApiError('forbidden', 'Only a moderator changes the rules.');
      if (text) {
        const taken = [...deps.catalogue.ids];
        // Away from the thread that serves everybody: a text can be made to take long.
        const errors = await deps.files.reading.run({ kind: 'rules', text, taken });
        const lines = errors.map(({ line, message }) => `Line ${line}: ${message}.`);
        if (lines.length > 0) throw new ApiError('invalid_request', lines.join(' '));
      }
      const change = deps.changeDocument(member.sessionId, doc => {
        const session = root(doc, 'session').get(SESSION_ENTRY);
        if (text) session?.set('rules', text);
        else if (text === '') session?.delete('rules');
        if (off) session?.set('rulesOff', off);
      });
      await unlessFull(change);
      return c.json(await read(c, rulesOf(c)));
    },
  );
