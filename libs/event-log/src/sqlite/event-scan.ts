import type { Direction, EventFilter, Position, RecordedEvent } from '../event-log.js';
import type { EventDatabase } from './event-database.js';
import { EVENT_COLUMNS, type EventRow } from './event-rows.js';
import { afterPrefix } from './prefix-range.js';
import { EVENTS_BY_STREAM, segmentOf } from './schema.js';

/** Events of one synchronous read: few enough that the event loop is not held for long. */
export const PAGE_EVENTS = 256;
/** Size of JSON after which a page ends early. */
const PAGE_SIZE = 1_048_576;
/** Rows that one page looks through when a filter may discard most of them. */
const SCAN_ROWS = 4_096;
/** Up to so many streams are read through their index; for more, looking through all rows is cheaper. */
const MAX_INDEXED_STREAMS = 256;
const FIRST_INDEXED_WINDOW = 65_536;

/** Where the events come from: the whole log, or one stream by its number. */
export interface ScanSource extends EventFilter {
  readonly stream?: number;
}

interface PageQuery {
  /** What follows the columns in a SELECT of events, named `e`. */
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
  readonly maxEvents: number;
  /** Where the cursor is when all rows were taken and there was room for more. */
  readonly end: Position;
}

/** Reads the events of a range of positions page by page, each page a window of positions of bounded cost. */
export class EventScan {
  readonly #forwards: boolean;
  readonly #prefixes: readonly string[] | undefined;
  readonly #types: string | undefined;
  #indexedWindow = FIRST_INDEXED_WINDOW;

  /** @param cursor the next page begins beyond this position (exclusive, both ways). */
  constructor(
    readonly database: EventDatabase,
    readonly source: ScanSource,
    direction: Direction,
    public cursor: Position,
  ) {
    this.#forwards = direction === 'forwards';
    this.#types = source.types && JSON.stringify(source.types);
    this.#prefixes = source.streamPrefixes;
  }

