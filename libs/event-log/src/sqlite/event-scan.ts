import type { StatementSync } from 'node:sqlite';
import type { Direction, EventFilter, Position, RecordedEvent } from '../event-log.js';
import type { EventDatabase } from './event-database.js';
import { EVENT_COLUMNS, type EventRow } from './event-rows.js';
import { afterPrefix } from './prefix-range.js';
import { EVENTS_BY_STREAM, segmentOf } from './schema.js';

/** Events of one synchronous read: few enough that the event loop is not held for long. */
export const PAGE_EVENTS = 256;
/** Characters of JSON after which a page ends early. */
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
    const statement = this.database.statement(
      `SELECT ${EVENT_COLUMNS} FROM ${EVENTS_BY_STREAM}
       WHERE g.stream = ? AND g.segment BETWEEN ? AND ? AND e.position BETWEEN ? AND ?
       ORDER BY g.segment ${order}, e.position ${order} LIMIT ?`,
    );
    const [low, high] = this.#window(last, Number.MAX_SAFE_INTEGER);
    const stream = this.source.stream as number;
    const parameters = [stream, segmentOf(low), segmentOf(high), low, high, maxEvents];
    return this.#take(statement, parameters, maxEvents, low, high);
  }

  /** Few streams: their positions in the window from the index, then these events. */
  #indexedPage(streams: readonly number[], last: Position, maxEvents: number): RecordedEvent[] {
    const [low, high] = this.#window(last, this.#indexedWindow);
    const positions = this.database
      .statement(
        `SELECT e.position FROM ${EVENTS_BY_STREAM}
         WHERE g.stream IN (SELECT value FROM json_each(?)) AND g.segment BETWEEN ? AND ?
         AND e.position BETWEEN ? AND ? ORDER BY e.position ${this.#order} LIMIT ?`,
      )
      .all(JSON.stringify(streams), segmentOf(low), segmentOf(high), low, high, maxEvents) as unknown as [
      Position,
    ][];
    // The index costs as many steps as it finds, so the window follows what it found.
    if (positions.length === maxEvents) this.#indexedWindow = Math.max(1_024, this.#indexedWindow / 2);
    else if (positions.length < maxEvents / 4) {
      this.#indexedWindow = Math.min(Number.MAX_SAFE_INTEGER, this.#indexedWindow * 4);
    }
    const full = positions.length === maxEvents;
    const found = positions.map(([position]) => position);
    const end = full ? (found.at(-1) as Position) : undefined;
    const statement = this.database.statement(
      `SELECT ${EVENT_COLUMNS} FROM json_each(?) p CROSS JOIN events e ON e.position = p.value ${this.#typesClause('WHERE')}`,
    );
    const parameters = [JSON.stringify(found), ...this.#typesParameters];
    return this.#take(statement, parameters, Infinity, end ?? low, end ?? high);
  }

  /** All rows of the window, in order, kept or not by the filter. */
  #lookThroughPage(last: Position, maxEvents: number): RecordedEvent[] {
    const filtered = this.#types !== undefined || this.#prefixes !== undefined;
    const [low, high] = this.#window(last, filtered ? SCAN_ROWS : Number.MAX_SAFE_INTEGER);
    const inPrefixes = this.#prefixes?.map(() => '(s.name BETWEEN ? AND ?)').join(' OR ');
    const statement = this.database.statement(
      `SELECT ${EVENT_COLUMNS} FROM events e NOT INDEXED WHERE e.position BETWEEN ? AND ?
       ${this.#typesClause('AND')}
       ${inPrefixes ? `AND EXISTS (SELECT 1 FROM streams s WHERE s.id = e.stream AND (${inPrefixes}))` : ''}
       ORDER BY e.position ${this.#order} LIMIT ?`,
    );
    const prefixBounds = (this.#prefixes ?? []).flatMap(prefix => [prefix, afterPrefix(prefix)]);
    const parameters = [low, high, ...this.#typesParameters, ...prefixBounds, maxEvents];
    return this.#take(statement, parameters, maxEvents, low, high);
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

  /** Reads rows until the page is full, and moves the cursor to where it ended. */
  #take(
    statement: StatementSync,
    parameters: readonly (string | number)[],
    maxEvents: number,
    low: Position,
    high: Position,
  ): RecordedEvent[] {
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
    this.cursor = this.#forwards ? high : low;
    return events;
  }
}
