import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { putRecord } from '../../document/board.ts';
import { putEntry, root } from '../../document/document.ts';
import { fromDocument, toRecords, toThreat } from '../session.ts';
import {
  type Box,
  type Diagram,
  type End,
  FormatError,
  type Point,
  type ThreatModel,
} from '../threat-model.ts';
import { threatDragon } from './format.ts';
import { again, fixtures, readFixture, sourceOf, written } from './testing.ts';

const V1 = fixtures(1);
const V2 = fixtures(2);

const countsOf = ({ diagrams, threats }: ThreatModel) => ({
  diagrams: diagrams.length,
  elements: diagrams.flatMap(({ elements }) => elements).length,
  flows: diagrams.flatMap(({ flows }) => flows).length,
  boundaries: diagrams.flatMap(({ boundaries }) => boundaries).length,
  notes: diagrams.flatMap(({ notes }) => notes).length,
  threats: threats.length,
});

/** Diagrams, elements, flows, boundaries, notes and threats, as testing/models/ORIGINS.md counts them (notes it doesn't). */
const COUNTS: Record<string, [number, number, number, number, number, number]> = {
  'threat-dragon-v1/demo-threat-model.json': [1, 7, 10, 4, 0, 14],
  'threat-dragon-v1/enter-the-dragon-4.json': [2, 3, 4, 2, 0, 3],
  'threat-dragon-v1/v1-test-model.json': [2, 4, 1, 1, 0, 0],
  'threat-dragon-v2/cryptocurrency-wallet.json': [1, 15, 17, 2, 1, 1],
  'threat-dragon-v2/generic-cms.json': [1, 5, 5, 1, 1, 0],
  'threat-dragon-v2/iot-device.json': [1, 11, 14, 1, 1, 4],
  'threat-dragon-v2/online-game.json': [1, 12, 17, 3, 1, 0],
  'threat-dragon-v2/payment-online.json': [1, 5, 10, 3, 1, 0],
  'threat-dragon-v2/renting-car.json': [1, 15, 15, 3, 1, 0],
  'threat-dragon-v2/test-reports.json': [7, 24, 9, 4, 2, 8],
  'threat-dragon-v2/three-tier-web-app.json': [1, 3, 3, 2, 1, 2],
  'threat-dragon-v2/v2-threat-model.json': [1, 7, 10, 3, 1, 14],
};

describe('published models', () => {
  it('are all counted here', () => {
    expect(Object.keys(COUNTS).sort()).toEqual([...V1, ...V2].sort());
  });

  it.each(Object.entries(COUNTS))('%s is read whole', (path, counts) => {
    const { model, skipped } = readFixture(path);
    expect(Object.values(countsOf(model))).toEqual(counts);
    expect(skipped).toEqual([]);
  });

  it.each(V2)('%s comes back the same from the file that we write of it', path => {
    const { model } = readFixture(path);
    expect(again(model)).toEqual(model);
  });

  it.each(V1)('%s becomes a file of release 2 that says the same', path => {
    const { model } = readFixture(path);
    expect(again(model)).toEqual(model);
  });
});

