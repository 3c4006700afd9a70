import { Hono } from 'hono';
import { ApiError, codeOfStatus } from '../errors.ts';
import { addressOf } from '../origin.ts';
import type { RouteDeps } from './context.ts';

/** better-auth's own routes, with the errors of this API. */
export const auth = ({ identity, publicUrl }: RouteDeps) =>
  new Hono().on(['GET', 'POST'], '/auth/*', async c => {
    const response = await identity.handler(c.req.raw, addressOf(c, publicUrl));
    if (response.status < 400) return response;
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    throw new ApiError(codeOfStatus(response.status), message ?? 'Signing in or out failed.');
  });
