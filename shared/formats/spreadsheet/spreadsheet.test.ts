import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { anyModel } from '../testing/models.ts';
import type { FileThreat, ThreatModel } from '../threat-model.ts';
import { parseXml, type XmlElement } from '../xml.ts';
import { crossingsIn } from './crossings.ts';
import { csv } from './csv.ts';
import { crossingTable, threatTable } from './tables.ts';
import { xlsx } from './xlsx.ts';

const thing = (id: string) => ({ id, name: id.toUpperCase(), description: '', attributes: {} });

const model: ThreatModel = {
  title: 'Pump',
  scope: '',
  diagrams: [
    {
      id: 'd',
      title: 'Context',
      elements: [
        { ...thing('app'), kind: 'process', box: [10, 10, 20, 20], boundary: 'phone' },
        { ...thing('pump'), kind: 'external_entity', box: [500, 10, 20, 20], boundary: null },
        { ...thing('log'), kind: 'data_store', box: [60, 10, 20, 20], boundary: 'phone' },
      ],
      boundaries: [
        { ...thing('home'), box: [-50, -50, 400, 400], line: null, parent: null },
        { ...thing('phone'), box: [0, 0, 100, 100], line: null, parent: 'home' },
        {
          ...thing('wall'),
          box: null,
          line: [
            [450, -100],
            [450, 100],
          ],
          parent: null,
        },
      ],
      flows: [
        {
          ...thing('ble'),
          attributes: { protocol: 'ble', payload: ['commands', 'alarms'] },
          ...{ source: { element: 'app' }, target: { element: 'pump' }, bidirectional: true, bend: 0 },
        },
        {
          ...thing('keep'),
          source: { element: 'app' },
          target: { element: 'log' },
          bidirectional: false,
          bend: 0,
        },
        {
          ...thing('out'),
          source: { element: 'app' },
          target: { point: [90, 90] },
          bidirectional: false,
          bend: 0,
        },
        {
          ...thing('far'),
          source: { element: 'app' },
          target: { point: [300, 10] },
          bidirectional: false,
          bend: 0,
        },
      ],
      notes: [],
    },
  ],
  threats: [
    {
      ...{
        id: 't1',
        title: '=cmd|calc',
        description: 'Old "command",\nagain',
        stride: ['S', 'T'],
        category: '',
      },
      ...{
        target: 'ble',
        status: 'mitigated',
        severity: 'high',
        justification: '-1',
        mitigation: 'A counter',
      },
      foreign: { otm: { cwes: ['CWE-294', 'CWE-294'], refs: 'CAPEC-60' } },
      ...{ tags: ['radio', 'Q3'], owner: 'Olu', into: 't1' },
    },
  ],
};

