import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { attributeOf } from '#shared/dfd/attributes.ts';
import { readRecords } from '#shared/document/board.ts';
import { putEntry, root } from '#shared/document/document.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { suggest } from '#shared/stride/suggest.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { dismissSuggestion } from './commands.ts';
import { attributesFor, nameOf, readinessOf, skippedIn, worthInWords } from './readiness.ts';
import { derive } from './snapshot.ts';

/** The example with what the server suggests for it. */
function session() {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Patch', method: 'per-crossing' }));
  const read = () => derive(doc, readRecords(root(doc, 'board')), CATALOGUE);
  for (const { id, ...registers } of suggest(read().model, 'per-crossing')) {
    putEntry(root(doc, 'suggestions'), id, registers);
  }
  return { doc, read, desk: { doc, me: { id: 'm', name: 'Mona', role: 'moderator' as const } } };
}

test('readiness is worked out once for a snapshot, and anew for the next', () => {
  const { read } = session();
  const snapshot = read();
  expect(readinessOf(snapshot)).toBe(readinessOf(snapshot));
  expect(readinessOf(read())).not.toBe(readinessOf(snapshot));
});

test('what somebody judged is no reason to ask', () => {
  const { read, desk } = session();
  const before = read();
  for (const suggestion of before.suggestions) dismissSuggestion(desk, suggestion, 'Out of reach');
  expect(readinessOf(before).questions).not.toEqual([]);
  expect(readinessOf(read()).questions).toEqual([]);
});

test('a thing is asked first for what identifies it, what is answered and what its suggestions look at', () => {
  const snapshot = session().read();
  const app = snapshot.things.get('shape:app')!;
  const { first, more } = attributesFor(app, snapshot);
  const keys = first.map(({ key }) => key);
  expect(keys).toContain('role');
  expect(keys).toContain('validates_input');
  expect(more.length).toBeGreaterThan(10);
  const answered = { ...app, attributes: { ...app.attributes, [more[0]!.key]: 'x' } };
  expect(attributesFor(answered, snapshot).first).toContain(more[0]);
});

test('a handful of attributes is not folded', () => {
  const snapshot = session().read();
  const boundary = snapshot.things.get('shape:b-sensor')!;
  const { first, more } = attributesFor(boundary, snapshot);
  expect(first.map(({ key }) => key)).toEqual(['controlled_by']);
  expect(more).toEqual([]);
});

test('what was put off stays so for the document, by what it is on and asks for', () => {
  const { doc, read } = session();
  const [question] = readinessOf(read()).questions;
  skippedIn(doc).add(nameOf(question!));
  expect(skippedIn(doc)).toEqual(new Set([`${question!.on} ${question!.attribute.key}`]));
  expect(skippedIn(session().doc).size).toBe(0);
});

test('what an answer is good for is said with the answer that settles it', () => {
  const authenticated = attributeOf('data_flow', 'authenticated')!;
  const protocol = attributeOf('data_flow', 'protocol')!;
  const said = (attribute: typeof protocol, settles: number, sharpens: number) =>
    worthInWords({ attribute, settles, sharpens });
  expect(said(authenticated, 7, 0)).toBe('“Yes” settles 7 suggestions.');
  expect(said(protocol, 0, 1)).toBe('Bears on 1 suggestion.');
  expect(said(protocol, 1, 3)).toBe('May settle 1 suggestion, bears on 3 more.');
});
