import { DuckDBInstance } from '@duckdb/node-api';
import { join } from 'node:path';
import type { EventLogReader } from '#libs/event-log';
import { EventsTooLarge } from './events-too-large.js';
import type { ExportTask } from './export-task.js';
import { fillEventTable } from './fill-event-table.js';
import { interruptible } from './interruptible.js';
import { isOutOfMemory } from './out-of-memory.js';
import { withScratchDirectory } from './scratch-directory.js';

/** What DuckDB may hold in memory, apart from what it allocates to encode; the rest goes to the scratch directory. */
const MEMORY_LIMIT = '256MB';
/** A row group is encoded in memory. */
const ROW_GROUP_EVENTS = 8192;
const ROW_GROUP_CHARACTERS = 16_000_000;

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

/**
 * Writes events to a new Parquet file (zstd), their data as JSON text. They pass through a DuckDB database in a scratch
 * directory, since a Parquet file is written column by column: memory is bounded by its limit, not by the log.
 * Half a file may be left behind when it fails.
 * @throws EventsTooLarge
 */
export const exportParquet = async (log: EventLogReader, file: string, task: ExportTask): Promise<void> =>
  withScratchDirectory(async directory => {
    const instance = await DuckDBInstance.create(join(directory, 'events.duckdb'), {
      memory_limit: MEMORY_LIMIT,
      temp_directory: directory,
      // Encoding takes far less time than reading the log; another thread would take memory.
      threads: '1',
    });
    const connection = await instance.connect();
    const { signal } = task;
    try {
      const table = await fillEventTable(connection, log, task);
      const fitting = Math.floor(ROW_GROUP_CHARACTERS / Math.max(1, table.largestEvents));
      const rowGroup = Math.max(1, Math.min(ROW_GROUP_EVENTS, fitting));
      signal?.throwIfAborted();
      const copy = `COPY (SELECT * REPLACE (data::VARCHAR AS data) FROM events)
         TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroup})`;
      await interruptible(connection, signal, () => connection.run(copy));
    } catch (error) {
      signal?.throwIfAborted();
      if (isOutOfMemory(error)) throw new EventsTooLarge();
      throw error;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
