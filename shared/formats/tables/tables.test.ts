import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SEVERITY, THREAT_STATUS } from '../../document/threats.ts';
import { sarif } from '../sarif.ts';
import { anyPlacedModel } from '../testing/models.ts';
import type { ThreatModel, Written } from '../threat-model.ts';
import { csv } from './csv.ts';
import { CROSSING_COLUMNS, THREAT_COLUMNS, threatRows } from './rows.ts';
import { xlsx } from './xlsx.ts';

const thing = (id: string) => ({ id, name: id, description: '', attributes: {} });

const model: ThreatModel = {
  title: 'Pump',
  scope: '',
  diagrams: [
    {
      id: 'page',
      title: 'Context',
      elements: [
        { ...thing('App'), kind: 'process', box: [40, 40, 180, 90], boundary: 'Phone' },
        { ...thing('Pump'), kind: 'external_entity', box: [600, 40, 180, 90], boundary: null },
      ],
      boundaries: [{ ...thing('Phone'), box: [0, 0, 300, 200], line: null, parent: null }],
      flows: [
        {
          ...thing('Dose'),
          source: { element: 'App' },
          target: { element: 'Pump' },
          bidirectional: false,
          bend: 0,
        },
      ],
      notes: [],
    },
  ],
  threats: [
    {
      id: 'a',
      title: '=HYPERLINK("http://x")',
      description: 'Two\nlines, and "quotes"',
      stride: ['S', 'T'],
      category: '',
      target: 'Dose',
      status: 'open',
      severity: 'critical',
      justification: '',
      mitigation: 'Sign it',
      number: 7,
    },
    {
      id: 'b',
      title: 'Pump is opened',
      description: '',
      stride: ['E'],
      category: '',
      target: 'Pump',
      status: 'mitigated',
      severity: null,
      justification: 'Sealed',
      mitigation: '',
    },
    {
      id: 'c',
      title: 'Staff is tired',
      description: '',
      stride: [],
      category: 'Safety',
      target: '',
      status: 'proposed',
      severity: 'low',
      justification: '',
      mitigation: '',
    },
  ],
};

/** A strict reader of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  for (let row: string[] = []; at < text.length; ) {
    const match = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    match.lastIndex = at;
    const found = match.exec(text);
    if (!found) throw new Error(`not CSV at ${at}: ${JSON.stringify(text.slice(at, at + 30))}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    at = match.lastIndex;
    if (found[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const textOf = (written: Written | Promise<Written>): string => (written as Written).content as string;

describe('the table of threats', () => {
  it('says of each what it is on, where that is and what it crosses', () => {
    const column = (title: string) => THREAT_COLUMNS.findIndex(each => each.title === title);
    const [first, second, third] = threatRows(model);
    expect(['No.', 'On', 'Kind', 'Diagram', 'Crosses', 'STRIDE'].map(title => first![column(title)])).toEqual(
      ['T7', 'Dose', 'Data flow', 'Context', 'Phone', 'Spoofing, Tampering'],
    );
    expect(second![column('Kind')]).toBe('External entity');
    expect(third![column('On')]).toBe('The whole system');
    expect(third![column('Category')]).toBe('Safety');
  });

  it('is CSV that no spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(anyPlacedModel, any => {
        const text = textOf(csv.write!(any));
        expect(text.startsWith('\ufeff')).toBe(true);
        const [head, ...rows] = parseCsv(text.slice(1));
        expect(head).toEqual(THREAT_COLUMNS.map(({ title }) => title));
        const neutral = (cell: string) => (/^\s*[=+\-@]/.test(cell) ? `'${cell}` : cell);
        expect(rows).toEqual(threatRows(any).map(row => row.map(neutral)));
      }),
    );
    expect(textOf(csv.write!(model))).toContain(`"'=HYPERLINK(""http://x"")"`);
  });

  it('is a workbook with every threat and every crossing as text', async () => {
    const { content } = await xlsx.write!(model);
    const files = unzipSync(content as Uint8Array);
    const xml = (name: string) => strFromU8(files[name]!);
    const strings = new XMLParser({ trimValues: false, isArray: name => name === 'si' }).parse(
      xml('xl/sharedStrings.xml'),
    ).sst.si as { t: string }[];
    const texts = strings.map(({ t }) => (typeof t === 'object' ? (t as { '#text': string })['#text'] : t));
    for (const text of ['=HYPERLINK("http://x")', 'Two\nlines, and "quotes"', 'Sealed', 'T7', 'Dose'])
      expect(texts.map(each => String(each).replaceAll('\r\n', '\n'))).toContain(text);
    const [threats, crossings] = ['1', '2'].map(n => xml(`xl/worksheets/sheet${n}.xml`));
    expect(threats!.match(/<row /g)).toHaveLength(1 + model.threats.length);
    expect(crossings!.match(/<row /g)).toHaveLength(2);
    expect(threats + crossings!).not.toMatch(/<f[ >]/);
    expect(threats).toContain('state="frozen"');
    expect(xml('xl/workbook.xml')).toMatch(/Threats.*Crossings/s);
    expect(CROSSING_COLUMNS).toHaveLength(5 + 6);
  });
});

describe('SARIF', () => {
  const log = JSON.parse(textOf(sarif.write!(model)));

  it('has a result for each threat, those that are settled suppressed, each with its level and place', () => {
    const [open, settled, proposed] = log.runs[0].results;
    expect(open).toMatchObject({
      ruleId: 'STRIDE-S',
      level: 'error',
      partialFingerprints: { 'threatId/v1': 'a' },
    });
    expect(open.suppressions).toBeUndefined();
    expect(open.locations[0].logicalLocations[0]).toMatchObject({ fullyQualifiedName: 'Context/Dose' });
    expect(settled.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'Sealed' }]);
    expect(proposed).toMatchObject({ ruleId: 'STRIDE-other', level: 'note' });
    expect(proposed.suppressions[0].status).toBe('underReview');
  });

  it('names a rule that it has in every result, whatever the model', () => {
    fc.assert(
      fc.property(anyPlacedModel, any => {
        const { version, runs } = JSON.parse(textOf(sarif.write!(any)));
        expect(version).toBe('2.1.0');
        const ids = runs[0].tool.driver.rules.map(({ id }: { id: string }) => id);
        for (const { ruleId, level, message, kind } of runs[0].results) {
          expect(ids).toContain(ruleId);
          expect(['note', 'warning', 'error']).toContain(level);
          expect([kind, message.text.length > 0]).toEqual(['fail', true]);
        }
        expect(runs[0].results).toHaveLength(any.threats.length);
      }),
    );
  });

  it('has a word for every status and severity', () => {
    const every = Object.keys(THREAT_STATUS).flatMap(status =>
      [...Object.keys(SEVERITY), null].map(severity => ({ ...model.threats[0]!, status, severity })),
    );
    const { runs } = JSON.parse(textOf(sarif.write!({ ...model, threats: every as ThreatModel['threats'] })));
    const open = runs[0].results.filter((result: { suppressions?: unknown }) => !result.suppressions);
    expect(open).toHaveLength(Object.keys(SEVERITY).length + 1);
  });
});
