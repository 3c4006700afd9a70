/**
 * Who is who. Everybody has a better-auth user from the first session they start or join: an anonymous one, until accounts are
 * switched on and claim it.
 */
import { randomBytes } from 'node:crypto';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { anonymous } from 'better-auth/plugins/anonymous';
import type { Database } from '#db/open.ts';
import * as schema from '#db/schema.ts';
import { unavailable } from '../errors.ts';
import type { Log } from '../log.ts';
import { isOwnOrigin } from '../origin.ts';
import { hashOf } from './bearer.ts';
import { createTickets, type Tickets } from './tickets.ts';

const DAY = 24 * 60 * 60;
/** In seconds. Every day of use starts the year anew: who loses an anonymous login loses the sessions with it. */
const LOGIN_LIFETIME = 365 * DAY;
/** Tells better-auth the address that we found; ours on every request, whatever the sender wrote there. */
const ADDRESS_HEADER = 'x-strideboard-address';

/** Takes a line for the answer's `set-cookie`. */
export type SetCookie = (line: string) => void;

export interface Identity extends Tickets {
  /**
   * better-auth's own routes, for `/api/auth/*`.
   * @param address where the request comes from, for the rate limit
   */
  handler(request: Request, address: string): Promise<Response>;
  /**
   * Id of the user whose cookie a request carries; null when it carries none that is valid.
   * @param setCookie gets the prolonged login, once a day; without it nothing is prolonged
   */
  userOf(headers: Headers, setCookie?: SetCookie): Promise<string | null>;
  /** Id of the user whose API token this is; null when it is unknown or revoked. */
  ownerOf(token: string): Promise<string | null>;
  /** As `userOf`, but a stranger becomes an anonymous user. */
  ensureUser(headers: Headers, setCookie: SetCookie): Promise<string>;
}

export interface IdentityOptions {
  /** Where this server listens. Only a fallback: requests may come under any host name. */
  url: string;
  /** The address people use, when a proxy stands in front. */
  publicUrl?: string | undefined;
  secret?: string | undefined;
  log: Log;
}

export async function createIdentity(
  db: Pick<Database, 'orm' | 'settings' | 'tokens'>,
  { url, publicUrl, secret, log }: IdentityOptions,
): Promise<Identity> {
  const key =
    secret ?? (await db.settings.getOrCreate('auth-secret', () => randomBytes(32).toString('base64url')));
  const auth = betterAuth({
    appName: 'Strideboard',
    // Left out, it would be guessed from a dozen environment variables.
    baseURL: publicUrl ?? url,
    trustedOrigins: request => {
      const origin = request?.headers.get('origin');
      return origin && isOwnOrigin(request!.headers, publicUrl) ? [origin] : [];
    },
    secret: key,
    database: drizzleAdapter(db.orm, { provider: 'pg', schema }),
    // Memberships go with their user: when accounts come, `onLinkAccount` has to move them before this is allowed.
    plugins: [anonymous({ disableDeleteAnonymousUser: true })],
    telemetry: { enabled: false },
    session: { expiresIn: LOGIN_LIFETIME, updateAge: DAY },
    rateLimit: { enabled: true, storage: 'memory' },
    advanced: {
      cookiePrefix: 'strideboard',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      // Decided once, it would name the cookie by the scheme; app.ts marks each cookie as its own request came.
      useSecureCookies: false,
      // Said outright, because better-auth switches the check off under a test runner.
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: {
      level: 'warn',
      log: (level, message, ...details) => {
        const error = details.find(detail => detail instanceof Error);
        // Its warnings are advice for whoever writes this file.
        log[level === 'error' ? 'error' : 'debug'](error ? { error } : {}, `better-auth: ${message}`);
      },
    },
  });

  async function userOf(headers: Headers, setCookie?: SetCookie): Promise<string | null> {
    if (!headers.has('cookie')) return null;
    const { response, headers: answer } = await auth.api
      .getSession({ headers, query: setCookie ? {} : { disableRefresh: true }, returnHeaders: true })
      .catch(error => {
        // It logs the database's fault and throws one that says nothing of it.
        throw error instanceof APIError && error.statusCode === 500 ? unavailable() : error;
      });
    if (setCookie) answer.getSetCookie().forEach(setCookie);
    return response?.user.id ?? null;
  }

  return {
    ...createTickets(key),
    userOf,
    ownerOf: token => db.tokens.ownerOf(hashOf(token)),
    handler(request, address) {
      const addressed = new Request(request);
      addressed.headers.set(ADDRESS_HEADER, address);
      return auth.handler(addressed);
    },
    async ensureUser(headers, setCookie) {
      const known = await userOf(headers, setCookie);
      if (known) return known;
      // Without the request's headers: neither address nor browser of an anonymous person is stored.
      const { response, headers: answer } = await auth.api.signInAnonymous({ returnHeaders: true });
      answer.getSetCookie().forEach(setCookie);
      return response!.user.id;
    },
  };
}
