/** The table of threats as comma-separated values: RFC 4180, in UTF-8 with the mark by which Excel knows it. */
import type { Format } from '../format.ts';
import { notInTables, THREAT_COLUMNS, threatRows } from './rows.ts';

export const csv: Format = {
  name: 'csv',
  label: 'Table of threats (CSV)',
  extension: '.csv',
  mediaType: 'text/csv; charset=utf-8',
  write: model => ({
    content: `\ufeff${[THREAT_COLUMNS.map(({ title }) => title), ...threatRows(model)].map(line).join('')}`,
    skipped: notInTables(model),
  }),
};

const line = (cells: string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A spreadsheet takes what starts like this for a formula, and runs it: an apostrophe before it says that it is text. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
