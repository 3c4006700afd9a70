import type { Format } from '../format.ts';
import { NOT_IN_TABLES, type Table, threatTable } from './tables.ts';

/** Excel takes a file without it for one in the letters of its country. */
const BYTE_ORDER_MARK = '\ufeff';

/** The threats as CSV by RFC 4180: for Excel too, and with nothing in it that a spreadsheet would compute. */
export const csv: Format = {
  name: 'csv',
  label: 'CSV table of threats',
  extension: '.csv',
  mediaType: 'text/csv; charset=utf-8',
  write: model => ({
    content: BYTE_ORDER_MARK + linesOf(threatTable(model)),
    skipped: [NOT_IN_TABLES],
  }),
};

const linesOf = ({ columns, rows }: Table): string =>
  [columns.map(({ title }) => title), ...rows].map(row => `${row.map(fieldOf).join(',')}\r\n`).join('');

/**
 * What starts like a formula would be computed (OWASP, "CSV injection"): an apostrophe before it makes it a text. Full-width signs and
 * what stands behind blanks count as well.
 */
export const asText = (text: string): string =>
  /^\s*[=+\-@＝＋－＠|]|^[\t\r\n]/.test(text) ? `'${text}` : text;

function fieldOf(text: string): string {
  const safe = asText(text.replaceAll('\0', ''));
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
