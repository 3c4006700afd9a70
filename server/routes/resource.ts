/** The five routes of a kind of thing: list, make, read, change, remove. */
import { type Context, Hono } from 'hono';
import type * as Y from 'yjs';
import { type ZodType, z } from 'zod';
import { pageQuery } from '#shared/api/schemas.ts';
import { EditRefused } from '#shared/dfd/edit/refusal.ts';
import type { Writer } from '#shared/document/rights.ts';
import { ApiError } from '../errors.ts';
import { checkMatch, etagOf } from './conditional.ts';
import { type Env, membersOnly } from './context.ts';
import { CHANGE_ERRORS, describe } from './describe.ts';
import { idempotent, KEY_ERRORS } from './idempotency.ts';
import { pageOf } from './pagination.ts';
import { read } from './results.ts';
import { valid } from './validate.ts';
import { type Edit, write, writerOf } from './write.ts';

export interface Resource<Item extends { id: string }, New, Change> {
  /** Its part of the address, `elements`. */
  path: string;
  /** For sentences: `element`. */
  one: string;
  item: ZodType<Item>;
  created: ZodType<New>;
  changed: ZodType<Change>;
  read(doc: Y.Doc): Item[];
  /** @throws {EditRefused} as the next two */
  create(doc: Y.Doc, id: string, input: New, writer: Writer): Edit[];
  change(doc: Y.Doc, item: Item, input: Change, writer: Writer): Edit[];
  remove(doc: Y.Doc, item: Item, writer: Writer): Edit[];
  newId(): string;
}

const WRITE_ERRORS = ['forbidden', 'not_found', 'precondition_failed', ...CHANGE_ERRORS] as const;

export function resource<Item extends { id: string }, New, Change>({
  path,
  one,
  ...of
}: Resource<Item, New, Change>) {
  const param = `${one}Id`;
  const a = `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`;
  const find = (items: Item[], id: string): Item => {
    const item = items.find(each => each.id === id);
    if (!item) throw new ApiError('not_found', `There is no such ${one} in this session.`);
    return item;
  };
  const idOf = (c: Context<Env>): string => c.req.param(param) ?? '';
  /** As it is once it is written, which is what the server's services made of it. */
  const answer = async (c: Context<Env>, id: string): Promise<Item> => {
    const item = await read(c, doc => find(of.read(doc), id));
    c.header('etag', etagOf(item));
    return item;
  };

  return new Hono<Env>()
    .get(
      `/:id/${path}`,
      describe(`The ${path}`, z.array(of.item), ['invalid_request', 'not_found']),
      membersOnly,
      valid('query', pageQuery),
      async c => c.json(pageOf(c, await read(c, of.read))),
    )
    .post(
      `/:id/${path}`,
      describe(`Make ${a}`, of.item, ['invalid_request', ...WRITE_ERRORS, ...KEY_ERRORS], 201),
      membersOnly,
      idempotent,
      valid('json', of.created),
      async c => {
        const id = of.newId();
        await write(c, doc => {
          checkMatch(c, of.read(doc));
          const edits = orRefuse(() => of.create(doc, id, c.req.valid('json') as New, writerOf(c)));
          return { edits, result: null };
        });
        c.header('location', `${new URL(c.req.url).pathname}/${encodeURIComponent(id)}`);
        return c.json((await answer(c, id)) as object, 201);
      },
    )
    .get(`/:id/${path}/:${param}`, describe(`One ${one}`, of.item, ['not_found']), membersOnly, async c =>
      c.json((await read(c, doc => find(of.read(doc), idOf(c)))) as object),
    )
    .patch(
      `/:id/${path}/:${param}`,
      describe(`Change ${a}: what is named, the rest stays`, of.item, ['invalid_request', ...WRITE_ERRORS]),
      membersOnly,
      valid('json', of.changed),
      async c => {
        await write(c, doc => {
          const item = find(of.read(doc), idOf(c));
          checkMatch(c, item);
          const edits = orRefuse(() => of.change(doc, item, c.req.valid('json') as Change, writerOf(c)));
          return { edits, result: null };
        });
        return c.json((await answer(c, idOf(c))) as object);
      },
    )
    .delete(
      `/:id/${path}/:${param}`,
      describe(`Remove ${a}`, null, ['invalid_request', ...WRITE_ERRORS]),
      membersOnly,
      async c => {
        await write(c, doc => {
          const item = find(of.read(doc), idOf(c));
          checkMatch(c, item);
          return { edits: orRefuse(() => of.remove(doc, item, writerOf(c))), result: null };
        });
        return c.body(null, 204);
      },
    );
}

function orRefuse<T>(edit: () => T): T {
  try {
    return edit();
  } catch (error) {
    if (error instanceof EditRefused) throw new ApiError('invalid_request', error.message);
    throw error;
  }
}
