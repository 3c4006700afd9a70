import { Hono } from 'hono';
import { ApiError, codeOfStatus } from '../errors.ts';
import { addressOf } from '../origin.ts';
import { isVersioned, unversioned } from '../versions.ts';
import type { RouteDeps } from './context.ts';

function unversionedUrl(address: string): string {
  const url = new URL(address);
  url.pathname = unversioned(url.pathname);
  return url.href;
}

/** better-auth's own routes, with the errors of this API. */
export const auth = ({ identity, publicUrl }: RouteDeps) =>
  new Hono().on(['GET', 'POST'], '/auth/*', async c => {
    const { raw } = c.req;
    // better-auth reads the address itself.
    const request = isVersioned(new URL(raw.url).pathname) ? new Request(unversionedUrl(raw.url), raw) : raw;
    const response = await identity.handler(request, addressOf(c, publicUrl));
    if (response.status < 400) return response;
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    throw new ApiError(codeOfStatus(response.status), message ?? 'Signing in or out failed.');
  });
