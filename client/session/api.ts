/** The HTTP API, by its types, with errors that can be shown to a person. */
import { type ClientResponse, hc } from 'hono/client';
import type { ErrorCode } from '#shared/api/errors.ts';
import type { AppType } from '../../server/app.ts';

export const api = hc<AppType>('/api');

/** The server's refusal, in its words. `unreachable`: it did not answer at all. */
export class ApiFailure extends Error {
  constructor(
    readonly code: ErrorCode | 'unreachable',
    message: string,
  ) {
    super(message);
  }
}

/** Whether the server understood and said no: sent again, it would be refused again. What did not reach it is worth another try. */
export const isRefusal = ({ code }: ApiFailure): boolean =>
  code === 'conflict' || code === 'forbidden' || code === 'invalid_request';

/**
 * The body of an answer; null when it has none.
 * @throws {ApiFailure} for every error answer, and when there is none
 */
export async function body<T>(request: Promise<ClientResponse<T, number, 'json' | 'body'>>): Promise<T> {
  const response = await request.catch(() => {
    throw new ApiFailure('unreachable', 'The server can’t be reached. Check your connection and try again.');
  });
  if (response.status === 204) return null as T;
  if (response.ok) return response.json() as Promise<T>;
  const answer: unknown = await response.json().catch(() => null);
  const { code = 'internal', message = 'Something went wrong.' } =
    (answer as { error?: { code: ErrorCode; message: string } } | null)?.error ?? {};
  throw new ApiFailure(code, message);
}

const NAME = 'strideboard.name';

/** The name this browser's person gave last. */
export const rememberedName = (): string => localStorage.getItem(NAME) ?? '';
export const rememberName = (name: string): void => localStorage.setItem(NAME, name);
