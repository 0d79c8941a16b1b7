import { StreamNotFoundError } from '@eventstore/db-client';
import type { ReadStreamOptions, RecordedEvent } from '../event-log.js';
import type { Connection } from './connection.js';
import type { Pages } from '../paged-events.js';
import { recordedEvent } from './recorded-event.js';
import { READ_AHEAD, ServerReading } from './server-reading.js';

/** The events of a stream as far as the server gives them, page by page; none of a stream that does not exist. */
export class StreamPages implements Pages {
  readonly #reading: ServerReading;

  /** @throws LogUnavailable when the connection is closed. */
  constructor(
    connection: Connection,
    stream: string,
    { from, direction = 'forwards', limit = Infinity }: ReadStreamOptions,
  ) {
    const fromRevision = from === undefined ? (direction === 'forwards' ? 'start' : 'end') : BigInt(from);
    const maxCount = Number.isFinite(limit) ? limit : Number.MAX_SAFE_INTEGER;
    this.#reading = new ServerReading(connection, client =>
      client.readStream(stream, { fromRevision, direction, maxCount }, READ_AHEAD),
    );
  }

  async next(): Promise<readonly RecordedEvent[] | undefined> {
    try {
      const records = await this.#reading.next();
      return records?.map(recordedEvent).filter(event => event !== undefined);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return undefined;
      throw error;
    }
  }

  leave(): void {
    this.#reading.cancel();
  }
}

/** All events that pages give. */
export async function collectPages(pages: Pages): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  try {
    for (let page = await pages.next(); page !== undefined; page = await pages.next()) events.push(...page);
  } finally {
    pages.leave();
  }
  return events;
}
