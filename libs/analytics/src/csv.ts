import { EVENT_COLUMNS, eventRow } from './event-row.js';
import type { RecordedEvent } from '#libs/event-log';

/** What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * One cell of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it: ids of users come
 * from outside, and whoever opens the file should not have to trust them. Other formats keep such texts as they are.
 */
export const csvCell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const CSV_HEADER = `${EVENT_COLUMNS.join(',')}\r\n`;

/** One event as a line of CSV (RFC 4180), its data as JSON. */
export const csvLine = (event: RecordedEvent): string => {
  const row = eventRow(event);
  return `${EVENT_COLUMNS.map(name => csvCell(row[name])).join(',')}\r\n`;
};
