/** API tokens: what a program sends instead of a cookie, as `Authorization: Bearer <token>`. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; scanners for leaked secrets know it by its beginning. */
export const newApiToken = (): string => `sbt_${randomBytes(32).toString('base64url')}`;

/** What is stored of a token. No salt: there is nothing to guess in it. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * The token that a request carries, valid or not; null when it carries none. No page of another site can send one with a person's
 * browser: it would have to ask for leave first, which nobody here gives.
 */
export function bearerOf(headers: Headers): string | null {
  const [scheme = '', token = ''] = (headers.get('authorization') ?? '').trim().split(/\s+/, 2);
  return scheme.toLowerCase() === 'bearer' ? token : null;
}
