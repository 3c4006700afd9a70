import type { Sheet } from 'write-excel-file/universal';
import type { Format } from '../format.ts';
import type { Skipped } from '../threat-model.ts';
import { crossingTable, NOT_IN_TABLES, type Table, threatTable } from './tables.ts';

/** Longest text of a cell of Excel, in UTF-16 units. */
const MAX_CELL = 32_767;

/** The threats as an Excel workbook, with the flows over trust boundaries on a second sheet. */
export const xlsx: Format = {
  name: 'xlsx',
  label: 'Excel table of threats',
  extension: '.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async write(model) {
    const skipped = [NOT_IN_TABLES];
    const sheets = [threatTable(model), crossingTable(model)].map(table => sheetOf(table, skipped));
    // A tenth of a second to load, which every thread and the command line would wait for.
    const { default: writeExcelFile } = await import('write-excel-file/universal');
    const blob = await writeExcelFile(sheets).toBlob();
    return { content: new Uint8Array(await blob.arrayBuffer()), skipped };
  },
};

function sheetOf({ name, columns, rows }: Table, skipped: Skipped[]): Sheet<Blob> {
  const cellOf = (text: string, column: number, row: string[]) => {
    if (text.length > MAX_CELL) {
      const what = `the end of "${columns[column]!.title}" of "${row[1]!.slice(0, 100)}"`;
      skipped.push({ what, why: `A cell of Excel holds ${MAX_CELL} letters.`, where: '' });
    }
    return { value: textOf(text), type: String, wrap: true, alignVertical: 'top' as const };
  };
  return {
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    data: [
      columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const })),
      ...rows.map(row => row.map((text, column) => cellOf(text, column, row))),
    ],
  };
}

/** Without what XML may not hold, and with what Excel would take for a coded letter (`_x0041_`) coded itself. */
const textOf = (text: string): string =>
  text
    .slice(0, MAX_CELL)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_');
