import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { totalmem } from 'node:os';
import { type EventLogReader } from '#libs/event-log';
import { EVENT_VIEWS } from './event-views.js';
import type { ExportTask } from './export-task.js';
import { fillEventTable } from './fill-event-table.js';

const MIB = 1_048_576;
/** A quarter of the machine's memory; what needs more goes to the scratch directory. */
const memoryLimit = (): string =>
  `${Math.round(Math.min(Math.max(totalmem() / 4, 256 * MIB), 4096 * MIB) / MIB)}MiB`;

/**
 * An empty DuckDB in memory that opens no file but its own spill in `scratch`, and loads no extension. The order counts:
 * once files are closed to it, it takes no directory any more.
 */
export const openDatabase = async (scratch: string): Promise<DuckDBInstance> =>
  DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit(),
    temp_directory: scratch,
    max_temp_directory_size: '16GiB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
  });

/** Fills the table `events` and makes a view for each type of event; then nothing can be set or written any more. */
export const loadLog = async (
  connection: DuckDBConnection,
  log: EventLogReader,
  task: ExportTask,
): Promise<void> => {
  await fillEventTable(connection, log, task);
  for (const { sql } of EVENT_VIEWS.values()) await connection.run(sql);
  await connection.run('SET lock_configuration = true');
  await connection.run('BEGIN TRANSACTION READ ONLY');
};
