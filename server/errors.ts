import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ERRORS, type ErrorCode } from '#shared/api/errors.ts';

/** The one error of the HTTP API: a closed code for programs, a sentence for people. */
export class ApiError extends HTTPException {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(ERRORS[code] as ContentfulStatusCode, { message });
  }
}

/** What is said while the database does not answer. */
export const unavailable = () =>
  new ApiError('unavailable', 'The database does not answer. Try again in a moment.');

export const errorBody = (code: ErrorCode, message: string) => ({ error: { code, message } });

/** The code that says best what an answer of somebody else's with this status means. */
export function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'not_signed_in';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 413:
      return 'too_large';
    case 429:
      return 'too_many_requests';
    default:
      return status >= 500 ? 'internal' : 'invalid_request';
  }
}
