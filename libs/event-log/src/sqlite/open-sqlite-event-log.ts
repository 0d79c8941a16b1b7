import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { EventLog } from '../event-log.js';
import { startThread } from '../start-thread.js';
import { lockDirectory } from './directory-lock.js';
import { EventDatabase } from './event-database.js';
import { DATABASE_FILE, EVENTS_BY_STREAM, SCHEMA, SCHEMA_VERSION, SEGMENT_LENGTH } from './schema.js';
import { SqliteEventLog } from './sqlite-event-log.js';
import type { WriterOptions } from './writer-messages.js';

export interface SqliteEventLogOptions {
  /** The data directory; made, for the owner's eyes only, when it does not exist. */
  readonly directory: string;
}

/**
 * Opens the embedded event log of a data directory and owns the directory until the log is closed or the process is gone.
 * @throws LogLocked when another process owns it.
 * @throws LogUnavailable when the log cannot be opened.
 */
export async function openSqliteEventLog({ directory }: SqliteEventLogOptions): Promise<EventLog> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(directory);
  try {
    const worker = await startWriter(join(directory, DATABASE_FILE));
    try {
      return new SqliteEventLog({ lock, worker, database: new EventDatabase(directory) });
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

function startWriter(databasePath: string): Promise<Worker> {
  const workerData: WriterOptions = {
    databasePath,
    schema: SCHEMA,
    schemaVersion: SCHEMA_VERSION,
    segmentLength: SEGMENT_LENGTH,
    eventsByStream: EVENTS_BY_STREAM,
  };
  const url = new URL('./writer-thread.js', import.meta.url);
  return startThread(url, 'event-log-writer', workerData, 'The event log');
}
