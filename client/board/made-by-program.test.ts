import { expect, it } from 'vitest';
import { addBox, changeBox } from '#shared/dfd/edit/boxes.ts';
import { Draft } from '#shared/dfd/edit/draft.ts';
import { addFlow } from '#shared/dfd/edit/flows.ts';
import { addNote } from '#shared/dfd/edit/notes.ts';
import { addPage } from '#shared/dfd/edit/pages.ts';
import { ELEMENT_KINDS } from '#shared/dfd/kinds.ts';
import { fromRegisters, type Json } from '#shared/document/board.ts';
import { createBoardSchema, isShowable } from './schema.ts';

it('what programs draw over HTTP, the board shows', () => {
  const draft = new Draft(new Map());
  const zone = 'shape:zone';
  addBox(draft, zone, { kind: 'trust_boundary', box: [0, 0, 900, 600] });
  for (const kind of ELEMENT_KINDS) addBox(draft, `shape:${kind}`, { kind, boundary: zone, name: kind });
  const line = [
    [0, 0],
    [40.125, 900],
  ] as const;
  addBox(draft, 'shape:line', { kind: 'trust_boundary', line, name: 'Edge' });
  changeBox(draft, 'shape:line', { position: [950, 20] });
  addFlow(draft, 'shape:flow', { source: 'shape:process', target: 'shape:data_store', name: 'f', bend: 12 });
  addFlow(draft, 'shape:free', { source: 'shape:process', targetAt: [5, 5], bidirectional: true });
  for (const kind of ['note', 'text'] as const) {
    addNote(draft, `shape:${kind}`, { kind, text: 'one\n\ntwo', position: [10, 10] });
  }
  addPage(draft, 'page:two', { name: 'Two', place: 0 });
  const schema = createBoardSchema();
  const edits = draft.edits();
  expect(edits).toHaveLength(14);
  for (const { entry, registers } of edits) {
    const record = fromRegisters(entry, new Map(Object.entries(registers as Record<string, Json>)))!;
    expect([entry, isShowable(schema, entry, record)]).toEqual([entry, true]);
  }
});
