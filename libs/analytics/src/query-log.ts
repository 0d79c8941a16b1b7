import { type DuckDBConnection, type DuckDBResult, StatementType } from '@duckdb/node-api';
import type { EventLogReader } from '#libs/event-log';
import { type ConfinedQuery, confinedQuery } from './confined-query.js';
import { logRange } from './event-selection.js';
import type { ReadProgress } from './export-task.js';
import { interruptible } from './interruptible.js';
import { loadLog, openDatabase } from './log-database.js';
import { isOutOfMemory } from './out-of-memory.js';
import { plainValue, type PlainValue } from './plain-value.js';
import { QueryRefused, refusalOf } from './query-refused.js';
import { withScratchDirectory } from './scratch-directory.js';
import { TimeLimit } from './time-limit.js';

export interface QueryOptions {
  /** How long the query may run: neither the loading of the log counts, nor the time that the sink takes. */
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

export interface ResultColumn {
  readonly name: string;
  /** As DuckDB writes it: `BIGINT`, `TIMESTAMP WITH TIME ZONE`, `STRUCT(…)`. */
  readonly type: string;
}

export type ResultRow = readonly PlainValue[];

/** A result as it comes: columns first, then rows, some at a time. */
export interface ResultSink {
  readonly columns: (columns: readonly ResultColumn[]) => void | Promise<void>;
  readonly rows: (rows: readonly ResultRow[]) => void | Promise<void>;
}

const stream = async (connection: DuckDBConnection, { sql }: ConfinedQuery): Promise<DuckDBResult> => {
  const statements = await connection.extractStatements(sql);
  const statement = await statements.prepare(0);
  // The parser has said so already; a second opinion costs nothing.
  const reads: readonly number[] = [StatementType.SELECT, StatementType.EXPLAIN];
  if (statements.count !== 1 || !reads.includes(statement.statementType)) {
    throw new QueryRefused('This statement does more than read, and is refused.');
  }
  return statement.stream();
};

const run = async (
  connection: DuckDBConnection,
  query: ConfinedQuery,
  sink: ResultSink,
  limit: TimeLimit,
  stopped: AbortSignal,
): Promise<void> => {
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    stopped.throwIfAborted();
    try {
      return await limit.spend(question);
    } catch (error) {
      throw error instanceof QueryRefused ? error : refusalOf(error);
    }
  };
  const result = await ask(() => stream(connection, query));
  const types = result.columnTypes();
  await sink.columns(
    result.deduplicatedColumnNames().map((name, index) => ({ name, type: String(types[index]) })),
  );
  for (;;) {
    const chunk = await ask(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    await sink.rows(chunk.getRows().map(row => row.map(plainValue)));
  }
};

/**
 * Runs one statement that reads, in SQL of DuckDB, over the log: table `events`, and a view for each type of event. The
 * log is loaded first, as far as the statement needs it. Nothing is written but to a scratch directory, which is removed.
 * @throws QueryRefused for a statement that is wrong, does more than read, reads more than the log, or takes too long.
 */
export const queryLog = async (
  log: EventLogReader,
  text: string,
  sink: ResultSink,
  { timeoutSeconds, signal, onProgress }: QueryOptions,
): Promise<void> =>
  withScratchDirectory(async scratch => {
    const instance = await openDatabase(scratch);
    const connection = await instance.connect();
    const limit = new TimeLimit(timeoutSeconds);
    const stopped = AbortSignal.any([limit.signal, ...(signal ? [signal] : [])]);
    try {
      const query = await confinedQuery(connection, text);
      const range = await logRange(log, { types: query.types });
      await loadLog(connection, log, { range, signal, onProgress });
      await interruptible(connection, stopped, () => run(connection, query, sink, limit, stopped));
    } catch (error) {
      signal?.throwIfAborted();
      if (limit.signal.aborted) {
        throw new QueryRefused(
          `The query ran longer than ${timeoutSeconds} s and was stopped. Give it more with --timeout.`,
        );
      }
      throw isOutOfMemory(error) ? refusalOf(error) : error;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
