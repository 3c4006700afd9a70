/**
 * Two boards whose documents and awareness hear of each other: two people, without a server. They are side by side, or each in a
 * window of their own (`?Ada` and `?Ben`).
 */
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { type BoardRecord, putRecord } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import '../strideboard-canvas.ts';

const NET = 'net';

const seed = new Y.Doc();
// The same in each window, or there would be two pages.
seed.clientID = 1;
putRecord(root(seed, 'board'), { id: 'page:page', typeName: 'page', name: 'Diagram', index: 'a1', meta: {} });

const names = location.search ? [location.search.slice(1)] : ['Ada', 'Ben'];
const people = names.map(name => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed), NET);
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', { id: name, name, color: '#a11457', role: 'moderator' });
  const element = document.createElement('strideboard-canvas');
  Object.assign(element, { id: name, doc, awareness, userRole: 'moderator' });
  document.body.append(element);
  /** Writes a record into this person's document, as an import does. */
  const put = (record: BoardRecord) => putRecord(root(doc, 'board'), record);
  return { doc, awareness, element, put };
});

type AwarenessChange = { added: number[]; updated: number[]; removed: number[] };
type Message = { update: Uint8Array } | { awareness: Uint8Array };

for (const { doc, awareness } of people) {
  const net = new BroadcastChannel(NET);
  const send = (message: Message) => net.postMessage(message);
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== NET) send({ update });
  });
  awareness.on('update', ({ added, updated, removed }: AwarenessChange, origin: unknown) => {
    if (origin !== NET)
      send({ awareness: encodeAwarenessUpdate(awareness, [...added, ...updated, ...removed]) });
  });
  net.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('update' in data) Y.applyUpdate(doc, data.update, NET);
    else applyAwarenessUpdate(awareness, data.awareness, NET);
  };
}

export type Person = (typeof people)[number];

Object.assign(window, { people });
