/** What a session can start from. */
import * as Y from 'yjs';
import { type BoardRecord, putRecord } from '../document/board.ts';
import { putEntry, root, SESSION_ENTRY, type SessionInfo } from '../document/document.ts';
import { FIRST_PAGE } from '../document/repair.ts';
import { wearableSensor } from './wearable-sensor.ts';

export interface Template {
  label: string;
  description: string;
  scope: string;
  records: () => BoardRecord[];
}

export const TEMPLATES = {
  blank: {
    label: 'Blank board',
    description: 'An empty board and the five symbols.',
    scope: '',
    records: () => [],
  },
  'wearable-sensor': wearableSensor,
} as const satisfies Record<string, Template>;

export type TemplateName = keyof typeof TEMPLATES;

export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as [TemplateName, ...TemplateName[]];

/**
 * The first update of a new session's document. Only the server makes one, once: two clients that each created a first page would
 * leave two.
 */
export function seedDocument(
  template: TemplateName,
  info: Pick<SessionInfo, 'title' | 'method'>,
): Uint8Array {
  const { records, scope } = TEMPLATES[template];
  const doc = new Y.Doc();
  doc.transact(() => {
    const board = root(doc, 'board');
    const page = { id: FIRST_PAGE, typeName: 'page', name: 'Diagram', index: 'a1', meta: {} };
    for (const record of [page, ...records()]) putRecord(board, record);
    putEntry(root(doc, 'session'), SESSION_ENTRY, { ...info, scope });
  });
  const seed = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return seed;
}
