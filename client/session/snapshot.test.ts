import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { putEntry, root } from '#shared/document/document.ts';
import { record } from '#shared/meeting/minutes.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { addFollowup, addThreat, editSession, editShape, lockShapes } from './commands.ts';
import { SnapshotSource } from './snapshot.ts';

const me = { id: 'm', name: 'Mona', role: 'moderator' as const };

let doc: Y.Doc;
let source: SnapshotSource;

beforeEach(() => {
  vi.useFakeTimers();
  doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Patch', method: 'per-crossing' }));
  source = new SnapshotSource(doc);
});
afterEach(() => {
  source.dispose();
  vi.useRealTimers();
});

/** What the panels see once `act` has settled, and how often they were told. */
function settle(act: () => void) {
  let told = 0;
  const stop = source.subscribe(() => told++);
  act();
  vi.runAllTimers();
  stop();
  return { snapshot: source.get(), told };
}

const appName = () => source.get().things.get('shape:app')?.name;

describe('the snapshot that panels show', () => {
  test('holds the index table of the document as it was opened', () => {
    expect(source.get().info.title).toBe('Patch');
    expect(source.get().rows.map(({ flow }) => flow.id)).toContain('shape:f-bluetooth');
    expect(appName()).toBe('Phone app');
  });

  test('follows a rename, and an element that is drawn or deleted', () => {
    settle(() => editShape({ doc, me }, 'shape:app', { 'props.name': 'Companion app' }));
    expect(appName()).toBe('Companion app');
    settle(() => root(doc, 'board').delete('shape:app'));
    expect(appName()).toBeUndefined();
    settle(() =>
      putEntry(root(doc, 'board'), 'shape:app', {
        type: 'process',
        at: [0, 0],
        place: ['page:page', 'a1'],
        'props.name': 'Again',
      }),
    );
    expect(appName()).toBe('Again');
  });

  test('follows locks, which are no part of the model', () => {
    const { model } = source.get();
    settle(() => lockShapes({ doc, me }, ['shape:app'], true));
    expect([...source.get().locked].sort()).toEqual(['shape:app', 'shape:b-phone']);
    expect(source.get().model).toBe(model);
  });

  test('tells once of many changes at once', () => {
    const { told } = settle(() => {
      for (let i = 0; i < 50; i++) editShape({ doc, me }, 'shape:app', { 'props.name': `Name ${i}` });
    });
    expect(told).toBe(1);
  });

  test('a move that changes nothing in the model draws nothing anew', () => {
    const before = source.get();
    const { snapshot, told } = settle(() => editShape({ doc, me }, 'shape:app', { at: [62, 71] }));
    expect(snapshot).toBe(before);
    expect(told).toBe(0);
  });

  test('a threat changes the table and leaves the model as it is', () => {
    const before = source.get();
    const { snapshot } = settle(() =>
      addThreat({ doc, me }, { title: 'A', stride: ['S'], target: 'shape:f-bluetooth' }),
    );
    expect(snapshot.model).toBe(before.model);
    const row = snapshot.rows.find(({ flow }) => flow.id === 'shape:f-bluetooth')!;
    expect(row.cells.S.threats.map(({ title }) => title)).toEqual(['A']);
  });

  test('a new title leaves the table as it is', () => {
    const before = source.get();
    const { snapshot } = settle(() => editSession({ doc, me }, { title: 'Patch 2' }));
    expect(snapshot.info.title).toBe('Patch 2');
    expect(snapshot.rows).toBe(before.rows);
  });

  test('holds follow-ups and minutes, and leaves the rest as it is for them', () => {
    const before = source.get();
    const { snapshot } = settle(() => {
      addFollowup({ doc, me }, { kind: 'action', text: 'Ask', owner: '', due: '', about: '' });
      record(doc, 'm1', { at: 1, by: null }, { what: 'meeting-started' });
    });
    expect(snapshot.followups.map(({ text }) => text)).toEqual(['Ask']);
    expect(snapshot.minutes.map(({ what }) => what)).toEqual(['meeting-started']);
    expect(snapshot.rows).toBe(before.rows);
    const { minutes } = snapshot;
    const { snapshot: after } = settle(() => editSession({ doc, me }, { title: 'Patch 2' }));
    expect(after.minutes).toBe(minutes);
  });

  test('hears of nothing once it is disposed of', () => {
    source.dispose();
    expect(settle(() => editSession({ doc, me }, { title: 'Late' })).told).toBe(0);
  });
});
