import { LogUnavailable } from '../event-log-errors.js';
import { START, type EventFilter, type Position, type RecordedEvent } from '../event-log.js';
import type { Connection } from './connection.js';
import type { Pages } from '../paged-events.js';
import { recordedEvent } from './recorded-event.js';
import { serverFilter } from './server-filter.js';
import { READ_AHEAD, ServerReading } from './server-reading.js';

/**
 * A subscription to the whole log, for as long as its call lasts: events after a position, history first, then live; those
 * that the server's filter lets through.
 */
export class SubscriptionPages implements Pages {
  readonly #reading: ServerReading;
  #checkpoint: Position = START;
  #left = false;

  /**
   * @param cursor begins after it; moves on with what was given, and with what the server looked at in vain.
   * @param besides an event that is to come whether or not it fits.
   * @param patient whether silence is no fault once it has begun.
   * @throws LogUnavailable when the connection is closed.
   */
  constructor(
    connection: Connection,
    public cursor: Position,
    filter: EventFilter,
    besides?: RecordedEvent,
    patient = false,
  ) {
    const commit = BigInt(cursor);
    this.#reading = new ServerReading(connection, client => {
      const subscription = client.subscribeToAll(
        {
          fromPosition: cursor <= START ? 'start' : { commit, prepare: commit },
          filter: serverFilter(filter, besides, async (_, { commit }) => {
            // One that is beyond all counting is told by the event after it.
            if (commit <= Number.MAX_SAFE_INTEGER) this.#checkpoint = Number(commit);
            this.#reading.signOfLife();
          }),
        },
        READ_AHEAD,
      );
      subscription.on('confirmation', () =>
        patient ? this.#reading.bePatient() : this.#reading.signOfLife(),
      );
      return subscription;
    });
  }

  async next(): Promise<readonly RecordedEvent[] | undefined> {
    const records = await this.#reading.next();
    if (this.#left) return undefined;
    // A subscription has no end of its own.
    if (records === undefined)
      throw new LogUnavailable('EventStoreDB does not answer: it ended a subscription');
    const events: RecordedEvent[] = [];
    for (const record of records) {
      const event = recordedEvent(record);
      if (event === undefined || event.position <= this.cursor) continue;
      this.cursor = event.position;
      events.push(event);
    }
    // What came before the checkpoint has been given, since nothing waits.
    if (this.#checkpoint > this.cursor && this.#reading.drained) this.cursor = this.#checkpoint;
    return events;
  }

  leave(): void {
    this.#left = true;
    this.#reading.cancel();
  }
}
