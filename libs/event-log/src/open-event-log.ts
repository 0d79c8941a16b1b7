import { join } from 'node:path';
import type { EventLog, EventLogReader } from './event-log.js';
import type { OnReconnect } from './eventstoredb/server-tail.js';
import { EventOpener } from './personal-data/event-opener.js';
import { KeyCache } from './personal-data/key-cache.js';
import { KeyFile } from './personal-data/key-file.js';
import { mappedEvents } from './personal-data/mapped-events.js';
import { openUserKeys } from './personal-data/open-user-keys.js';
import { type PersonalEventLog, SealedEventLog } from './personal-data/sealed-event-log.js';
import { openSqliteEventLogReader } from './sqlite/open-sqlite-event-log-reader.js';
import { openSqliteEventLog } from './sqlite/open-sqlite-event-log.js';

/** The settings that say which log there is. */
export interface EventLogSettings {
  /** Holds the embedded log in `log`, and the keys of personal data in `keys`. */
  readonly dataDir: string;
  /** A connection string of EventStoreDB (esdb://…), or '' for the embedded log. */
  readonly eventLog: string;
}

/** Its client is loaded by those alone who use it. */
const openEventStoreDb = async (connectionString: string, onReconnect?: OnReconnect): Promise<EventLog> => {
  const { openEventStoreDbLog } = await import('./eventstoredb/open-eventstoredb-log.js');
  return openEventStoreDbLog({ connectionString, ...(onReconnect && { onReconnect }) });
};

/**
 * Opens the log that the settings name, with personal texts sealed in it, and carries out erasures that a process that died
 * has left.
 * @param onReconnect told whenever an EventStoreDB was lost, with the milliseconds after which it is tried again
 * @throws LogLocked when another process owns the data directory.
 * @throws LogUnavailable when the log cannot be opened.
 */
export const openEventLog = async (
  { dataDir, eventLog }: EventLogSettings,
  onReconnect?: OnReconnect,
): Promise<PersonalEventLog> => {
  const log =
    eventLog === ''
      ? await openSqliteEventLog({ directory: join(dataDir, 'log') })
      : await openEventStoreDb(eventLog, onReconnect);
  try {
    const keys = await openUserKeys(join(dataDir, 'keys'));
    try {
      const sealed = new SealedEventLog(log, keys);
      await sealed.catchUp();
      return sealed;
    } catch (error) {
      await keys.close();
      throw error;
    }
  } catch (error) {
    await log.close();
    throw error;
  }
};

/**
 * Opens the log that the settings name for a process that only looks, whether or not another owns it.
 * @throws LogUnavailable when there is no log.
 */
export const openEventLogReader = async ({
  dataDir,
  eventLog,
}: EventLogSettings): Promise<EventLogReader> => {
  const log: EventLogReader =
    eventLog === ''
      ? await openSqliteEventLogReader({ directory: join(dataDir, 'log') })
      : await openEventStoreDb(eventLog);
  const keys = new KeyFile(join(dataDir, 'keys'));
  const { open } = new EventOpener(new KeyCache(keys));
  return {
    readStream: (stream, options) => mappedEvents(log.readStream(stream, options), open),
    readAll: options => mappedEvents(log.readAll(options), open),
    head: () => log.head(),
    positionBefore: time => log.positionBefore(time),
    close: async () => {
      await log.close();
      keys.close();
    },
  };
};
