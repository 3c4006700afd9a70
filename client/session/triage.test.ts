import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { putEntry, readThreats, readTriage, root, SESSION_ENTRY } from '#shared/document/document.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { someSuggestion } from '#shared/testing/suggestion.ts';
import { someThreat } from '#shared/testing/threat.ts';
import { compared, queueOf } from './queue.ts';
import { SnapshotSource } from './snapshot.ts';
import { TriageWork } from './triage.ts';

let doc: Y.Doc;
let source: SnapshotSource;
let stops: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  doc = new Y.Doc();
  stops = [];
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Patch', method: 'per-crossing' }));
  for (const [id, target, rank] of [
    ['GEN-T/shape:f-bluetooth', 'shape:f-bluetooth', 20],
    ['GEN-I/shape:f-bluetooth', 'shape:f-bluetooth', 10],
    ['GEN-D/shape:f-upload', 'shape:f-upload', 30],
  ] as const) {
    const { id: _, ...registers } = someSuggestion({ rule: id.slice(0, 5), target, rank });
    putEntry(root(doc, 'suggestions'), id, registers);
  }
  for (const [id, at] of [
    ['late', 9],
    ['early', 5],
  ] as const) {
    const { id: _, ...registers } = someThreat({ id, at, title: `The ${id} one`, status: 'proposed' });
    putEntry(root(doc, 'threats'), id, registers);
  }
  source = new SnapshotSource(doc);
  stops.push(() => source.dispose());
});
afterEach(() => {
  for (const stop of stops) stop();
  vi.useRealTimers();
});

/** A moderator at work on the same copy of the session. */
function moderator(name: string) {
  // Clients of their own: the server says in each state who it is.
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalStateField('user', { id: name, name, role: 'moderator' });
  const desk = { doc, me: { id: name, name, role: 'moderator' as const } };
  const work = new TriageWork({ desk: () => desk, snapshot: () => source.get(), awareness });
  stops.push(() => {
    work.dispose();
    awareness.destroy();
  });
  return { work, awareness, at: () => work.get().item?.id };
}

const tell = (from: Awareness, to: Awareness) =>
  applyAwarenessUpdate(to, encodeAwarenessUpdate(from, [from.clientID]), 'test');

const ORDER = ['early', 'late', 'GEN-D/shape:f-upload', 'GEN-T/shape:f-bluetooth', 'GEN-I/shape:f-bluetooth'];

describe('the queue', () => {
  test('has proposals first, the oldest first, then suggestions by what they are worth', () => {
    expect(queueOf(source.get()).map(({ id }) => id)).toEqual(ORDER);
  });

  test('has suggestions on the crossing that the team looks at before the others', () => {
    root(doc, 'session').get(SESSION_ENTRY)!.set('crossing', 'shape:f-bluetooth');
    vi.advanceTimersByTime(100);
    expect(queueOf(source.get()).map(({ id }) => id)).toEqual([
      ...ORDER.slice(0, 2),
      ORDER[3],
      ORDER[4],
      ORDER[2],
    ]);
  });

  test('has nothing that was judged, withdrawn or merged', () => {
    putEntry(root(doc, 'triage'), ORDER[3]!, {
      verdict: 'dismissed',
      reason: 'No',
      by: { id: 'b', name: 'Ben' },
      at: 1,
    });
    root(doc, 'suggestions').get(ORDER[2]!)!.set('stale', true);
    root(doc, 'threats').get('late')!.set('status', 'rejected');
    vi.advanceTimersByTime(100);
    expect(queueOf(source.get()).map(({ id }) => id)).toEqual(['early', ORDER[4]]);
  });

  test('holds what is on a flow beside what is on its ends', () => {
    const { model } = source.get();
    const flow = model.flows.find(({ id }) => id === 'shape:f-bluetooth')!;
    const item = queueOf(source.get()).find(({ target }) => target === flow.id)!;
    expect(compared(item, model).near).toEqual([flow.source, flow.target]);
  });
});

