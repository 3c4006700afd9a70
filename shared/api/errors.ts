/** Every code an error answer may carry, with its HTTP status. Clients match on the code, people read the message. */
export const ERRORS = {
  invalid_request: 400,
  not_signed_in: 401,
  forbidden: 403,
  foreign_origin: 403,
  not_found: 404,
  invalid_invitation: 404,
  /** A request with the same Idempotency-Key is being worked on. */
  in_progress: 409,
  /** It makes no sense as things stand, like a reveal without a round. */
  conflict: 409,
  /** What `If-Match` names is not what is there now. */
  precondition_failed: 412,
  too_large: 413,
  /** The Idempotency-Key was used for another request. */
  idempotency_conflict: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
