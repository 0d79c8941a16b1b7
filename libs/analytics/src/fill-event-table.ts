import type { DuckDBConnection } from '@duckdb/node-api';
import type { EventLogReader } from '#libs/event-log';
import { CHUNK_EVENTS, EventTable } from './event-table.js';
import type { ExportTask } from './export-task.js';
import { shownEvents } from './shown-events.js';

/** Makes the table `events` and lays the events of a range into it, with their times in UTC. */
export const fillEventTable = async (
  connection: DuckDBConnection,
  log: EventLogReader,
  { range, signal, onProgress }: ExportTask,
): Promise<EventTable> => {
  await connection.run(`SET TimeZone = 'UTC'`);
  const table = await EventTable.create(connection, 'events');
  let done = 0;
  for await (const { events, position } of shownEvents(log, range, CHUNK_EVENTS)) {
    signal?.throwIfAborted();
    table.append(events);
    done += events.length;
    onProgress?.({ events: done, position });
  }
  table.finish();
  return table;
};
