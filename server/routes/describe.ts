import { describeRoute, resolver } from 'hono-openapi';
import type { ZodType } from 'zod';
import { ERRORS, type ErrorCode } from '#shared/api/errors.ts';
import * as schemas from '#shared/api/schemas.ts';

const json = (schema: ZodType) => ({ 'application/json': { schema: resolver(schema) } });

/** Errors of every route that changes something. */
export const CHANGE_ERRORS = ['foreign_origin', 'too_large'] as const;

/**
 * Describes a route for the OpenAPI document: what it does, its answer, and the errors it may give.
 * @param expected errors beyond `internal`, which any route may answer
 */
export function describe(
  summary: string,
  answer: ZodType | null,
  expected: readonly ErrorCode[] = [],
  status = answer ? 200 : 204,
) {
  return describeRoute({
    summary,
    responses: {
      [status]: { description: 'Done', ...(answer && { content: json(answer) }) },
      ...refusals(expected),
    },
  });
}

const BYTES = { schema: { type: 'string' as const, format: 'binary' } };

/** As {@link describe}, for a route that answers with a file. */
export const describeFile = (summary: string, expected: readonly ErrorCode[]) =>
  describeRoute({
    summary,
    responses: { 200: { description: 'The file', content: { '*/*': BYTES } }, ...refusals(expected) },
  });

/** Beside {@link describe}, for a route that takes a file: as it is, or in a form. */
export const takesFile = describeRoute({
  requestBody: {
    required: true,
    content: {
      'application/octet-stream': BYTES,
      'multipart/form-data': {
        schema: { type: 'object', properties: { file: BYTES.schema }, required: ['file'] },
      },
    },
  },
});

function refusals(expected: readonly ErrorCode[]) {
  const errors = [...expected, 'internal' as const];
  const statuses = [...new Set(errors.map(code => ERRORS[code]))];
  return Object.fromEntries(
    statuses.map(code => [
      code,
      {
        description: errors.filter(error => ERRORS[error] === code).join(' or '),
        content: json(schemas.errorBody),
      },
    ]),
  );
}