describe('the way through it', () => {
  test('goes on at once, without waiting for what the panels show', () => {
    const { work, at } = moderator('Mona');
    work.enter();
    for (const id of ORDER) {
      expect(at()).toBe(id);
      work.accept();
    }
    expect(at()).toBeUndefined();
    expect(readThreats(doc).filter(({ status }) => status === 'open')).toHaveLength(5);
  });

  test('passes over what another moderator has in front, which stays in reach', () => {
    const [mona, ben] = [moderator('Mona'), moderator('Ben')];
    mona.work.enter();
    tell(mona.awareness, ben.awareness);
    ben.work.enter();
    expect([mona.at(), ben.at()]).toEqual(['early', 'late']);
    tell(ben.awareness, mona.awareness);
    mona.work.step(1);
    expect(mona.at()).toBe(ORDER[2]);
    mona.work.step(-1);
    mona.work.accept();
    expect(mona.at()).toBe(ORDER[2]);
    mona.work.open(queueOf(source.get())[1]!);
    expect(mona.at()).toBe('late');
    expect(mona.work.get().others.get('late')).toBe('Ben');
  });

  test('a verdict on what somebody else has decided meanwhile only leads on', () => {
    const { work, at } = moderator('Mona');
    work.enter();
    root(doc, 'threats').get('early')!.set('status', 'open');
    vi.advanceTimersByTime(100);
    work.refresh();
    expect(at()).toBe('early');
    expect(work.settledBecause(work.get().item!)).toBe('Somebody decided this already.');
    work.dismiss('No');
    expect(at()).toBe('late');
    expect(readThreats(doc).find(({ id }) => id === 'early')).toMatchObject({
      status: 'open',
      justification: '',
    });
    expect(work.get().log).toEqual([]);
  });

  test('goes on from where it was after what somebody else has decided, not from the start', () => {
    const { work, at } = moderator('Mona');
    work.open(work.queue[2]!);
    putEntry(root(doc, 'triage'), ORDER[2]!, {
      ...{ verdict: 'dismissed', reason: 'No', by: { id: 'b', name: 'Ben' }, at: 1 },
    });
    vi.advanceTimersByTime(100);
    work.refresh();
    work.accept();
    expect(at()).toBe(ORDER[3]);
  });

  test('takes back one after the other, each in front again with what was said of it', () => {
    const { work, at } = moderator('Mona');
    work.enter();
    work.dismiss('No');
    work.step(1);
    work.amend({ severity: 'high' });
    work.toggle('S');
    work.accept();
    expect(readTriage(doc)).toHaveLength(1);
    work.undo();
    expect(readTriage(doc)).toEqual([]);
    expect(at()).toBe(ORDER[2]);
    expect(work.detailsOf(work.get().item!)).toMatchObject({ severity: 'high', stride: ['S', 'D'] });
    work.undo();
    expect(at()).toBe('early');
    expect(work.queue.map(({ id }) => id)).toEqual(ORDER);
    work.undo();
    expect(work.get().log.every(({ undone }) => undone)).toBe(true);
  });

  test('what is said of a proposal is said to all at once, and can be taken back', () => {
    const { work } = moderator('Mona');
    work.enter();
    work.amend({ tags: ['radio'] });
    work.toggle('D');
    work.toggle('S');
    work.toggle('D');
    const early = () => readThreats(doc).find(({ id }) => id === 'early');
    expect(early()).toMatchObject({ tags: ['radio'], stride: ['D'], status: 'proposed' });
    for (let i = 0; i < 3; i++) work.undo();
    expect(early()).toMatchObject({ tags: [], stride: ['S'] });
  });

  test('starts when something comes in, and shows nothing when it is left', () => {
    for (const name of ['suggestions', 'threats'] as const) root(doc, name).clear();
    vi.advanceTimersByTime(100);
    const { work, awareness, at } = moderator('Mona');
    work.enter();
    expect(at()).toBeUndefined();
    const { id, ...registers } = someThreat({ id: 'new', status: 'proposed' });
    putEntry(root(doc, 'threats'), id, registers);
    vi.advanceTimersByTime(100);
    work.refresh();
    expect(awareness.getLocalState()?.triage).toBe('new');
    work.leave();
    expect(awareness.getLocalState()?.triage).toBeNull();
  });
});

describe('what happened to the item in front meanwhile', () => {
  test('is said in a sentence: deleted by its author, or its cause is gone', () => {
    const { work } = moderator('Mona');
    const [proposal, , suggestion] = work.queue;
    expect(work.settledBecause(proposal!)).toBeNull();
    root(doc, 'threats').delete(proposal!.id);
    root(doc, 'suggestions').delete(suggestion!.id);
    expect(work.settledBecause(proposal!)).toBe('This was deleted.');
    expect(work.settledBecause(suggestion!)).toBe('This is not suggested any more.');
  });

  test('what changes nothing is no decision, and a notice stays long enough to be read', () => {
    const { work } = moderator('Mona');
    work.enter();
    work.amend({ severity: null });
    expect(work.get().log).toEqual([]);
    work.dismiss('No');
    work.undo();
    work.step(1);
    expect(work.get().notice).toContain('The early one');
    vi.advanceTimersByTime(5000);
    work.step(1);
    expect(work.get().notice).toBe('');
  });
});
