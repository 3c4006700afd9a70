import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readModel } from '#shared/dfd/read-model.ts';
import type { Json } from '#shared/document/board.ts';
import {
  putEntry,
  ROOTS,
  readFollowups,
  readHands,
  readSession,
  readThreats,
  readTriage,
  readWorkflows,
  root,
  SESSION_ENTRY,
} from '#shared/document/document.ts';
import { type EntryChange, LIMITS, MOST, refuse, type Writer } from '#shared/document/rights.ts';
import type { Role } from '#shared/document/roles.ts';
import type { Suggestion } from '#shared/document/threats.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { catalogueFor } from '#shared/stride/choices.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { wearableSensor } from '#shared/templates/wearable-sensor.ts';
import { LOCAL_EDIT } from '../board/origin.ts';
import {
  acceptSuggestion,
  addFollowup,
  addThreat,
  addWorkflow,
  type Desk,
  deleteFollowup,
  deleteThreat,
  deleteWorkflow,
  dismissSuggestion,
  editFollowup,
  editSession,
  editShape,
  editThreat,
  editWorkflow,
  lockBoard,
  lockEverything,
  lockShapes,
  lowerHand,
  raiseHand,
  ruleOut,
  switchRule,
  undoVerdict,
} from './commands.ts';
import { EXAMPLE_RULES } from './rules.ts';

const SUGGESTION: Suggestion = {
  id: 'GEN-T/shape:f-bluetooth',
  rule: 'GEN-T',
  target: 'shape:f-bluetooth',
  stride: 'T',
  why: { part: 'flow', flows: ['shape:f-bluetooth'], facts: [], boundaries: ['shape:b-sensor'] },
  rank: 20,
  stale: false,
  change: null,
};
const NEW = { title: 'A fake sensor', stride: ['S' as const], target: 'shape:sensor' };

const { elements, flows } = readModel(new Map(wearableSensor.records().map(record => [record.id, record])));
const thing = (id: string) => [...elements, ...flows].find(each => each.id === id)!;

const person = (role: Role, name = role): Writer => ({ id: `id-${name}`, name, role });

/** The seeded example, with the one suggestion that the server made in it. */
function deskOf(me: Writer): Desk {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Patch', method: 'per-crossing' }));
  const { id, ...registers } = SUGGESTION;
  putEntry(root(doc, 'suggestions'), id, registers);
  return { doc, me };
}

/** What the server would say to everything that `act` writes: the reasons of what it refuses. */
function refusals(desk: Desk, act: () => void): string[] {
  const before = contentOf(desk.doc);
  act();
  const after = contentOf(desk.doc);
  const changes: EntryChange[] = ROOTS.flatMap(name =>
    [...new Set([...before[name].keys(), ...after[name].keys()])]
      .map(entry => ({
        root: name,
        entry,
        before: before[name].get(entry) ?? null,
        after: after[name].get(entry) ?? null,
      }))
      .filter(change => JSON.stringify(change.before) !== JSON.stringify(change.after)),
  );
  expect(changes).not.toEqual([]);
  return changes
    .map(change => refuse(desk.me, change, { locked: false, proposing: true }))
    .filter(reason => reason !== null);
}

const contentOf = (doc: Y.Doc) =>
  Object.fromEntries(
    ROOTS.map(name => [
      name,
      new Map([...root(doc, name)].map(([id, entry]) => [id, entry.toJSON() as Record<string, Json>])),
    ]),
  ) as Record<(typeof ROOTS)[number], Map<string, Record<string, Json>>>;

const threatOf = ({ doc }: Desk) => readThreats(doc)[0]!;

