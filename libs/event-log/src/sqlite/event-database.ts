import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LogUnavailable } from '../event-log-errors.js';
import { START, type Position, type RecordedEvent } from '../event-log.js';
import { EVENT_COLUMNS, EventRows, type EventRow } from './event-rows.js';
import { afterPrefix } from './prefix-range.js';
import { DATABASE_FILE, EVENTS_BY_STREAM, IN_SEGMENT, SCHEMA_VERSION } from './schema.js';

/** The reading connection to the log of a data directory, and the small questions asked of it. Not for the writer. */
export class EventDatabase {
  readonly rows: EventRows;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws LogUnavailable when the directory has no log that this Parley reads. */
  constructor(directory: string) {
    const path = join(directory, DATABASE_FILE);
    if (!existsSync(path)) throw new LogUnavailable(`There is no event log in ${directory}`);
    this.#database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      const version = this.#database.prepare('PRAGMA user_version').get()?.user_version;
      if (version !== SCHEMA_VERSION) {
        throw new LogUnavailable(
          `The event log has format ${String(version)}, and this Parley reads format ${SCHEMA_VERSION}`,
        );
      }
      this.rows = new EventRows(this.#database);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** A statement whose rows come as arrays; made once for each text. */
  statement(sql: string): StatementSync {
    if (!this.#database.isOpen) throw new LogUnavailable('The event log is closed');
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  head(): Position {
    const [head] = this.statement('SELECT max(position) FROM events').get() as unknown as [Position | null];
    return head ?? START;
  }

  /** The last position before this time, found by halving; times are taken to rise with positions. */
  positionBefore(time: string): Position {
    const at = Date.parse(time);
    const next = this.statement(
      'SELECT position, time FROM events WHERE position >= ? ORDER BY position LIMIT 1',
    );
    let low = 0;
    let high = this.head() + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [position, found] = next.get(middle) as unknown as [Position, string];
      if (Date.parse(found) < at) low = position + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Number of the stream of this name, if it exists. */
  streamId(name: string): number | undefined {
    const row = this.statement('SELECT id FROM streams WHERE name = ?').get(name);
    return (row as unknown as [number] | undefined)?.[0];
  }

  /** Numbers of the streams with one of these prefixes, in no order, at most so many. */
  streamsWithPrefix(prefixes: readonly string[], limit: number): number[] {
    const ids = new Set<number>();
    const statement = this.statement('SELECT id FROM streams WHERE name BETWEEN ? AND ? LIMIT ?');
    for (const prefix of prefixes) {
      for (const row of statement.all(prefix, afterPrefix(prefix), limit)) {
        ids.add((row as unknown as [number])[0]);
        if (ids.size === limit) return [...ids];
      }
    }
    return [...ids];
  }

  /** Position and revision of the last event of a stream. */
  lastOfStream(stream: number): [position: Position, revision: number] | undefined {
    return this.statement(
      `SELECT e.position, e.revision FROM ${EVENTS_BY_STREAM}
       WHERE g.stream = ? ORDER BY g.segment DESC, e.position DESC LIMIT 1`,
    ).get(stream) as unknown as [Position, number] | undefined;
  }

  /** Position of a revision that the stream has. */
  positionOfRevision(stream: number, revision: number): Position {
    const found = this.statement(
      `SELECT segment, first_revision FROM stream_segments
       WHERE stream = ? AND first_revision <= ? ORDER BY segment DESC LIMIT 1`,
    ).get(stream, revision) as unknown as [number, number] | undefined;
    const [segment, firstRevision] = found ?? [0, 0];
    const row = this.statement(
      `SELECT e.position FROM events e INDEXED BY events_by_segment
       WHERE ${IN_SEGMENT} AND e.stream = ? ORDER BY e.position LIMIT 1 OFFSET ?`,
    ).get(segment, stream, revision - firstRevision) as unknown as [Position] | undefined;
    if (row === undefined) {
      throw new Error(`The event log is damaged: stream ${stream} has no revision ${revision}`);
    }
    return row[0];
  }

  /** @throws Error when one of them is missing. */
  eventsAt(positions: readonly Position[]): RecordedEvent[] {
    const statement = this.statement(`SELECT ${EVENT_COLUMNS} FROM events e WHERE e.position = ?`);
    return positions.map(position => {
      const row = statement.get(position) as unknown as EventRow | undefined;
      if (row === undefined) throw new Error(`The event log is damaged: position ${position} is missing`);
      return this.rows.toEvent(row);
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}
