import type { EventLog, RecordedEvent } from '#libs/event-log';
import type { Delivery } from './webhook-database.js';

/** The event that a delivery tells of; undefined in a log that has another one in its place, or none. */
export const eventOfDelivery = async (
  log: Pick<EventLog, 'readStream'>,
  { stream, revision, event_id }: Pick<Delivery, 'stream' | 'revision' | 'event_id'>,
): Promise<RecordedEvent | undefined> => {
  for await (const event of log.readStream(stream, { from: revision, limit: 1 })) {
    if (event.id === event_id) return event;
  }
  return undefined;
};
