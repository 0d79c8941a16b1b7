import { START, type Position } from '../event-log.js';
import { AllPages } from './all-pages.js';
import type { Connection } from './connection.js';

/**
 * `EventLog.positionBefore` on a server. EventStoreDB has no index by time, and takes no positions but those of events, so
 * nothing can be halved: the log is walked back from its end to the first event that is older, which costs as much as
 * reading what happened since.
 */
export async function positionBefore(connection: Connection, time: string): Promise<Position> {
  const at = Date.parse(time);
  const pages = new AllPages(connection, 'backwards', undefined, Infinity);
  try {
    for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
      const older = page.find(event => Date.parse(event.time) < at);
      if (older !== undefined) return older.position;
    }
    return START;
  } finally {
    pages.leave();
  }
}