  /**
   * Events beyond the cursor, which it moves on: perhaps none, since the filter may fit none of those looked at.
   * @param last where the scan ends (inclusive); it is done once the cursor has passed all positions to here.
   */
  page(last: Position, maxEvents = PAGE_EVENTS): RecordedEvent[] {
    if (this.isDone(last)) return [];
    if (this.source.stream !== undefined) return this.#ownIndexPage(last, maxEvents);
    if (this.#prefixes !== undefined) {
      const streams = this.database.streamsWithPrefix(this.#prefixes, MAX_INDEXED_STREAMS + 1);
      if (streams.length <= MAX_INDEXED_STREAMS) return this.#indexedPage(streams, last, maxEvents);
    }
    return this.#lookThroughPage(last, maxEvents);
  }

  isDone(last: Position): boolean {
    return this.#forwards ? this.cursor >= last : this.cursor <= last;
  }

  /** One stream, which its index gives in order. */
  #ownIndexPage(last: Position, maxEvents: number): RecordedEvent[] {
    const order = this.#order;
    const [low, high] = this.#window(last, Number.MAX_SAFE_INTEGER);
    return this.#takeWhole({
      sql: `FROM ${EVENTS_BY_STREAM}
        WHERE g.stream = ? AND g.segment BETWEEN ? AND ? AND e.position BETWEEN ? AND ?
        ORDER BY g.segment ${order}, e.position ${order} LIMIT ?`,
      parameters: [this.source.stream as number, segmentOf(low), segmentOf(high), low, high, maxEvents],
      maxEvents,
      end: this.#forwards ? high : low,
    });
  }

  /** Few streams: their positions in the window from the index, then these events. */
  #indexedPage(streams: readonly number[], last: Position, maxEvents: number): RecordedEvent[] {
    const [low, high] = this.#window(last, this.#indexedWindow);
    const found = this.database
      .statement(
        `SELECT e.position FROM ${EVENTS_BY_STREAM}
         WHERE g.stream IN (SELECT value FROM json_each(?)) AND g.segment BETWEEN ? AND ?
         AND e.position BETWEEN ? AND ? ORDER BY e.position ${this.#order} LIMIT ?`,
      )
      .all(JSON.stringify(streams), segmentOf(low), segmentOf(high), low, high, PAGE_EVENTS)
      .map(row => (row as unknown as [Position])[0]);
    const full = found.length === PAGE_EVENTS;
    // The index costs as many steps as it finds, so the window follows what it found.
    if (full) this.#indexedWindow = Math.max(1_024, this.#indexedWindow / 2);
    else if (found.length < PAGE_EVENTS / 4) {
      this.#indexedWindow = Math.min(Number.MAX_SAFE_INTEGER, this.#indexedWindow * 4);
    }
    return this.#takeFitting({
      sql: `FROM json_each(?) p CROSS JOIN events e ON e.position = p.value ${this.#typesClause('WHERE')}`,
      parameters: [JSON.stringify(found), ...this.#typesParameters],
      maxEvents,
      end: full ? (found.at(-1) as Position) : this.#forwards ? high : low,
    });
  }

  /** All rows of the window, in order, kept or not by the filter. */
  #lookThroughPage(last: Position, maxEvents: number): RecordedEvent[] {
    const filtered = this.#types !== undefined || this.#prefixes !== undefined;
    const [low, high] = this.#window(last, filtered ? SCAN_ROWS : Number.MAX_SAFE_INTEGER);
    const inPrefixes = this.#prefixes?.map(() => '(s.name BETWEEN ? AND ?)').join(' OR ');
    const prefixBounds = (this.#prefixes ?? []).flatMap(prefix => [prefix, afterPrefix(prefix)]);
    const query: PageQuery = {
      sql: `FROM events e NOT INDEXED WHERE e.position BETWEEN ? AND ?
        ${this.#typesClause('AND')}
        ${inPrefixes ? `AND EXISTS (SELECT 1 FROM streams s WHERE s.id = e.stream AND (${inPrefixes}))` : ''}
        ORDER BY e.position ${this.#order} LIMIT ?`,
      parameters: [low, high, ...this.#typesParameters, ...prefixBounds, maxEvents],
      maxEvents,
      end: this.#forwards ? high : low,
    };
    return filtered ? this.#takeFitting(query) : this.#takeWhole(query);
  }

  get #order(): string {
    return this.#forwards ? 'ASC' : 'DESC';
  }

  #typesClause(word: 'WHERE' | 'AND'): string {
    return this.#types === undefined
      ? ''
      : `${word} e.type IN (SELECT t.id FROM types t WHERE t.name IN (SELECT value FROM json_each(?)))`;
  }

  get #typesParameters(): string[] {
    return this.#types === undefined ? [] : [this.#types];
  }

  /** The next positions to look at, as an inclusive range. */
  #window(last: Position, length: number): [low: Position, high: Position] {
    return this.#forwards
      ? [this.cursor + 1, Math.min(last, this.cursor + length)]
      : [Math.max(last, this.cursor - length), this.cursor - 1];
  }

  /**
   * Reads all rows at once, which is the fastest way, when a look at their sizes shows that together they are small enough.
   * For queries that find their rows without search, since it is made twice.
   */
  #takeWhole(query: PageQuery): RecordedEvent[] {
    const sizes = this.database.statement(
      `SELECT sum(size) FROM (SELECT octet_length(e.data) + octet_length(e.metadata) AS size ${query.sql})`,
    );
    const [size] = sizes.get(...query.parameters) as unknown as [number | null];
    if ((size ?? 0) > PAGE_SIZE) return this.#takeFitting(query);
    const statement = this.database.statement(`SELECT ${EVENT_COLUMNS} ${query.sql}`);
    const rows = statement.all(...query.parameters) as unknown as EventRow[];
    this.cursor = rows.length === query.maxEvents ? (rows.at(-1) as EventRow)[0] : query.end;
    return rows.map(row => this.database.rows.toEvent(row));
  }

  /** Reads row by row until the page is full. */
  #takeFitting({ sql, parameters, maxEvents, end }: PageQuery): RecordedEvent[] {
    const statement = this.database.statement(`SELECT ${EVENT_COLUMNS} ${sql}`);
    const events: RecordedEvent[] = [];
    let size = 0;
    for (const row of statement.iterate(...parameters) as unknown as Iterable<EventRow>) {
      events.push(this.database.rows.toEvent(row));
      size += row[7].length + row[8].length;
      if (size >= PAGE_SIZE || events.length === maxEvents) {
        this.cursor = row[0];
        return events;
      }
    }
    this.cursor = end;
    return events;
  }
}
