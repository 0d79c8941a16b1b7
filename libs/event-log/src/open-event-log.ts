import { join } from 'node:path';
import { LogUnavailable } from './event-log-errors.js';
import type { EventLog, EventLogReader } from './event-log.js';
import { openSqliteEventLogReader } from './sqlite/open-sqlite-event-log-reader.js';
import { openSqliteEventLog } from './sqlite/open-sqlite-event-log.js';

/** The settings that say which log there is. */
export interface EventLogSettings {
  readonly dataDir: string;
  /** A connection string of EventStoreDB (esdb://…), or '' for the embedded log in the data directory. */
  readonly eventLog: string;
}

const notYet = (): never => {
  throw new LogUnavailable('This Parley has no EventStoreDB adapter yet; leave PARLEY_EVENT_LOG empty');
};

/**
 * Opens the log that the settings name.
 * @throws LogLocked when another process owns the data directory.
 * @throws LogUnavailable when the log cannot be opened.
 */
export const openEventLog = async ({ dataDir, eventLog }: EventLogSettings): Promise<EventLog> =>
  eventLog === '' ? openSqliteEventLog({ directory: join(dataDir, 'log') }) : notYet();

/**
 * Opens the log that the settings name for a process that only looks, whether or not another owns it.
 * @throws LogUnavailable when there is no log.
 */
export const openEventLogReader = async ({ dataDir, eventLog }: EventLogSettings): Promise<EventLogReader> =>
  eventLog === '' ? openSqliteEventLogReader({ directory: join(dataDir, 'log') }) : notYet();
