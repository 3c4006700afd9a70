/** Two boards side by side whose documents and awareness hear of each other: two people, without a server. */
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { putRecord } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import '../strideboard-canvas.ts';

const NET = 'net';

const seed = new Y.Doc();
putRecord(root(seed, 'board'), { id: 'page:page', typeName: 'page', name: 'Diagram', index: 'a1', meta: {} });

const people = ['Ada', 'Ben'].map(name => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed), NET);
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', { id: name, name, color: '#a11457', role: 'moderator' });
  const element = document.createElement('strideboard-canvas');
  Object.assign(element, { id: name, doc, awareness, userRole: 'moderator' });
  document.body.append(element);
  return { doc, awareness, element };
});

type AwarenessChange = { added: number[]; updated: number[]; removed: number[] };

for (const from of people) {
  const to = people.find(person => person !== from)!;
  from.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== NET) setTimeout(() => Y.applyUpdate(to.doc, update, NET), 5);
  });
  from.awareness.on('update', ({ added, updated, removed }: AwarenessChange, origin: unknown) => {
    if (origin === NET) return;
    const update = encodeAwarenessUpdate(from.awareness, [...added, ...updated, ...removed]);
    applyAwarenessUpdate(to.awareness, update, NET);
  });
}

export type Person = (typeof people)[number];

Object.assign(window, { people });