/** By RFC 4180, and nothing else: throws for a quote in a field without quotes, a lone line feed, rows of different lengths. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const [all, quoted, plain = ''] = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))/y[Symbol.match](text.slice(at))!;
      row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      at += all.length;
      if (text[at] !== ',') break;
      at++;
    }
    if (text.slice(at, at + 2) !== '\r\n')
      throw new Error(`no end of a row at ${at}: ${text.slice(at, at + 20)}`);
    at += 2;
    rows.push(row);
  }
  if (rows.some(row => row.length !== rows[0]!.length)) throw new Error('rows of different lengths');
  return rows;
}

const csvOf = (of: ThreatModel) => (csv.write!(of) as { content: string }).content;

describe('the table of threats', () => {
  it('says what each threat is on, how it is reached, and what is done about it', () => {
    const { columns, rows } = threatTable(model);
    const row = Object.fromEntries(columns.map(({ title }, i) => [title, rows[0]![i]]));
    expect(row).toEqual({
      ...{ Threat: 't1', Title: '=cmd|calc', Description: 'Old "command",\nagain', STRIDE: 'S T' },
      ...{ Category: 'Spoofing, Tampering', 'Property at risk': 'authenticity, integrity', On: 'BLE' },
      ...{ Kind: 'Data flow', 'Element id': 'ble', Diagram: 'Context', Path: 'APP ↔ PUMP' },
      ...{ Interface: 'Bluetooth Low Energy', Crosses: 'HOME, PHONE, WALL', CWE: 'CWE-294' },
      ...{ 'Attack references': 'CAPEC-60', Severity: 'High', Strategy: 'Mitigated', Rationale: '-1' },
      ...{ Mitigation: 'A counter', Owner: 'Olu', Tags: 'radio, Q3', 'Same as': 't1' },
    });
  });

  it('lists the flows over boundaries with their threats', () => {
    const { rows } = crossingTable(model);
    expect(rows).toEqual([
      [
        ...['Context', 'BLE', 'APP', 'PUMP', 'both ways', 'Bluetooth Low Energy', 'Commands, Alarms'],
        ...['HOME, PHONE, WALL', 't1'],
      ],
      ['Context', 'FAR', 'APP', 'nothing', 'one way', '', '', 'PHONE', ''],
    ]);
  });

  it('knows a crossing of an open boundary by its line', () => {
    const [diagram] = model.diagrams;
    const crossed = crossingsIn(model);
    expect(diagram!.flows.map(flow => crossed(flow).map(({ id }) => id))).toEqual([
      ['home', 'phone', 'wall'],
      [],
      [],
      ['phone'],
    ]);
  });
});

describe('CSV', () => {
  it('holds a row for each threat, whatever its texts', () => {
    fc.assert(
      fc.property(anyModel, any => {
        const [head, ...rows] = parseCsv(csvOf(any).slice(1));
        expect(head).toContain('Threat');
        const plain = (text: string) => text.replace(/^'/, '');
        expect(rows.map(row => row.slice(0, 3).map(plain))).toEqual(
          any.threats.map(({ id, title, description }: FileThreat) => [id, title, description].map(plain)),
        );
        for (const field of rows.flat()) expect(field).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it('starts with the mark by which Excel knows its letters, and keeps formulas from being computed', () => {
    const content = csvOf(model);
    expect(content.codePointAt(0)).toBe(0xfeff);
    expect(parseCsv(content.slice(1))[1]).toContain("'=cmd|calc");
  });
});

describe('XLSX', () => {
  const sheetsOf = async (of: ThreatModel) => {
    const { content } = await xlsx.write!(of);
    const files = unzipSync(content as Uint8Array);
    const part = (name: string) => parseXml(strFromU8(files[name]!));
    const strings = part('xl/sharedStrings.xml').children.map(item => item.children[0]!.text);
    const rowsOf = (sheet: XmlElement) =>
      all(sheet, 'row').map(row =>
        row.children.map(cell => {
          if (cell.children.length === 0) return '';
          expect(cell.attributes.get('t')).toBe('s');
          return strings[Number(cell.children[0]!.text)]!.replaceAll('_x005F_', '_');
        }),
      );
    return [1, 2].map(n => {
      const sheet = part(`xl/worksheets/sheet${n}.xml`);
      return { sheet, rows: rowsOf(sheet) };
    });
  };
  const all = (element: XmlElement, name: string): XmlElement[] =>
    element.children.flatMap(child => (child.name === name ? [child] : all(child, name)));

  it('holds the same tables as texts, its heading fixed and its columns as wide as their texts', async () => {
    const [threats, crossings] = await sheetsOf(model);
    const table = threatTable(model);
    expect(threats!.rows).toEqual([table.columns.map(({ title }) => title), ...table.rows]);
    expect(crossings!.rows.length).toBe(3);
    expect(all(threats!.sheet, 'pane')[0]!.attributes.get('ySplit')).toBe('1');
    expect(all(threats!.sheet, 'col').length).toBe(table.columns.length);
  });

  it('is sound XML for any texts', async () => {
    const odd = `_x0041_ \u0001 \ud800 <&> ${'x'.repeat(40_000)}`;
    const threat = { ...model.threats[0]!, title: odd };
    const [threats] = await sheetsOf({ ...model, threats: [threat] });
    expect(threats!.rows[1]![1]!.startsWith('_x0041_   <&> xxx')).toBe(true);
    const { skipped } = await xlsx.write!({ ...model, threats: [threat] });
    expect(skipped).toHaveLength(2);
  });
});
