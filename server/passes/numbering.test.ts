import { expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { putEntry, root, SESSION_ENTRY } from '#shared/document/document.ts';
import type { Room } from '../sync/room.ts';
import { numbering } from './numbering.ts';

const served = () => {
  const doc = new Y.Doc();
  putEntry(root(doc, 'session'), SESSION_ENTRY, { title: 'S' });
  return { doc, threats: root(doc, 'threats'), serve: () => numbering({ doc } as Room) };
};
const numbers = (doc: Y.Doc) =>
  Object.fromEntries([...root(doc, 'threats')].map(([id, threat]) => [id, threat.get('number')]));

it('threats get the next numbers as they come, those that were there before the service too', () => {
  const { doc, threats, serve } = served();
  putEntry(threats, 'a', { title: 'A' });
  serve();
  doc.transact(() => {
    putEntry(threats, 'b', { title: 'B' });
    putEntry(threats, 'c', { title: 'C' });
  });
  expect(numbers(doc)).toEqual({ a: 1, b: 2, c: 3 });
});

it('a number is never given twice, also when the last threat is gone and the service starts anew', () => {
  const { doc, threats, serve } = served();
  const stop = serve();
  putEntry(threats, 'a', { title: 'A' });
  threats.delete('a');
  stop();
  serve();
  putEntry(threats, 'b', { title: 'B' });
  expect(numbers(doc)).toEqual({ b: 2 });
});

it('a threat that is replaced as a whole keeps its number', () => {
  const { doc, threats, serve } = served();
  serve();
  putEntry(threats, 'a', { title: 'A' });
  putEntry(threats, 'a', { title: 'Again' });
  expect(numbers(doc)).toEqual({ a: 1 });
});

it('threats that came before the session entry are numbered with the next one after it', () => {
  const { doc, threats, serve } = served();
  root(doc, 'session').delete(SESSION_ENTRY);
  serve();
  putEntry(threats, 'a', { title: 'A' });
  putEntry(root(doc, 'session'), SESSION_ENTRY, { title: 'S' });
  putEntry(threats, 'b', { title: 'B' });
  expect(numbers(doc)).toEqual({ a: 1, b: 2 });
});

it('looks at no threat but those that changed', () => {
  const { threats, serve } = served();
  serve();
  putEntry(threats, 'a', { title: 'A' });
  putEntry(threats, 'b', { title: 'B' });
  const look = vi.spyOn(threats.get('a')!, 'get');
  threats.get('b')!.set('title', 'Changed');
  expect(look).not.toHaveBeenCalled();
});
