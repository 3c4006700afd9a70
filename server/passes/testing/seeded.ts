import * as Y from 'yjs';
import { seedDocument } from '#shared/templates/templates.ts';

/** The wearable-sensor example as a new session has it, before its first pass. */
export function seeded(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'S', method: 'per-crossing' }));
  return doc;
}