describe('what a participant writes, the server takes', () => {
  test('a new threat is proposed, under their name and without a number', () => {
    const desk = deskOf(person('participant'));
    expect(refusals(desk, () => addThreat(desk, NEW))).toEqual([]);
    expect(threatOf(desk)).toMatchObject({
      ...NEW,
      status: 'proposed',
      number: null,
      by: { id: 'id-participant', name: 'participant' },
    });
  });

  test('their own proposed threat is theirs to edit and to delete', () => {
    const desk = deskOf(person('participant'));
    const id = addThreat(desk, NEW);
    expect(
      refusals(desk, () => editThreat(desk, id, { title: 'A cloned sensor', stride: ['S', 'T'] })),
    ).toEqual([]);
    expect(threatOf(desk).title).toBe('A cloned sensor');
    expect(refusals(desk, () => deleteThreat(desk, threatOf(desk)))).toEqual([]);
  });

  test('their hand is theirs to raise and to put down, another’s is not', () => {
    const desk = deskOf(person('participant'));
    expect(refusals(desk, () => raiseHand(desk, 5))).toEqual([]);
    expect(readHands(desk.doc)).toEqual([
      { id: 'id-participant', by: { id: 'id-participant', name: 'participant' }, at: 5 },
    ]);
    lowerHand({ doc: desk.doc, me: { ...desk.me, id: 'another' } }, 'id-participant');
    expect(readHands(desk.doc)).toHaveLength(1);
    expect(refusals(desk, () => lowerHand(desk, 'id-participant'))).toEqual([]);
    const observer = deskOf(person('observer'));
    raiseHand(observer, 5);
    expect(readHands(observer.doc)).toEqual([]);
  });

  test('what holds a locked shape is locked with it, and a ring of holders ends', () => {
    const desk = deskOf(person('moderator'));
    const board = root(desk.doc, 'board');
    const isShapeLocked = (id: string) => board.get(id)?.get('isLocked') === true;
    const holder = String((board.get('shape:sensor')!.get('place') as string[])[0]);
    expect(holder).toMatch(/^shape:/);
    lockShapes(desk, ['shape:sensor'], true);
    expect([holder, 'shape:sensor'].map(isShapeLocked)).toEqual([true, true]);
    lockShapes(desk, ['shape:sensor'], false);
    expect([holder, 'shape:sensor'].map(isShapeLocked)).toEqual([true, false]);
    board.get(holder)!.set('place', ['shape:sensor', 'a1']);
    lockShapes(desk, ['shape:sensor'], true);
    expect(isShapeLocked('shape:sensor')).toBe(true);
  });

  test('what a moderator locked is left as it is', () => {
    const desk = deskOf(person('participant'));
    lockShapes({ doc: desk.doc, me: person('moderator') }, ['shape:sensor'], true);
    const before = JSON.stringify(root(desk.doc, 'board').toJSON());
    editShape(desk, 'shape:sensor', { 'props.name': 'Mine' });
    lockShapes(desk, ['shape:sensor'], false);
    lockEverything(desk, true);
    expect(JSON.stringify(root(desk.doc, 'board').toJSON())).toBe(before);
  });

  test('a question or an action is noted, and theirs to change and to delete', () => {
    const desk = deskOf(person('participant'));
    const noted = { kind: 'action', text: 'Ask', owner: 'Ana', due: '2027-01-31', about: '' } as const;
    expect(refusals(desk, () => addFollowup(desk, noted))).toEqual([]);
    const [followup] = readFollowups(desk.doc);
    expect(followup).toMatchObject({ ...noted, done: false, by: { id: 'id-participant' } });
    expect(refusals(desk, () => editFollowup(desk, followup!, { done: true, due: '' }))).toEqual([]);
    expect(readFollowups(desk.doc)).toMatchObject([{ done: true, due: '' }]);
    expect(refusals(desk, () => deleteFollowup(desk, followup!))).toEqual([]);
  });

  test('what others noted stays as it is; who looks on notes nothing', () => {
    const desk = deskOf(person('moderator'));
    const noted = { kind: 'question', text: 'Who?', owner: '', due: '', about: '' } as const;
    addFollowup(desk, noted);
    const [followup] = readFollowups(desk.doc);
    const guest = { ...desk, me: person('participant') };
    editFollowup(guest, followup!, { text: 'What?' });
    deleteFollowup(guest, followup!);
    addFollowup({ ...desk, me: person('observer') }, noted);
    expect(readFollowups(desk.doc)).toEqual([followup]);
  });

  test('a workflow is marked, named, reordered and deleted', () => {
    const desk = deskOf(person('participant'));
    const flows = ['shape:f-bluetooth', 'shape:f-upload'];
    let id = '';
    expect(refusals(desk, () => (id = addWorkflow(desk, flows)!))).toEqual([]);
    expect(readWorkflows(desk.doc)).toEqual([{ id, name: 'Workflow 1', flows }]);
    const edit = { name: 'Daily upload', flows: flows.toReversed() };
    expect(refusals(desk, () => editWorkflow(desk, id, edit))).toEqual([]);
    expect(readWorkflows(desk.doc)).toEqual([{ id, ...edit }]);
    expect(refusals(desk, () => deleteWorkflow(desk, id))).toEqual([]);
    expect(readWorkflows(desk.doc)).toEqual([]);
  });

  test('a workflow of more flows or a longer name than there is room for is cut', () => {
    const desk = deskOf(person('participant'));
    const flows = Array.from({ length: MOST.flows + 9 }, (_, i) => `shape:${i}`);
    let id = '';
    expect(refusals(desk, () => (id = addWorkflow(desk, flows)!))).toEqual([]);
    expect(
      refusals(desk, () => editWorkflow(desk, id, { name: 'n'.repeat(999), flows: flows.slice(3) })),
    ).toEqual([]);
    expect(readWorkflows(desk.doc)[0]!.name).toHaveLength(LIMITS.title);
  });

  test('a shape is edited as a step that undo on the board takes back', () => {
    const desk = deskOf(person('participant'));
    const origins: unknown[] = [];
    desk.doc.on('afterTransaction', ({ origin }: Y.Transaction) => origins.push(origin));
    expect(refusals(desk, () => editShape(desk, 'shape:app', { 'props.name': 'Companion app' }))).toEqual([]);
    expect(origins).toContain(LOCAL_EDIT);
  });
});

