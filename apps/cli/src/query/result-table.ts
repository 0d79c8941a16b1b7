import type { PlainValue, ResultColumn, ResultRow } from '#libs/analytics';
import { cutText, textWidth } from './text-width.js';

/** Control characters, and those that turn the direction of writing: they would take the terminal over. */
const UNSHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const shown = (text: string): string =>
  text.replace(UNSHOWN, found => ESCAPES[found] ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);

const NUMERIC = /^(U?(TINY|SMALL|HUGE|BIG)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;
/** Columns narrower than this are not cut. */
const LEAST_WIDTH = 8;

/** A value for a person: moments without their T and without fractions of nothing; texts from outside made harmless. */
export const cellText = (value: PlainValue, type: string): string => {
  if (value === null) return 'NULL';
  if (typeof value === 'object') return shown(JSON.stringify(value));
  const text = String(value);
  return /^TIMESTAMP/.test(type) ? shown(text.replace('T', ' ').replace(/\.000(Z?)$/, '$1')) : shown(text);
};

/** How wide each column may be, so that all fit: the widest give way first. */
const fitted = (widths: readonly number[], available: number): readonly number[] => {
  const result = [...widths];
  let excess = result.reduce((sum, width) => sum + width + 3, 1) - available;
  while (excess > 0) {
    const widest = result.indexOf(Math.max(...result));
    if ((result[widest] as number) <= LEAST_WIDTH) break;
    result[widest] = (result[widest] as number) - 1;
    excess -= 1;
  }
  return result;
};

/**
 * A result as a table of lines and corners, ending with a line break. Numbers stand to the right.
 * @param available columns of the terminal; Infinity to cut nothing
 */
export const resultTable = (
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
  available: number,
): string => {
  const heads = columns.map(({ name }) => shown(name));
  const cells = rows.map(row => columns.map(({ type }, index) => cellText(row[index] ?? null, type)));
  const natural = heads.map((head, index) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[index] as string)), textWidth(head)),
  );
  const widths = fitted(natural, available);
  const line = (texts: readonly string[]): string => {
    const parts = texts.map((text, index) => {
      const width = widths[index] as number;
      const cut = cutText(text, width);
      const blank = ' '.repeat(Math.max(0, width - textWidth(cut)));
      return NUMERIC.test(columns[index]?.type ?? '') ? blank + cut : cut + blank;
    });
    return `│ ${parts.join(' │ ')} │\n`;
  };
  const rule = (left: string, cross: string, right: string): string =>
    `${left}${widths.map(width => '─'.repeat(width + 2)).join(cross)}${right}\n`;
  return [
    rule('┌', '┬', '┐'),
    line(heads),
    rule('├', '┼', '┤'),
    ...cells.map(line),
    rule('└', '┴', '┘'),
  ].join('');
};