const tally = (words: (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[String(word)] = (counts[String(word)] ?? 0) + 1;
  return counts;
};
const modelOf = (path: string): ThreatModel => readFixture(path).model;
const allOf = <T>(model: ThreatModel, list: (diagram: Diagram) => T[]): T[] => model.diagrams.flatMap(list);

describe('what a published model says', () => {
  const demo = modelOf('threat-dragon-v2/v2-threat-model.json');

  it('is on its threats: category, status and severity', () => {
    expect(tally(demo.threats.map(({ stride }) => stride.join('')))).toEqual({ I: 10, T: 1, S: 1, D: 2 });
    expect(tally(demo.threats.map(({ status }) => status))).toEqual({ open: 10, mitigated: 4 });
    expect(
      tally(modelOf('threat-dragon-v1/enter-the-dragon-4.json').threats.map(({ status }) => status)),
    ).toEqual({
      open: 1,
      mitigated: 1,
      rejected: 1,
    });
    const reports = modelOf('threat-dragon-v2/test-reports.json').threats;
    expect(tally(reports.map(({ stride, category }) => stride.join('') || category))).toEqual({
      S: 7,
      Distributed: 1,
    });
    const iot = modelOf('threat-dragon-v2/iot-device.json').threats;
    expect(tally(iot.map(({ stride }) => stride.join('')))).toEqual({ T: 2, E: 1, S: 1 });
    expect(iot.every(({ target }) => target !== '')).toBe(true);
    const [wallet] = modelOf('threat-dragon-v2/cryptocurrency-wallet.json').threats;
    expect(wallet).toMatchObject({ stride: [], category: 'Integrity', status: 'open' });
  });

  it('leaves a severity that is still to be decided open, and keeps its word', () => {
    const undecided = fixtures(2)
      .flatMap(path => modelOf(path).threats)
      .filter(({ severity }) => severity === null);
    expect(undecided.map(({ foreign }) => foreign)).toEqual([
      { 'threat-dragon': expect.objectContaining({ severity: 'TBA' }) },
    ]);
  });

  it('is on its flows and stores, where our vocabulary has it', () => {
    const request = allOf(demo, ({ flows }) => flows).find(({ name }) => name === 'Web Request')!;
    expect(request.attributes).toEqual({ encrypted: 'yes', protocol: 'https' });
    expect(request.foreign).toMatchObject({
      'threat-dragon': { data: { protocol: 'HTTP/S', isPublicNetwork: true } },
    });
    const config = allOf(demo, ({ elements }) => elements).find(({ name }) => name === 'Worker Config')!;
    expect(config.attributes).toEqual({ stores: ['credentials'] });
  });

  it('keeps what is out of scope, and why', () => {
    const [browser] = allOf(modelOf('threat-dragon-v1/enter-the-dragon-4.json'), ({ elements }) =>
      elements.filter(({ kind }) => kind === 'external_entity'),
    );
    expect(browser!.foreign).toMatchObject({
      'threat-dragon': { data: { outOfScope: true, reasonOutOfScope: expect.stringContaining('browser') } },
    });
  });

  it('has curved boundaries through their vertices, smooth in between', () => {
    const [curve] = demo.diagrams[0]!.boundaries.filter(({ line }) => line);
    expect(curve!.line).toContainEqual([333, 117]);
    expect(curve!.line).toContainEqual([432, 180]);
    expect(curve!.line!.length).toBe(3 * 16 + 1);
    expect(turns(curve!.line!)).toBeLessThan(0.5);
  });

  it('has flows whose ends are free', () => {
    const flows = allOf(modelOf('threat-dragon-v2/test-reports.json'), ({ flows }) => flows);
    const free = flows.filter(({ source, target }) => 'point' in source || 'point' in target);
    expect(free).toHaveLength(5);
    for (const { source, target } of free)
      for (const end of [source, target]) if ('point' in end) expect(end.point).not.toBeNull();
  });

  it('puts things into the boundary around them', () => {
    const { diagrams } = modelOf('threat-dragon-v2/three-tier-web-app.json');
    const { elements, boundaries } = diagrams[0]!;
    const name = (id: string | null) => boundaries.find(boundary => boundary.id === id)?.name;
    expect(tally(elements.map(({ boundary }) => name(boundary) ?? null))).toEqual({
      Internet: 1,
      'Public Cloud': 2,
    });
  });
});

/** The sharpest turn of a line, in radians. */
function turns(line: readonly Point[]): number {
  const angles = line.slice(1).map(([x, y], i) => Math.atan2(y - line[i]![1], x - line[i]![0]));
  return Math.max(
    ...angles.slice(1).map((angle, i) => {
      const turn = Math.abs(angle - angles[i]!);
      return Math.min(turn, 2 * Math.PI - turn);
    }),
  );
}

const cell = (id: string, shape: string, data: object, more: object = {}) => ({
  ...{ id, shape, position: { x: 0, y: 0 }, size: { width: 100, height: 100 }, zIndex: 1 },
  data: { name: id, description: '', ...data },
  ...more,
});
const fileOf = (...diagrams: object[][]) => ({
  version: '2.3.0',
  summary: { title: 'T' },
  detail: { diagrams: diagrams.map((cells, id) => ({ id, title: `D${id}`, cells })) },
});
const read = (file: object) => threatDragon.read!(sourceOf(file));

describe('ids', () => {
  it('of threats come from what stays the same where a file has none', () => {
    const threats = [
      { ruleId: 'r1', title: 'A' },
      { number: 7, title: 'B' },
      { title: 'C' },
      { threatId: 'own' },
    ];
    const { model } = read(fileOf([cell('pump', 'process', { threats })]));
    expect(model.threats.map(({ id }) => id)).toEqual(['pump/r1', 'pump/T7', 'pump/C', 'own']);
  });

  it('that a copied diagram has again are told apart, and its flows end in the copy', () => {
    const cells = [
      cell('pump', 'process', { threats: [{ id: 't', title: 'A' }] }),
      cell('app', 'actor', {}),
      cell('dose', 'flow', {}, { source: { cell: 'app' }, target: { cell: 'pump' } }),
    ];
    const { model } = read(fileOf(cells, cells));
    expect(model.diagrams[1]!.flows[0]).toMatchObject({
      id: 'dose~2',
      source: { element: 'app~2' },
      target: { element: 'pump~2' },
    });
    expect(model.threats.map(({ id, target }) => [id, target])).toEqual([
      ['t', 'pump'],
      ['t~2', 'pump~2'],
    ]);
  });
});

describe('what a file has that is not as it should be', () => {
  it('is said, with its place', () => {
    const { skipped } = read(
      fileOf([
        cell('a1', 'cloud', {}),
        cell('f1', 'flow', {}, { source: { cell: 'gone' }, target: { x: 1, y: 2 } }),
        cell('p1', 'process', { threats: [3], privilegeLevel: 4 }),
      ]),
    );
    expect(skipped.map(({ where }) => where)).toEqual([
      'detail.diagrams[0].cells[0]',
      'detail.diagrams[0].cells[2]',
      'detail.diagrams[0].cells[1]',
      'detail.diagrams[0].cells[2].data.threats[0]',
    ]);
  });

  it('refuses diagrams that are no list', () => {
    const file = { version: '2.0', summary: {}, detail: { diagrams: { a: 1 } } };
    expect(() => read(file)).toThrow(FormatError);
  });
});

describe('a model that was changed', () => {
  const path = 'threat-dragon-v2/v2-threat-model.json';
  const cellsOf = (model: ThreatModel) =>
    (written(model).data as { detail: { diagrams: { cells: Record<string, never>[] }[] } }).detail
      .diagrams[0]!.cells;

  it('takes the vertices of its flows and curves along when all of it moves', () => {
    const model = modelOf(path);
    const moved: ThreatModel = {
      ...model,
      diagrams: model.diagrams.map(diagram => movedBy(diagram, 300, -20)),
    };
    const before = cellsOf(model).map(({ vertices }) => vertices as Vertex[] | undefined);
    const after = cellsOf(moved).map(({ vertices }) => vertices as Vertex[] | undefined);
    expect(before.flatMap(vertices => vertices ?? []).length).toBeGreaterThan(10);
    expect(after).toEqual(before.map(vertices => vertices?.map(({ x, y }) => ({ x: x + 300, y: y - 20 }))));
  });

  it('bends a flow anew when one of its ends moves', () => {
    const model = modelOf(path);
    const diagram = model.diagrams[0]!;
    const flow = diagram.flows.find(({ bend }) => bend !== 0)!;
    const elements = diagram.elements.map(element =>
      'element' in flow.source && element.id === flow.source.element
        ? {
            ...element,
            box: [element.box![0] + 40, element.box![1] + 200, element.box![2], element.box![3]] as const,
          }
        : element,
    );
    const read = again({ ...model, diagrams: [{ ...diagram, elements }] });
    const found = read.diagrams[0]!.flows.find(({ id }) => id === flow.id)!;
    expect(found.bend).toBeCloseTo(flow.bend, 0);
  });

  it('is drawn in red where a threat is open, and no more once it is not', () => {
    const model = modelOf(path);
    const stroke = (threats: ThreatModel['threats']) =>
      tally(
        cellsOf({ ...model, threats }).map(
          ({ attrs }) => /"stroke":"(.*?)"/.exec(JSON.stringify(attrs))?.[1] ?? '',
        ),
      );
    expect(stroke(model.threats).red).toBe(8);
    expect(stroke(model.threats.map(threat => ({ ...threat, status: 'accepted' }))).red).toBeUndefined();
  });

  it('numbers new threats on from those that there are', () => {
    const model = modelOf('threat-dragon-v2/iot-device.json');
    const { foreign: _, ...threat } = model.threats[0]!;
    const more = [...model.threats, { ...threat, id: 'new1' }, { ...threat, id: 'new2' }];
    const numbers = again({ ...model, threats: more }).threats.map(
      ({ foreign }) => (foreign!['threat-dragon'] as { number?: number }).number,
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

interface Vertex {
  x: number;
  y: number;
}

function movedBy(diagram: Diagram, dx: number, dy: number): Diagram {
  const point = ([x, y]: Point): Point => [x + dx, y + dy];
  const box = (box: Box | null): Box | null => box && [box[0] + dx, box[1] + dy, box[2], box[3]];
  const end = (end: End): End => ('point' in end && end.point ? { point: point(end.point) } : end);
  return {
    ...diagram,
    elements: diagram.elements.map(element => ({ ...element, box: box(element.box) })),
    boundaries: diagram.boundaries.map(each => ({
      ...each,
      box: box(each.box),
      line: each.line?.map(point) ?? null,
    })),
    flows: diagram.flows.map(flow => ({ ...flow, source: end(flow.source), target: end(flow.target) })),
  };
}

describe('a board', () => {
  it.each(fixtures(2))('gives back %s as it was', path => {
    const model = modelOf(path);
    const doc = documentOf(model);
    const file = (model: ThreatModel) => written(model).data;
    const ofBoard = fromDocument(doc);
    expect(sortedCells(file(ofBoard))).toEqual(sortedCells(file(model)));
  });
});

/** Boxes come back from a board in the order in which they are drawn. */
function sortedCells(file: unknown): unknown {
  const { detail, ...rest } = file as { detail: { diagrams: { cells: { id: string }[] }[] } };
  const diagrams = detail.diagrams.map(diagram => ({
    ...diagram,
    cells: diagram.cells.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  return { ...rest, detail: { ...detail, diagrams } };
}

function documentOf(model: ThreatModel): Y.Doc {
  const doc = new Y.Doc();
  const { title, scope, threats } = model;
  doc.transact(() => {
    for (const record of toRecords(model)) putRecord(root(doc, 'board'), record);
    putEntry(root(doc, 'session'), 'session', { title, scope, method: 'per-crossing' });
    for (const [i, threat] of threats.entries())
      putEntry(root(doc, 'threats'), threat.id, {
        ...toThreat(threat),
        by: { id: 'u', name: 'U' },
        at: i + 1,
      });
  });
  return doc;
}
