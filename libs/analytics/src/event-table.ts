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
  data: { sql: 'JSON', type: VARCHAR, value: row => JSON.stringify(row.data) },
};

/** What one chunk of DuckDB holds at most: so many events at a time cost least. */
export const CHUNK_EVENTS = 2048;
/** Chunks that lie in memory, uncounted by DuckDB's limit, until they are flushed. */
const FLUSHED_CHUNKS = 16;

/** A table `events` in DuckDB, filled chunk by chunk. */
export class EventTable {
  readonly #chunk = DuckDBDataChunk.create(EVENT_COLUMNS.map(name => COLUMNS[name].type));
  #unflushed = 0;

  private constructor(private readonly appender: DuckDBAppender) {}

  /** @param name of the new table */
  static async create(connection: DuckDBConnection, name: string): Promise<EventTable> {
    const columns = EVENT_COLUMNS.map(column => `${column} ${COLUMNS[column].sql}`).join(', ');
    await connection.run(`CREATE TABLE ${name} (${columns})`);
    return new EventTable(await connection.createAppender(name));
  }

  append(events: readonly RecordedEvent[]): void {
    for (let from = 0; from < events.length; from += CHUNK_EVENTS) {
      const rows = events.slice(from, from + CHUNK_EVENTS).map(eventRow);
      this.#chunk.reset();
      this.#chunk.rowCount = rows.length;
      EVENT_COLUMNS.forEach((name, index) =>
        this.#chunk.setColumnValues(index, rows.map(COLUMNS[name].value)),
      );
      this.appender.appendDataChunk(this.#chunk);
      this.#unflushed += 1;
      if (this.#unflushed === FLUSHED_CHUNKS) {
        this.appender.flushSync();
        this.#unflushed = 0;
      }
    }
  }

  /** Makes all appended rows visible. To be called once, before the table is read. */
  finish(): void {
    this.appender.closeSync();
  }
}
