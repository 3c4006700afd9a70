/** What must hold whatever happened: nothing that was promised is missing, and everybody has the same. */
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { type Database, openDatabase } from '#db/open.ts';
import { ROOTS, root } from '#shared/document/document.ts';
import type { Team } from './people.ts';
import { retrying, type Stage } from './stage.ts';

/** Reads documents as the store has them, past every server and proxy. With the embedded database no server may run meanwhile. */
export function readStore(stage: Stage, sessionIds: string[]): Promise<Y.Doc[]> {
  return retrying(async () => {
    const database = await openDatabase(stage.store);
    return Promise.all(sessionIds.map(id => readStored(database, id))).finally(() => database.close());
  });
}

async function readStored({ documents }: Database, sessionId: string): Promise<Y.Doc> {
  const stored = await documents.load(sessionId);
  const doc = new Y.Doc();
  for (const update of [stored?.snapshot, ...(stored?.updates ?? [])]) if (update) Y.applyUpdate(doc, update);
  return doc;
}

/** What was promised up to now and the store does not have, in words. */
export async function lostBy(stage: Stage, teams: Team[]): Promise<string[]> {
  // The promises first: what is promised while the store is being read may be too new for what was read.
  const promised = teams.map(({ workers }) => workers.map(({ journal }) => journal.promised()));
  const docs = await readStore(
    stage,
    teams.map(({ sessionId }) => sessionId),
  );
  return teams.flatMap(({ workers }, t) =>
    workers.flatMap(({ journal, name }, w) =>
      journal.missing(promised[t]![w]!, docs[t]!).map(what => `${name}: ${what}`),
    ),
  );
}

/** A document as plain data: every root, and how far each Yjs client got. */
export function contentOf(doc: Y.Doc): Record<string, unknown> {
  return {
    ...Object.fromEntries(ROOTS.map(name => [name, root(doc, name).toJSON()])),
    clocks: Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(doc))),
    pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
  };
}

/** Where two contents differ, at most `limit` places: `board/shape:app/at: [1,2] or [3,4]`. */
export function differences(one: unknown, other: unknown, limit = 10, path = ''): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isObject(one) || !isObject(other))
    return [`${path.slice(1)}: ${JSON.stringify(one)} or ${JSON.stringify(other)}`];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap(key => differences(one[key], other[key], limit, `${path}/${key}`)).slice(0, limit);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
