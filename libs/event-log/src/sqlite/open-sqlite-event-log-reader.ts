import type { EventLogReader } from '../event-log.js';
import { EventDatabase } from './event-database.js';
import { readAll, readStream } from './event-reading.js';

/**
 * Looks at the embedded event log of a data directory, whether or not a process owns it; changes nothing.
 * @throws LogUnavailable when there is no log.
 */
export async function openSqliteEventLogReader({
  directory,
}: {
  /** The data directory. */
  readonly directory: string;
}): Promise<EventLogReader> {
  const database = new EventDatabase(directory);
  return {
    readStream: (stream, options) => readStream(database, stream, options),
    readAll: options => readAll(database, options),
    head: async () => database.head(),
    positionBefore: async time => database.positionBefore(time),
    close: async () => database.close(),
  };
}
