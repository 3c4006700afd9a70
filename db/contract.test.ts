/** What every store does, the same on the embedded database and on a PostgreSQL server. */
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from './open.ts';
import { documentsContract } from './stores/documents.contract.ts';
import { invitesContract } from './stores/invites.contract.ts';
import { keyedRequestsContract } from './stores/keyed-requests.contract.ts';
import { membershipsContract } from './stores/memberships.contract.ts';
import { roundsContract } from './stores/rounds.contract.ts';
import { sessionsContract } from './stores/sessions.contract.ts';
import { settingsContract } from './stores/settings.contract.ts';
import { tokensContract } from './stores/tokens.contract.ts';
import { votesContract } from './stores/votes.contract.ts';
import { openFresh } from './testing/databases.ts';

describe.each(['embedded', 'postgres'] as const)('on %s', kind => {
  let fresh: Awaited<ReturnType<typeof openFresh>>;
  beforeAll(async () => {
    fresh = await openFresh(kind);
  });
  afterAll(() => fresh.discard());
  const open = (): Database => fresh.database;

  describe('documents', () => documentsContract(open));
  describe('sessions', () => sessionsContract(open));
  describe('memberships', () => membershipsContract(open));
  describe('invites', () => invitesContract(open));
  describe('settings', () => settingsContract(open));
  describe('keyed requests', () => keyedRequestsContract(open));
  describe('tokens', () => tokensContract(open));
  describe('private rounds', () => roundsContract(open));
  describe('votes', () => votesContract(open));
});
