import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRecords } from '#shared/document/board.ts';
import { root } from '#shared/document/document.ts';
import { CATALOGUE } from '#shared/stride/catalogue.ts';
import { seedDocument } from '#shared/templates/templates.ts';
import { addThreat, addWorkflow } from './commands.ts';
import {
  alsoOn,
  fromBoard,
  highlightsOf,
  NO_FOCUS,
  onCell,
  onShapes,
  onThreat,
  onWorkflow,
} from './focus.ts';
import { derive } from './snapshot.ts';

const BLUETOOTH = 'shape:f-bluetooth';
const UPLOAD = 'shape:f-upload';

const doc = new Y.Doc();
Y.applyUpdate(doc, seedDocument('wearable-sensor', { title: 'Patch', method: 'per-crossing' }));
const desk = { doc, me: { id: 'm', name: 'Mona', role: 'moderator' as const } };
const onFlow = addThreat(desk, { title: 'On the flow', stride: ['T'], target: BLUETOOTH });
const onApp = addThreat(desk, { title: 'On the app', stride: ['S', 'T'], target: 'shape:app' });
const pairing = addWorkflow(desk, [UPLOAD, BLUETOOTH, 'shape:gone'])!;
const snapshot = derive(doc, readRecords(root(doc, 'board')), CATALOGUE);
const lit = (focus: Parameters<typeof highlightsOf>[0]) => highlightsOf(focus, snapshot);

test('nothing is lit while nothing is looked at', () => {
  expect(lit(NO_FOCUS)).toEqual({ rows: new Set(), threats: new Set(), shapes: [] });
});

test('a cell lights its row, its threats, and on the board what they are on', () => {
  const { rows, threats, shapes } = lit(onCell(BLUETOOTH, 'T'));
  expect(rows).toEqual(new Set([BLUETOOTH]));
  expect(threats).toEqual(new Set([onFlow, onApp]));
  expect(shapes).toEqual([BLUETOOTH, 'shape:app']);
});

test('a cell leaves the threats of its row’s other letters dark', () => {
  expect(lit(onCell(BLUETOOTH, 'S')).threats).toEqual(new Set([onApp]));
});

test('a flow lights its own row only, an element every row that it is an end of', () => {
  expect(lit(onShapes([BLUETOOTH])).rows).toEqual(new Set([BLUETOOTH]));
  expect(lit(onShapes(['shape:app'])).rows).toEqual(new Set([BLUETOOTH, UPLOAD]));
});

test('a shape lights the threats that are on it', () => {
  expect(lit(onShapes(['shape:app'])).threats).toEqual(new Set([onApp]));
});

test('a threat lights itself, its rows, and its shape on the board', () => {
  const threat = snapshot.threats.find(({ id }) => id === onApp)!;
  const { rows, threats, shapes } = lit(onThreat(threat));
  expect(rows).toEqual(new Set([BLUETOOTH, UPLOAD]));
  expect(threats).toEqual(new Set([onApp]));
  expect(shapes).toEqual(['shape:app']);
});

test('a workflow lights its flows that are there, in their order, and selects none', () => {
  const focus = onWorkflow(pairing);
  expect(lit(focus)).toEqual({
    rows: new Set([UPLOAD, BLUETOOTH]),
    threats: new Set(),
    shapes: [UPLOAD, BLUETOOTH],
  });
  expect(focus.shapes).toEqual([]);
  expect(lit(onWorkflow('gone')).shapes).toEqual([]);
  // Clearing the board's selection for it is no other choice.
  expect(fromBoard(focus, [])).toBe(focus);
});

test('what was deleted meanwhile gets no outline', () => {
  const gone = { ...snapshot.threats[0]!, target: 'shape:gone' };
  expect(lit(onThreat(gone)).shapes).toEqual([]);
});

test('the board’s echo of a choice keeps the choice, another selection replaces it', () => {
  const cell = onCell(BLUETOOTH, 'T');
  expect(fromBoard(cell, [BLUETOOTH])).toBe(cell);
  expect(fromBoard(cell, ['shape:app'])).toEqual(onShapes(['shape:app']));
  expect(fromBoard(cell, [])).toEqual(NO_FOCUS);
});

test('a thing that is named in a cell is selected without closing the cell', () => {
  const focus = alsoOn(onCell(BLUETOOTH, 'T'), 'shape:app');
  expect(focus).toEqual({ ...onCell(BLUETOOTH, 'T'), shapes: ['shape:app'] });
  expect(fromBoard(focus, ['shape:app'])).toBe(focus);
});
