/** Takes a file that a request brings, and answers for what is wrong with it. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { MAX_FILE, TOO_LARGE } from '#shared/api/limits.ts';
import { FormatError } from '#shared/formats/threat-model.ts';
import { ApiError } from '../errors.ts';
import type { Upload } from '../exchange/jobs.ts';
import { addressOf } from '../origin.ts';
import type { Env } from './context.ts';

/** A form has lines of its own around the file. */
const FORM = 64 * 1024;

/** Room for a body at first, in bytes; doubled when it is full, whatever length was announced. */
const SMALL = 64 * 1024;

/** How long a sender may send nothing, in ms. */
export const PATIENCE = 30_000;

const tooLarge = () => new ApiError('too_large', TOO_LARGE);

/**
 * Takes the file in before the route runs, into `c.var.upload`. Its sender has one of the places for files from before the first byte
 * is read until the route is done with it.
 */
export const uploaded = createMiddleware<Env>(async (c, next) => {
  const { files, publicUrl } = c.var.deps;
  const giveBack = files.places.take(addressOf(c, publicUrl));
  try {
    c.set('upload', await readUpload(c, files.patience));
    await next();
  } finally {
    giveBack();
  }
});

/**
 * Copies the body piece by piece while it arrives: all at once, tens of megabytes would keep everybody waiting.
 * @throws {ApiError} `too_large`; `invalid_request` when it does not arrive
 */
async function readUpload(c: Context<Env>, patience: number): Promise<Upload> {
  const contentType = c.req.header('content-type') ?? '';
  const most = /^multipart\//i.test(contentType) ? MAX_FILE + FORM : MAX_FILE;
  if (Number(c.req.header('content-length')) > most) throw tooLarge();
  let body = new Uint8Array(SMALL);
  let size = 0;
  for await (const piece of piecesOf(c.req.raw, patience)) {
    const needed = size + piece.length;
    if (needed > most) throw tooLarge();
    if (needed > body.length) body = enlarged(body, Math.min(most, Math.max(needed, 2 * body.length)));
    body.set(piece, size);
    size = needed;
  }
  return { body: body.subarray(0, size), contentType, name: (c.req.query('name') ?? '').slice(0, 300) };
}

/**
 * Ends, too, when the sender goes away or falls silent: of itself a body that stalls does neither end nor fail.
 * @throws {ApiError} `invalid_request`
 */
async function* piecesOf({ body, signal }: Request, patience: number): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  let refusal: string | undefined;
  const stop = (why: string) => {
    refusal ??= why;
    // Ends the read that waits. It rejects where the body failed, which the read says itself.
    reader.cancel().catch(() => {});
  };
  const gone = () => stop(GONE);
  const silence = setTimeout(
    stop,
    patience,
    `The file did not arrive: nothing came for ${patience / 1000} s.`,
  );
  signal.addEventListener('abort', gone);
  if (signal.aborted) gone();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new ApiError('invalid_request', GONE);
      });
      if (refusal !== undefined) throw new ApiError('invalid_request', refusal);
      if (done) return;
      silence.refresh();
      yield value;
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', gone);
  }
}

const GONE = 'The file did not arrive: its sender went away.';

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** @throws {ApiError} `invalid_request`, for a file that can't be read, with its place */
export async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { message, where } = error;
    throw new ApiError('invalid_request', where === '' ? message : `${message} (at ${where})`);
  }
}
