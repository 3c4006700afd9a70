/** The threats and the crossings as two sheets of a workbook. */
import writeExcelFile, { type SheetData } from 'write-excel-file/universal';
import type { Format } from '../format.ts';
import {
  type Column,
  CROSSING_COLUMNS,
  crossingRows,
  notInTables,
  THREAT_COLUMNS,
  threatRows,
} from './rows.ts';

/** Longest text of a cell that Excel opens. */
const MAX_CELL = 32_000;

export const xlsx: Format = {
  name: 'xlsx',
  label: 'Tables of threats and crossings (Excel)',
  extension: '.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async write(model) {
    const sheets = [
      sheet('Threats', THREAT_COLUMNS, threatRows(model)),
      sheet('Crossings', CROSSING_COLUMNS, crossingRows(model)),
    ];
    const blob = await writeExcelFile(sheets).toBlob();
    return { content: new Uint8Array(await blob.arrayBuffer()), skipped: notInTables(model) };
  },
};

function sheet(name: string, columns: readonly Column[], rows: string[][]) {
  const head = columns.map(({ title }) => ({
    value: title,
    fontWeight: 'bold' as const,
    backgroundColor: '#e8ecf1',
  }));
  // Always as text: what looks like a formula, a number or a date is none.
  const cell = (value: string) => ({
    type: String,
    value: printable(value),
    wrap: true,
    alignVertical: 'top' as const,
  });
  const data: SheetData = [head, ...rows.map(row => row.map(text => (text === '' ? null : cell(text))))];
  return {
    sheet: name,
    data,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape' as const,
  };
}

/** Without what XML can't hold. */
const printable = (text: string): string =>
  text
    .slice(0, MAX_CELL)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
