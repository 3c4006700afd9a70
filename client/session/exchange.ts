/** Files in and out of a session. */
import type { ClientResponse } from 'hono/client';
import type { z } from 'zod';
import type * as schemas from '#shared/api/schemas.ts';
import { body } from './api.ts';

export type Imported = z.infer<typeof schemas.imported>;
export type Brought = z.infer<typeof schemas.brought>;
export type FormatInfo = z.infer<typeof schemas.formatList>[number];

/** Starts a session from a file; the caller becomes its moderator under a name. */
export const importAsSession = (file: File, by: string): Promise<Imported> =>
  send('/api/sessions/import', file, { by });

/** Brings a file into a session, or only says what that would change. */
export const importInto = (sessionId: string, file: File, preview: boolean): Promise<Brought> =>
  send(`/api/sessions/${encodeURIComponent(sessionId)}/import`, file, { preview: String(preview) });

export const exportPath = (sessionId: string, format: string): string =>
  `/api/sessions/${encodeURIComponent(sessionId)}/export/${encodeURIComponent(format)}`;

/** As its bytes: the typed client has no word for that. */
function send<T>(path: string, file: File, query: Record<string, string>): Promise<T> {
  const parameters = new URLSearchParams({ name: file.name, ...query });
  const request = fetch(`${path}?${parameters}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
  });
  return body(request as Promise<unknown> as Promise<ClientResponse<T, number, 'json'>>);
}
