/** Checks what a request brings against its schema; a refusal says in words which field is wrong, and why. */
import type { Context } from 'hono';
import { validator } from 'hono-openapi';
import type { ZodType } from 'zod';
import { ApiError } from '../errors.ts';

/**
 * Validates a part of the request.
 * @throws {ApiError} `invalid_request`, naming each field and what is wrong with it
 */
export const valid = <Schema extends ZodType, Target extends 'json' | 'param' | 'query'>(
  target: Target,
  schema: Schema,
) =>
  validator(target, schema, (result, c: Context) => {
    // Hono reads no other type and would report every field as missing.
    if (target === 'json' && !/json/i.test(c.req.header('content-type') ?? '')) {
      throw new ApiError(
        'invalid_request',
        'The body must be JSON, sent with content-type: application/json.',
      );
    }
    if (!result.success) throw new ApiError('invalid_request', describeIssues(result.error, result.data));
    // PostgreSQL's text has no place for it, and nobody types one.
    if (JSON.stringify(result.data).includes('\\u0000')) {
      throw new ApiError('invalid_request', 'The text holds a NUL character, which can’t be stored.');
    }
  });

/** What an issue of zod looks like, as far as it is put into words here. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string | undefined;
  origin?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
  expected?: string;
  values?: readonly unknown[];
}

/**
 * @param data what was checked, to tell a missing field from a wrong one
 * @returns a sentence for each field that is wrong
 */
export function describeIssues(issues: readonly Issue[], data: unknown): string {
  return issues.map(issue => `${describeIssue(issue, data)}.`).join(' ');
}

function describeIssue(issue: Issue, data: unknown): string {
  const path = (issue.path ?? []).map(part => String(typeof part === 'object' ? part.key : part));
  const field = path.join('.') || 'The body';
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(data, path) === undefined
        ? `${field} is missing`
        : `${field} must be ${article(issue.expected ?? 'value')}`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return `${field} must not be empty`;
      return issue.origin === 'array'
        ? `${field} is too short: ${issue.minimum} entries are the least`
        : `${field} is too small: ${issue.minimum} is the least`;
    case 'too_big':
      if (issue.origin === 'string' || issue.origin === 'array') {
        const unit = issue.origin === 'string' ? 'characters' : 'entries';
        return `${field} is too long: ${issue.maximum} ${unit} are the most`;
      }
      return `${field} is too large: ${issue.maximum} is the most`;
    case 'invalid_value':
      return valueAt(data, path) === undefined
        ? `${field} is missing`
        : `${field} must be one of ${(issue.values ?? []).join(', ')}`;
    default:
      return `${field}: ${issue.message}`;
  }
}

const valueAt = (data: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], data);

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
