import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ResultColumn, ResultRow, ResultSink } from '#libs/analytics';
import { csvCell } from '#libs/analytics';
import { resultTable } from './result-table.js';

export const QUERY_FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];

/** A result on its way to a stream. */
export interface ResultWriter extends ResultSink {
  /** Writes what is still to be written. */
  readonly end: () => Promise<void>;
}

export interface Shown {
  readonly output: Writable;
  /** Where it is said that rows were left out, where the output is for programs. */
  readonly notes: Writable;
  /** How many rows are shown; the rest is counted. */
  readonly limit: number;
  /** Columns of the terminal. */
  readonly width: number;
}

const rowCount = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;

const objectOf = (columns: readonly ResultColumn[], row: ResultRow): Readonly<Record<string, unknown>> =>
  Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]));

/** The plan of an EXPLAIN is a drawing already. */
const isPlan = (columns: readonly ResultColumn[]): boolean =>
  columns.map(({ name }) => name).join() === 'explain_key,explain_value';

type Begin = (columns: readonly ResultColumn[]) => string;
type Row = (row: ResultRow, columns: readonly ResultColumn[], index: number) => string;

const PROGRAMS: Readonly<Record<Exclude<QueryFormat, 'table'>, { begin: Begin; row: Row; end: string }>> = {
  json: {
    begin: () => '[',
    row: (row, columns, index) => `${index === 0 ? '\n' : ',\n'}${JSON.stringify(objectOf(columns, row))}`,
    end: '\n]\n',
  },
  ndjson: { begin: () => '', row: (row, columns) => `${JSON.stringify(objectOf(columns, row))}\n`, end: '' },
  csv: {
    begin: columns => `${columns.map(({ name }) => csvCell(name)).join(',')}\r\n`,
    row: row => `${row.map(csvCell).join(',')}\r\n`,
    end: '',
  },
};

/** Writes a result in a format: the table when all of it is there, the others as it comes. */
export const resultWriter = (format: QueryFormat, { output, notes, limit, width }: Shown): ResultWriter => {
  let columns: readonly ResultColumn[] = [];
  let count = 0;
  const kept: ResultRow[] = [];
  const write = async (text: string): Promise<void> => {
    if (!output.write(text)) await once(output, 'drain');
  };
  const more = (): string | undefined =>
    count > limit ? `${rowCount(count - limit)} more; --limit shows another number` : undefined;
  if (format === 'table') {
    return {
      columns: given => void (columns = given),
      rows: given => {
        kept.push(...given.slice(0, Math.max(0, limit - count)));
        count += given.length;
      },
      end: async () => {
        if (isPlan(columns)) return write(kept.map(([, plan]) => `${plan as string}\n`).join(''));
        const left = more();
        await write(`${resultTable(columns, kept, width)}${left ? `… ${left}` : rowCount(count)}\n`);
      },
    };
  }
  const { begin, row, end } = PROGRAMS[format];
  return {
    columns: async given => {
      columns = given;
      await write(begin(given));
    },
    rows: async given => {
      const first = count;
      count += given.length;
      const shown = given.slice(0, Math.max(0, limit - first));
      await write(shown.map((one, index) => row(one, columns, first + index)).join(''));
    },
    end: async () => {
      await write(end);
      const left = more();
      if (left) notes.write(`… ${left}\n`);
    },
  };
};
