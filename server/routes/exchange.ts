/** Files in and out: a session from a file, a file into a session, a session as a file. */
import { type Context, Hono } from 'hono';
import { nanoid } from 'nanoid';
import * as Y from 'yjs';
import { z } from 'zod';
import * as schemas from '#shared/api/schemas.ts';
import { readSession } from '#shared/document/document.ts';
import { ROLES } from '#shared/document/roles.ts';
import { FORMATS, WRITERS } from '#shared/formats/formats.ts';
import { MINUTES } from '#shared/meeting/markdown.ts';
import { DEFAULT_METHOD } from '#shared/stride/method-names.ts';
import { ApiError } from '../errors.ts';
import { ARCHIVE } from '../exchange/archive/archive.ts';
import { storeParts } from '../exchange/parts.ts';
import { type Env, ensureCaller, membersOnly, moderatorsOnly } from './context.ts';
import { CHANGE_ERRORS, describe, describeFile, takesFile } from './describe.ts';
import { idempotent, KEY_ERRORS } from './idempotency.ts';
import { newToken } from './sessions.ts';
import { readable, uploaded } from './upload.ts';
import { valid } from './validate.ts';
import { unlessFull, writerOf } from './write.ts';

const text = z.string().optional();
const flag = z.enum(['true', 'false']).default('false');
/** Under it `/imports/:id` tells how far the reading is. */
const progress = z
  .string()
  .regex(/^[\w-]{16,64}$/)
  .optional();
const newFile = z.object({
  progress,
  /** Of the file; the session is called after it when the file has no title. */
  name: text,
  /** Display name of the moderator. */
  by: schemas.newSession.shape.name,
});
const broughtFile = z.object({
  progress,
  name: text,
  /** Only says what would change. */
  preview: flag,
  /** The file's places count even where the team moved something. */
  places: flag,
});
const exported = z.object({
  /** Only says what the format can't hold. */
  report: flag,
});

/** These two are of a session, not only of its model: none of {@link FORMATS}. */
const WRITTEN = [ARCHIVE, MINUTES, ...WRITERS];

const notThere = () => new ApiError('not_found', 'There is no such session, or you are not in it.');

export const formats = new Hono<Env>().get(
  '/',
  describe('The formats that files may have', schemas.formatList),
  c =>
    c.json(
      [{ ...ARCHIVE, read: true, write: true }, { ...MINUTES, read: undefined, write: true }, ...FORMATS].map(
        ({ name, label, extension, read, write }) => ({
          ...{ name, label, extension, reads: read !== undefined, writes: write !== undefined },
        }),
      ),
    ),
);

export const imports = new Hono<Env>().get(
  '/:id',
  describe(
    'How far the reading of a file is, which was sent with `progress=:id` and is not answered yet',
    schemas.importProgress,
    ['not_found'],
  ),
  c => {
    const progress = c.var.deps.files.progress.find(c.req.param('id'));
    if (!progress) throw new ApiError('not_found', 'No such file is being read here.');
    return c.json(progress);
  },
);

