/** Files in and out of a session. */
import type { ClientResponse } from 'hono/client';
import { nanoid } from 'nanoid';
import type { z } from 'zod';
import { MAX_FILE, TOO_LARGE } from '#shared/api/limits.ts';
import type * as schemas from '#shared/api/schemas.ts';
import { ApiFailure, api, body } from './api.ts';

export type Imported = z.infer<typeof schemas.imported>;
export type Brought = z.infer<typeof schemas.brought>;
export type FormatInfo = z.infer<typeof schemas.formatList>[number];

/** How far a file is: it is sent, read, and what has no place in it is laid out. */
export interface Progress {
  /** From 0 to 1. */
  sent: number;
  /** From 0 to 1; null while nobody can tell. */
  placed: number | null;
}
export const NOTHING_SENT: Progress = { sent: 0, placed: null };
export type OnProgress = (progress: Progress) => void;

/** How often the server is asked how far it is, in ms. */
const ASKING = 400;

/** Starts a session from a file; the caller becomes its moderator under a name. */
export const importAsSession = (file: File, by: string, onProgress: OnProgress): Promise<Imported> =>
  send('/api/sessions/import', file, { by }, onProgress);

/** Brings a file into a session, or only says what that would change. */
export const importInto = (
  sessionId: string,
  file: File,
  preview: boolean,
  onProgress: OnProgress,
): Promise<Brought> =>
  send(
    `/api/sessions/${encodeURIComponent(sessionId)}/import`,
    file,
    { preview: String(preview) },
    onProgress,
  );

export const exportPath = (sessionId: string, format: string): string =>
  `/api/sessions/${encodeURIComponent(sessionId)}/export/${encodeURIComponent(format)}`;

/** It may not be known yet, or by another node alone: that is no failure. */
async function placedOf(id: string): Promise<number | null> {
  const { done, of } = await body(api.imports[':id'].$get({ param: { id } })).catch(() => ({
    done: 0,
    of: 0,
  }));
  return of === 0 ? null : done / of;
}

/** As its bytes, and not by `fetch`, which tells nothing of how much it has sent. */
function send<T>(
  path: string,
  file: File,
  query: Record<string, string>,
  onProgress: OnProgress,
): Promise<T> {
  // The server would cut the connection in the middle of it.
  if (file.size > MAX_FILE) return Promise.reject(new ApiFailure('too_large', TOO_LARGE));
  const request = new XMLHttpRequest();
  const id = nanoid();
  request.open('POST', `${path}?${new URLSearchParams({ name: file.name, progress: id, ...query })}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    onProgress({ sent: loaded / total, placed: null }),
  );
  let asking: ReturnType<typeof setInterval>;
  request.upload.addEventListener('load', () => {
    asking = setInterval(async () => {
      const placed = await placedOf(id);
      if (request.readyState !== XMLHttpRequest.DONE) onProgress({ sent: 1, placed });
    }, ASKING);
  });
  request.addEventListener('loadend', () => clearInterval(asking));
  const answer = new Promise<Response>((resolve, reject) => {
    request.addEventListener('load', () => resolve(new Response(request.response, request)));
    request.addEventListener('error', reject);
    request.addEventListener('abort', reject);
  });
  request.send(file);
  return body(answer as Promise<unknown> as Promise<ClientResponse<T, number, 'json'>>);
}
