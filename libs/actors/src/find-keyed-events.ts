import { RevisionConflict, type EventLog, type RecordedEvent } from '#libs/event-log';
import type { CommandMetadata } from './command-metadata.js';
import { keyedEventId } from './keyed-event-id.js';
import { readPages } from './read-pages.js';

/** No stream is ever there. */
const IMPOSSIBLE_REVISION = Number.MAX_SAFE_INTEGER - 1;

/**
 * Revision at which an event id stands in its stream, found with nothing but the port: an append of this id alone, expecting
 * a revision that cannot be, succeeds as a repeat where the id stands in the stream, and conflicts everywhere else.
 */
export const probeRevision = async (
  log: EventLog,
  stream: string,
  id: string,
  { correlationId, userId, time }: CommandMetadata,
): Promise<number | undefined> => {
  const probe = { id, type: 'Probe', version: 1, time, data: null, metadata: { correlationId, userId } };
  try {
    return (await log.append(stream, [probe], IMPOSSIBLE_REVISION)).events[0]?.revision;
  } catch (error) {
    if (error instanceof RevisionConflict) return undefined;
    throw error;
  }
};

/** The events that a command with an idempotency key led to when it was first executed: they stand together from `revision`. */
export const readKeyedEvents = async (
  log: EventLog,
  stream: string,
  revision: number,
  command: unknown,
  metadata: CommandMetadata,
): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for await (const page of readPages(log, stream, revision)) {
    for (const event of page) {
      if (event.id !== keyedEventId(stream, command, metadata, found.length)) return found;
      found.push(event);
    }
  }
  return found;
};
