/** Files in and out of a session. */
import type { ClientResponse } from 'hono/client';
import type { z } from 'zod';
import { MAX_FILE, TOO_LARGE } from '#shared/api/limits.ts';
import type * as schemas from '#shared/api/schemas.ts';
import { ApiFailure, body } from './api.ts';

export type Imported = z.infer<typeof schemas.imported>;
export type Brought = z.infer<typeof schemas.brought>;
export type FormatInfo = z.infer<typeof schemas.formatList>[number];

/** Told how much of a file has been sent, from 0 to 1; then the server reads it and lays it out. */
export type OnSent = (part: number) => void;

/** Starts a session from a file; the caller becomes its moderator under a name. */
export const importAsSession = (file: File, by: string, onSent: OnSent): Promise<Imported> =>
  send('/api/sessions/import', file, { by }, onSent);

/** Brings a file into a session, or only says what that would change. */
export const importInto = (
  sessionId: string,
  file: File,
  preview: boolean,
  onSent: OnSent,
): Promise<Brought> =>
  send(`/api/sessions/${encodeURIComponent(sessionId)}/import`, file, { preview: String(preview) }, onSent);

export const exportPath = (sessionId: string, format: string): string =>
  `/api/sessions/${encodeURIComponent(sessionId)}/export/${encodeURIComponent(format)}`;

/** As its bytes, and not by `fetch`, which tells nothing of how much it has sent. */
function send<T>(path: string, file: File, query: Record<string, string>, onSent: OnSent): Promise<T> {
  // The server would cut the connection in the middle of it.
  if (file.size > MAX_FILE) return Promise.reject(new ApiFailure('too_large', TOO_LARGE));
  const request = new XMLHttpRequest();
  request.open('POST', `${path}?${new URLSearchParams({ name: file.name, ...query })}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded / total));
  const answer = new Promise<Response>((resolve, reject) => {
    request.addEventListener('load', () => resolve(new Response(request.response, request)));
    request.addEventListener('error', reject);
    request.addEventListener('abort', reject);
  });
  request.send(file);
  return body(answer as Promise<unknown> as Promise<ClientResponse<T, number, 'json'>>);
}
