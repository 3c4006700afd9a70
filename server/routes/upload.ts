/** Takes a file that a request brings, and answers for what is wrong with it. */
import type { Context } from 'hono';
import { FormatError } from '#shared/formats/threat-model.ts';
import { ApiError } from '../errors.ts';
import type { Upload } from '../exchange/jobs.ts';

/** Largest file, in bytes. */
export const MAX_FILE = 32 * 1024 * 1024;
/** A form has lines of its own around the file. */
const FORM = 64 * 1024;

export const tooLarge = () => new ApiError('too_large', `A file may hold ${MAX_FILE / 1024 / 1024} MB.`);

/**
 * Reads the body as it comes, and no more of it than a file may hold.
 * @param name of the file, where the request says one
 * @throws {ApiError} `too_large`
 */
export async function readUpload(c: Context, name = ''): Promise<Upload> {
  const contentType = c.req.header('content-type') ?? '';
  const most = /^multipart\//i.test(contentType) ? MAX_FILE + FORM : MAX_FILE;
  if (Number(c.req.header('content-length')) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return { body, contentType, name: name.slice(0, 300) };
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