describe('what a moderator writes, the server takes', () => {
  test('all that is drawn is locked and opened in one step each, on every page, and any hand is put down', () => {
    const desk = deskOf(person('moderator'));
    let steps = 0;
    desk.doc.on('afterTransaction', ({ origin }) => {
      if (origin === LOCAL_EDIT) steps++;
    });
    const locked = () =>
      [...root(desk.doc, 'board').values()].filter(entry => entry.get('isLocked') === true).length;
    expect(refusals(desk, () => lockEverything(desk, true))).toEqual([]);
    expect(locked()).toBe([...root(desk.doc, 'board').keys()].filter(id => id.startsWith('shape:')).length);
    expect(refusals(desk, () => lockEverything(desk, false))).toEqual([]);
    expect([locked(), steps]).toEqual([0, 2]);
    raiseHand({ doc: desk.doc, me: person('participant') }, 5);
    expect(refusals(desk, () => lowerHand(desk, 'id-participant'))).toEqual([]);
  });

  test('an accepted suggestion becomes an open threat and its verdict, in one update', () => {
    const desk = deskOf(person('moderator'));
    let updates = 0;
    desk.doc.on('update', () => updates++);
    expect(refusals(desk, () => acceptSuggestion(desk, SUGGESTION, CATALOGUE))).toEqual([]);
    expect(updates).toBe(1);
    expect(threatOf(desk)).toMatchObject({
      id: `from:${SUGGESTION.id}`,
      status: 'open',
      suggestion: SUGGESTION.id,
      description: CATALOGUE.rule('GEN-T')!.explanation,
      mitigation: CATALOGUE.rule('GEN-T')!.control,
    });
    expect(readTriage(desk.doc)).toMatchObject([{ id: SUGGESTION.id, verdict: 'accepted', reason: '' }]);
  });

  test('accepting twice makes one threat and keeps what was edited in it', () => {
    const desk = deskOf(person('moderator'));
    const id = acceptSuggestion(desk, SUGGESTION, CATALOGUE);
    editThreat(desk, id, { title: 'Readings altered on the way' });
    acceptSuggestion(desk, SUGGESTION, CATALOGUE);
    expect(readThreats(desk.doc).map(({ title }) => title)).toEqual(['Readings altered on the way']);
  });

  test('an accepted suggestion of one of the team’s own rules has its title', () => {
    const desk = deskOf(person('moderator'));
    root(desk.doc, 'session').get(SESSION_ENTRY)!.set('rules', EXAMPLE_RULES);
    const own = { ...SUGGESTION, id: 'OWN-1/shape:f-bluetooth', rule: 'OWN-1' };
    acceptSuggestion(desk, own, catalogueFor(CATALOGUE, readSession(desk.doc)));
    expect(threatOf(desk).title).toBe('The service port is used by somebody who is not from our service');
  });

  test('a deleted threat opens its suggestion again', () => {
    const desk = deskOf(person('moderator'));
    acceptSuggestion(desk, SUGGESTION, CATALOGUE);
    expect(refusals(desk, () => deleteThreat(desk, threatOf(desk)))).toEqual([]);
    expect(readTriage(desk.doc)).toEqual([]);
  });

  test('a suggestion is dismissed with a reason, and opened again', () => {
    const desk = deskOf(person('moderator'));
    expect(refusals(desk, () => dismissSuggestion(desk, SUGGESTION, 'Out of reach'))).toEqual([]);
    expect(readTriage(desk.doc)).toMatchObject([{ verdict: 'dismissed', reason: 'Out of reach' }]);
    expect(refusals(desk, () => undoVerdict(desk, SUGGESTION.id))).toEqual([]);
  });

  test('the title and the scope of the session change without touching what the server keeps there', () => {
    const desk = deskOf(person('moderator'));
    root(desk.doc, 'session').get(SESSION_ENTRY)!.set('lastThreat', 7);
    expect(refusals(desk, () => editSession(desk, { title: 'Patch 2', scope: 'All of it' }))).toEqual([]);
    expect(root(desk.doc, 'session').get(SESSION_ENTRY)!.get('lastThreat')).toBe(7);
  });

  test('a letter is ruled out for a thing with a reason, and taken back', () => {
    const desk = deskOf(person('moderator'));
    expect(refusals(desk, () => ruleOut(desk, 'S', thing('shape:app'), 'Nobody signs in'))).toEqual([]);
    expect(readTriage(desk.doc)).toMatchObject([
      { id: 'S/shape:app', verdict: 'dismissed', reason: 'Nobody signs in', by: { name: 'moderator' } },
    ]);
    expect(refusals(desk, () => undoVerdict(desk, 'S/shape:app'))).toEqual([]);
  });

  test('a letter of a flow that was drawn anew is ruled out for the flow whose place it took', () => {
    const desk = deskOf(person('moderator'));
    root(desk.doc, 'session').get(SESSION_ENTRY)!.set('heirs', { 'shape:new': 'shape:old' });
    ruleOut(desk, 'T', { ...thing('shape:f-bluetooth'), id: 'shape:new' }, 'Read only');
    expect(readTriage(desk.doc)).toMatchObject([{ id: 'T/shape:old' }]);
  });

  test('the method and the rules of the session are chosen', () => {
    const desk = deskOf(person('moderator'));
    expect(refusals(desk, () => editSession(desk, { method: 'per-element' }))).toEqual([]);
    expect(refusals(desk, () => switchRule(desk, 'GEN-T', false))).toEqual([]);
    switchRule(desk, 'GEN-S', false);
    expect(readSession(desk.doc)).toMatchObject({
      ...{ method: 'per-element', rulesOff: ['GEN-S', 'GEN-T'] },
    });
    switchRule(desk, 'GEN-S', true);
    expect(readSession(desk.doc).rulesOff).toEqual(['GEN-T']);
  });

  test('the board is locked and opened without a trace', () => {
    const desk = deskOf(person('moderator'));
    const registers = () => root(desk.doc, 'session').get(SESSION_ENTRY)!.toJSON();
    const before = registers();
    expect(refusals(desk, () => lockBoard(desk, true))).toEqual([]);
    expect(readSession(desk.doc).locked).toBe(true);
    expect(refusals(desk, () => lockBoard(desk, false))).toEqual([]);
    expect(registers()).toEqual(before);
  });

  test('another person’s threat is judged and keeps its author', () => {
    const desk = deskOf(person('participant'));
    const id = addThreat(desk, NEW);
    const moderator = { ...desk, me: person('moderator') };
    expect(refusals(moderator, () => editThreat(moderator, id, { status: 'mitigated' }))).toEqual([]);
    expect(threatOf(desk)).toMatchObject({ status: 'mitigated', by: { name: 'participant' } });
  });
});