export const exchange = new Hono<Env>()
  .post(
    '/import',
    describe(
      'Start a session from a file; the caller becomes its moderator',
      schemas.imported,
      ['invalid_request', 'too_many_requests', 'unavailable', ...CHANGE_ERRORS, ...KEY_ERRORS],
      201,
    ),
    takesFile,
    valid('query', newFile),
    uploaded,
    idempotent,
    async c => {
      const { db, files, documentBytes } = c.var.deps;
      const { by, progress } = c.req.valid('query');
      const upload = c.var.upload!;
      const id = nanoid(16);
      const userId = await ensureCaller(c);
      const read = await readable(
        files.progress.during(progress, report =>
          files.reading.run(
            {
              ...{ kind: 'create', upload, by: { id: userId, name: by }, at: Date.now() },
              ...{ method: DEFAULT_METHOD, documentBytes },
            },
            report,
          ),
        ),
      );
      const { title, method, format, counts, skipped } = read;
      const [first, ...moreUpdates] = read.updates;
      const invites = ROLES.map(role => ({ role, token: newToken() }));
      await db.sessions.create({
        ...{
          id,
          title,
          method,
          createdBy: userId,
          moderatorName: by,
          invites,
          firstUpdate: first!,
          moreUpdates,
        },
      });
      const tokens = Object.fromEntries(invites.map(({ role, token }) => [role, token]));
      return c.json(
        { id, title, invites: tokens as Record<(typeof ROLES)[number], string>, format, counts, skipped },
        201,
      );
    },
  )
  .post(
    '/:id/import',
    describe('Bring a file into a session: adds and updates, removes nothing', schemas.brought, [
      'invalid_request',
      'forbidden',
      'not_found',
      'too_many_requests',
      'unavailable',
      ...CHANGE_ERRORS,
      ...KEY_ERRORS,
    ]),
    takesFile,
    membersOnly,
    moderatorsOnly,
    valid('query', broughtFile),
    uploaded,
    idempotent,
    async c => {
      const { files, changeDocument, documentBytes } = c.var.deps;
      const { sessionId } = c.var.member;
      const { preview, places, progress } = c.req.valid('query');
      const upload = c.var.upload!;
      const { id, name: author } = writerOf(c);
      const document = await documentOf(c);
      const read = await readable(
        files.progress.during(progress, report =>
          files.reading.run(
            {
              ...{ kind: 'merge', upload, document, by: { id, name: author }, at: Date.now() },
              ...{ places: places === 'true', documentBytes },
            },
            report,
          ),
        ),
      );
      const { format, counts, skipped, changes, unchanged, updates } = read;
      // Merged with what people did meanwhile, as any update of theirs is.
      const stored = await storeParts(preview === 'true' ? [] : updates, async update => {
        const change = changeDocument(sessionId, doc => {
          Y.applyUpdate(doc, update);
          return true;
        });
        return (await unlessFull(change)) !== null;
      });
      if (!stored) throw notThere();
      return c.json({ format, counts, skipped, changes, unchanged });
    },
  )
  .get(
    '/:id/export/:format',
    describeFile('The session as a file', ['invalid_request', 'not_found', 'unavailable']),
    membersOnly,
    valid('query', exported),
    async c => {
      const format = WRITTEN.find(({ name }) => name === c.req.param('format'));
      if (!format) {
        const known = WRITTEN.map(({ name }) => name).join(', ');
        throw new ApiError('not_found', `There is no such format. There are: ${known}.`);
      }
      const title = await c.var.deps.readDocument(c.var.member.sessionId, doc => readSession(doc).title);
      const document = await documentOf(c);
      const { content, skipped } = await readable(
        c.var.deps.files.writing.run({ kind: 'write', document, format: format.name }),
      );
      if (c.req.valid('query').report === 'true') return c.json({ skipped });
      const name = fileName(title ?? '', format.extension);
      return c.body(content as string, 200, {
        'content-type':
          /^text\/|json|xml|yaml/.test(format.mediaType) && !format.mediaType.includes(';')
            ? `${format.mediaType}; charset=utf-8`
            : format.mediaType,
        'content-disposition': name,
      });
    },
  );

async function documentOf(c: Context<Env>): Promise<Uint8Array> {
  const document = await c.var.deps.readDocument(c.var.member.sessionId, Y.encodeStateAsUpdate);
  if (!document) throw notThere();
  // Its buffer is handed over to a thread.
  return document.byteLength === document.buffer.byteLength ? document : document.slice();
}

/** RFC 6266, with RFC 8187 for what is not ASCII. */
function fileName(title: string, extension: string): string {
  const name = title
    // Marks of direction would show another ending than the file has.
    .replace(/[\p{Cc}\p{Bidi_Control}\s"*/:<>?\\|]+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);
  const full = `${name.trim() || 'threat-model'}${extension}`;
  const plain = full
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim();
  const encoded = encodeURIComponent(full.replace(/\p{Surrogate}/gu, '')).replace(
    /['()*]/g,
    each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain === extension ? `threat-model${extension}` : plain}"; filename*=UTF-8''${encoded}`;
}
