/** Takes a file that a request brings, and answers for what is wrong with it. */
import type { Context } from 'hono';
import { MAX_FILE, TOO_LARGE } from '#shared/api/limits.ts';
import { FormatError } from '#shared/formats/threat-model.ts';
import { ApiError } from '../errors.ts';
import type { Upload } from '../exchange/jobs.ts';

/** A form has lines of its own around the file. */
const FORM = 64 * 1024;

export const tooLarge = () => new ApiError('too_large', TOO_LARGE);

/** What the server reads of a request that brings a file, in bytes; see app.ts. */
export const MAX_UPLOAD = MAX_FILE + FORM;

/** Room for a body at first, in bytes; doubled when it is full, whatever length was announced. */
const SMALL = 64 * 1024;

/**
 * Copies the body piece by piece while it arrives: all at once, tens of megabytes would keep everybody waiting.
 * @param name of the file, where the request says one
 * @throws {ApiError} `too_large`
 */
export async function readUpload(c: Context, name = ''): Promise<Upload> {
  const contentType = c.req.header('content-type') ?? '';
  const most = /^multipart\//i.test(contentType) ? MAX_UPLOAD : MAX_FILE;
  if (Number(c.req.header('content-length')) > most) throw tooLarge();
  let body = new Uint8Array(SMALL);
  let size = 0;
  for await (const piece of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    if (size + piece.length > most) throw tooLarge();
    if (size + piece.length > body.length) body = enlarged(body, size + piece.length);
    body.set(piece, size);
    size += piece.length;
  }
  return { body: body.subarray(0, size), contentType, name: name.slice(0, 300) };
}

function enlarged(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, 2 * bytes.length));
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