test('an edit of what somebody deleted meanwhile brings nothing back', () => {
  const desk = deskOf(person('moderator'));
  const id = addThreat(desk, NEW);
  deleteThreat(desk, threatOf(desk));
  editThreat(desk, id, { title: 'Too late' });
  editShape(desk, 'shape:gone', { 'props.name': 'Too late' });
  expect(readThreats(desk.doc)).toEqual([]);
  expect(root(desk.doc, 'board').has('shape:gone')).toBe(false);
});

test('a participant’s edit of a shape that comes after the lock is not written', () => {
  const moderator = deskOf(person('moderator'));
  const participant = { ...moderator, me: person('participant') };
  lockBoard(moderator, true);
  const before = contentOf(moderator.doc);
  editShape(participant, 'shape:app', { 'props.name': 'Too late' });
  expect(contentOf(moderator.doc)).toEqual(before);
  editShape(moderator, 'shape:app', { 'props.name': 'In time' });
  expect(root(moderator.doc, 'board').get('shape:app')!.get('props.name')).toBe('In time');
});

test('a participant’s change of the workflows that comes after the lock is not written', () => {
  const moderator = deskOf(person('moderator'));
  const participant = { ...moderator, me: person('participant') };
  const id = addWorkflow(participant, [])!;
  lockBoard(moderator, true);
  expect(addWorkflow(participant, [])).toBeNull();
  editWorkflow(participant, id, { name: 'Too late' });
  deleteWorkflow(participant, id);
  expect(readWorkflows(moderator.doc)).toMatchObject([{ id, name: 'Workflow 1' }]);
});

test('writing what stands there already sends nothing', () => {
  const desk = deskOf(person('moderator'));
  let updates = 0;
  desk.doc.on('update', () => updates++);
  editShape(desk, 'shape:app', { 'props.name': 'Phone app', 'meta.technology': undefined });
  editSession(desk, { title: 'Patch' });
  expect(updates).toBe(0);
});
