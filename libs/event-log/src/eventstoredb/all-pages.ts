import type { Direction, Position, RecordedEvent } from '../event-log.js';
import type { Connection } from './connection.js';
import { positionOf, recordedEvent, type WireRecord } from './recorded-event.js';
import { READ_AHEAD, ServerReading } from './server-reading.js';

/** What is asked for beyond what is wanted: the record at the position itself, and some that are the server's own. */
const SLACK = 8;

/**
 * The events of the whole log beyond a position, page by page, to where the server says that it ends. The server counts the
 * position itself in, and records of its own, so that a limit takes further requests where it counted too many of those.
 */
export class AllPages {
  #reading: ServerReading;
  #asked = 0;
  #came = 0;

  /**
   * @param cursor begins beyond it (exclusive); undefined: at the log's beginning, or its end when backwards.
   * @param wanted how many events will do.
   * @throws LogUnavailable when the connection is closed.
   */
  constructor(
    readonly connection: Connection,
    readonly direction: Direction,
    private cursor: Position | undefined,
    private wanted: number,
  ) {
    this.#reading = this.#open();
  }

  async next(): Promise<readonly RecordedEvent[] | undefined> {
    const records = await this.#reading.next();
    if (records === undefined) {
      if (this.#came < this.#asked) return undefined;
      this.wanted *= 2;
      this.#reading.cancel();
      this.#reading = this.#open();
      return [];
    }
    this.#came += records.length;
    const events: RecordedEvent[] = [];
    for (const record of records) {
      if (!this.#advance(record)) continue;
      const event = recordedEvent(record);
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  leave(): void {
    this.#reading.cancel();
  }

  #open(): ServerReading {
    this.#asked = this.wanted + SLACK;
    this.#came = 0;
    const { direction, cursor } = this;
    const commit = cursor === undefined ? undefined : BigInt(cursor);
    const fromPosition =
      commit === undefined ? (direction === 'forwards' ? 'start' : 'end') : { commit, prepare: commit };
    const maxCount = Number.isFinite(this.#asked) ? this.#asked : Number.MAX_SAFE_INTEGER;
    return new ServerReading(this.connection, client =>
      client.readAll({ fromPosition, direction, maxCount }, READ_AHEAD),
    );
  }

  /** Whether the record lies beyond the cursor, which it moves there. */
  #advance(record: WireRecord): boolean {
    const position = positionOf(record);
    const { cursor } = this;
    if (cursor !== undefined && (this.direction === 'forwards' ? position <= cursor : position >= cursor)) {
      return false;
    }
    this.cursor = position;
    return true;
  }
}

/** The last event of the log; undefined while it is empty. */
export async function lastEvent(connection: Connection): Promise<RecordedEvent | undefined> {
  const pages = new AllPages(connection, 'backwards', undefined, 1);
  try {
    for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
      if (page[0] !== undefined) return page[0];
    }
    return undefined;
  } finally {
    pages.leave();
  }
}
