import { readFileSync } from 'node:fs';
import { START } from '#libs/event-log';
import { queryLog, QueryRefused } from '#libs/analytics';
import { CommandFailure } from '../command-failure.js';
import { interruptible } from '../interruptible.js';
import { withLog } from '../open-log.js';
import { ProgressLine } from '../progress-line.js';
import { type QueryFormat, resultWriter } from './result-writers.js';

export interface QueryCommandOptions {
  readonly data?: string;
  readonly file?: string;
  readonly format: QueryFormat;
  readonly limit?: number;
  /** Seconds. */
  readonly timeout: number;
}

/** Rows of a table that a person is shown when nothing is said. */
const SHOWN_ROWS = 100;

const readStdin = async (): Promise<string> => {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text;
};

const statement = async (sql: string | undefined, file: string | undefined): Promise<string> => {
  if ((sql === undefined) === (file === undefined)) {
    throw new CommandFailure(
      'Give one statement: as the argument, on the standard input with -, or with --file.',
    );
  }
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}.`);
    }
  }
  return sql === '-' ? readStdin() : (sql as string);
};

/** `parley query`. @throws CommandFailure */
export const queryCommand = async (
  argument: string | undefined,
  { data, file, format, limit, timeout }: QueryCommandOptions,
): Promise<void> => {
  const sql = await statement(argument, file);
  const { stdout, stderr } = process;
  await withLog(data, log =>
    interruptible(async signal => {
      const progress = new ProgressLine('Reading the log', { from: START, to: await log.head() });
      const writer = resultWriter(format, {
        output: stdout,
        notes: stderr,
        limit: limit ?? (format === 'table' ? SHOWN_ROWS : Infinity),
        width: stdout.isTTY ? stdout.columns : Infinity,
      });
      const sink = {
        ...writer,
        columns: (columns: Parameters<typeof writer.columns>[0]) => {
          progress.clear();
          return writer.columns(columns);
        },
      };
      try {
        await queryLog(log, sql, sink, { timeoutSeconds: timeout, signal, onProgress: progress.report });
        await writer.end();
      } catch (error) {
        progress.clear();
        if (error instanceof QueryRefused) throw new CommandFailure(error.message);
        throw error;
      }
    }),
  );
};
