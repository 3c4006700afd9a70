import { randomUUID } from 'node:crypto';
import type { Database } from '../open.ts';
import { user } from '../schema.ts';
import type { NewSession } from '../stores/sessions.ts';

/** Stores a user and returns their id. */
export async function addUser(database: Database): Promise<string> {
  const id = randomUUID();
  await database.orm.insert(user).values({ id, name: 'Ada', email: `${id}@example.org` });
  return id;
}

/** Stores a session, by a user of its own unless it says otherwise, and returns its id. */
export async function addSession(database: Database, given: Partial<NewSession> = {}): Promise<string> {
  const session: NewSession = {
    id: randomUUID(),
    title: 'Infusion pump',
    method: 'stride',
    createdBy: given.createdBy ?? (await addUser(database)),
    moderatorName: 'Ada',
    invites: [],
    firstUpdate: bytes('first'),
    ...given,
  };
  await database.sessions.create(session);
  return session.id;
}

export const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
