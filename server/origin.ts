/** Where a request comes from: which page, and which address. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * Whether a request comes from a page of ours. Requests without an Origin are not from a browser's page and pass: browsers send
 * one with everything that changes something and with every WebSocket handshake, and no page can forge it.
 * @param publicUrl the address people use, when a proxy that changes `Host` stands in front
 */
export function isOwnOrigin(headers: Headers, publicUrl?: string): boolean {
  const origin = headers.get('origin');
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  // A page can't set `x-forwarded-host` for another origin: the browser would ask for leave first, which nobody here gives.
  const forwarded = headers.get('x-forwarded-host')?.split(',')[0];
  const hosts = [headers.get('host'), forwarded, publicUrl && new URL(publicUrl).host];
  return hosts.some(own => own && hostOf(protocol, own) === host);
}

/**
 * The address a request comes from, for counting. Behind a proxy, which `publicUrl` says there is, the last entry of
 * `x-forwarded-for` is the one that this proxy wrote; without one the header is whatever the sender likes.
 */
export function addressOf(c: Context, publicUrl?: string): string {
  const forwarded = publicUrl && c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return forwarded || getConnInfo(c).remote.address || 'unknown';
}

/** Whether the person's browser talks https, as far as the proxy or else `publicUrl` says. */
export function isHttps(headers: Headers, publicUrl = ''): boolean {
  const forwarded = headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return forwarded ? forwarded === 'https' : publicUrl.startsWith('https:');
}

/** A `Host` as a URL has it: lower case, without the scheme's own port. Null when it is no host. */
function hostOf(protocol: string, host: string): string | null {
  const url = `${protocol}//${host.trim()}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
