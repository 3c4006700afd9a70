import { Hono } from 'hono';
import type { Registry } from 'prom-client';
import * as schemas from '#shared/api/schemas.ts';
import { errorBody } from '../errors.ts';
import { describe } from './describe.ts';

export interface HealthDeps {
  /** Whether the server can do its work now: the database answers, and no shutdown is under way. */
  ready(): Promise<boolean>;
  registry: Registry;
}

/** For whoever watches the server: is it alive, can it work, how is it doing. */
export const health = ({ ready, registry }: HealthDeps) =>
  new Hono()
    .get('/healthz', describe('Is it alive?', schemas.health), c => c.json({ status: 'ok' as const }))
    .get('/readyz', describe('Can it do its work now?', schemas.health, ['unavailable']), async c =>
      (await ready())
        ? c.json({ status: 'ok' as const })
        : c.json(errorBody('unavailable', 'Not ready.'), 503),
    )
    .get('/metrics', async c =>
      c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }),
    );

/** What answers while the database is opened and migrated. */
export const startingApp = () =>
  new Hono()
    .get('/healthz', c => c.json({ status: 'ok' as const }))
    .all('*', c => c.json(errorBody('unavailable', 'The server is starting. Try again in a moment.'), 503));
