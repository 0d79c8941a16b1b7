import {
  BIGINT,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBTimestampTZValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  TIMESTAMPTZ,
  VARCHAR,
} from '@duckdb/node-api';
import type { RecordedEvent } from '#libs/event-log';
import { EVENT_COLUMNS, eventRow, type EventRow } from './event-row.js';

interface Column {
  readonly sql: string;
  readonly type: DuckDBType;
  /** Of a row whose data are a text already. */
  readonly value: (row: EventRow) => DuckDBValue;
}

const text = (name: keyof EventRow): Column => ({
  sql: 'VARCHAR',
  type: VARCHAR,
  value: row => row[name] as string | null,
});

const COLUMNS: Readonly<Record<keyof EventRow, Column>> = {
  position: { sql: 'BIGINT', type: BIGINT, value: row => BigInt(row.position) },
  stream: text('stream'),
  revision: { sql: 'INTEGER', type: INTEGER, value: row => row.revision },
  id: text('id'),
  type: text('type'),
  version: { sql: 'INTEGER', type: INTEGER, value: row => row.version },
  time: {
    sql: 'TIMESTAMPTZ',
    type: TIMESTAMPTZ,
    value: ({ time }) => {
      const ms = Date.parse(time);
      return Number.isNaN(ms) ? null : new DuckDBTimestampTZValue(BigInt(ms) * 1000n);
    },
  },
  user_id: text('user_id'),
  correlation_id: text('correlation_id'),
  causation_id: text('causation_id'),
  meeting_id: text('meeting_id'),
  data: { sql: 'JSON', type: VARCHAR, value: row => row.data as string },
};

/** What one chunk of DuckDB holds at most: so many events at a time cost least. */
export const CHUNK_EVENTS = 2048;
/** Characters of data after which a chunk is full nonetheless. */
const CHUNK_CHARACTERS = 4_000_000;
/** What may lie in memory, uncounted by DuckDB's limit, until it is flushed. */
const UNFLUSHED_EVENTS = 16 * CHUNK_EVENTS;
const UNFLUSHED_CHARACTERS = 2 * CHUNK_CHARACTERS;

/** A table `events` in DuckDB, filled chunk by chunk. */
export class EventTable {
  readonly #chunk = DuckDBDataChunk.create(EVENT_COLUMNS.map(name => COLUMNS[name].type));
  #rows: EventRow[] = [];
  #characters = 0;
  #unflushed = { events: 0, characters: 0 };
  #largestEvents = 0;

  private constructor(private readonly appender: DuckDBAppender) {}

  /** @param name of the new table */
  static async create(connection: DuckDBConnection, name: string): Promise<EventTable> {
    const columns = EVENT_COLUMNS.map(column => `${column} ${COLUMNS[column].sql}`).join(', ');
    await connection.run(`CREATE TABLE ${name} (${columns})`);
    return new EventTable(await connection.createAppender(name));
  }

  /** Characters of data that an event has on the average where the events are largest. */
  get largestEvents(): number {
    return this.#largestEvents;
  }

  append(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      const row = eventRow(event);
      const data = JSON.stringify(row.data);
      this.#rows.push({ ...row, data });
      this.#characters += data.length;
      if (this.#rows.length === CHUNK_EVENTS || this.#characters >= CHUNK_CHARACTERS) this.#write();
    }
  }

  /** Makes all appended rows visible. To be called once, before the table is read. */
  finish(): void {
    if (this.#rows.length > 0) this.#write();
    this.appender.closeSync();
  }

  #write(): void {
    const [rows, characters] = [this.#rows, this.#characters];
    this.#chunk.reset();
    this.#chunk.rowCount = rows.length;
    EVENT_COLUMNS.forEach((name, index) => this.#chunk.setColumnValues(index, rows.map(COLUMNS[name].value)));
    this.appender.appendDataChunk(this.#chunk);
    this.#largestEvents = Math.max(this.#largestEvents, characters / rows.length);
    this.#rows = [];
    this.#characters = 0;
    const unflushed = {
      events: this.#unflushed.events + rows.length,
      characters: this.#unflushed.characters + characters,
    };
    const full = unflushed.events >= UNFLUSHED_EVENTS || unflushed.characters >= UNFLUSHED_CHARACTERS;
    if (full) this.appender.flushSync();
    this.#unflushed = full ? { events: 0, characters: 0 } : unflushed;
  }
}
