/** Headers that answers carry, whatever route they are of. */
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { isHttps } from './origin.ts';

/**
 * A page loads everything from here alone. Styles may stand in attributes, which tldraw and Lit need; tldraw shows pasted pictures
 * and makes exports through `data:` and `blob:`.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'", 'data:'],
    mediaSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'", 'data:', 'blob:'],
    workerSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    frameSrc: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
  },
  // `no-referrer` would make browsers send `Origin: null` with forms and beacons of our own pages.
  referrerPolicy: 'same-origin',
  // For the proxy that has the certificate to decide: it binds a whole domain, and all below it, for months.
  strictTransportSecurity: false,
});

/** Marks cookies `Secure` when the person's browser talks https: one server may be reached both ways. */
export const secureCookies = (publicUrl?: string) =>
  createMiddleware(async (c, next) => {
    await next();
    const cookies = c.res.headers.getSetCookie();
    if (cookies.length === 0 || !isHttps(c.req.raw.headers, publicUrl)) return;
    c.res.headers.delete('set-cookie');
    for (const cookie of cookies) {
      c.res.headers.append('set-cookie', /;\s*secure/i.test(cookie) ? cookie : `${cookie}; Secure`);
    }
  });

/** Nothing that depends on who asks is kept by a browser or a proxy. */
export const notStored = createMiddleware(async (c, next) => {
  await next();
  c.res.headers.set('cache-control', 'no-store');
});
