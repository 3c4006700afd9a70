/**
 * The API's addresses. `/api/v1/...` stays as it is for as long as version 1 is served; `/api/...` is the current version, which
 * is version 1.
 */
import { getPath } from 'hono/utils/url';

const VERSIONED = /^\/api\/v1(?=\/|$)/;

export const isVersioned = (path: string): boolean => VERSIONED.test(path);

/** A path as the routes know it. */
export const unversioned = (path: string): string => path.replace(VERSIONED, '/api');

/** For Hono: finds the route of a request under either address. */
export const routePath = (request: Request): string => unversioned(getPath(request));
