import type { Position } from '../event-log.js';

/** The database of the log inside a data directory. */
export const DATABASE_FILE = 'events.sqlite';

/** Raised when the tables change; kept in `PRAGMA user_version`. Format 1 was never released. */
export const SCHEMA_VERSION = 2;

const SEGMENT_BITS = 12;

/** Positions fall into segments of so many. */
export const SEGMENT_LENGTH = 2 ** SEGMENT_BITS;

export function segmentOf(position: Position): number {
  return Math.floor(position / SEGMENT_LENGTH);
}

/**
 * Stream and type names stand once, in tables of their own, and events refer to them by number: rows and indexes are
 * smaller, and a reader makes no text for them.
 *
 * The events of a stream are found in two steps: `stream_segments` names the segments in which it has events, and
 * `events_by_segment` finds them there. A plain index on (stream, revision) would have each of many writers change a page
 * of its own in every transaction, where this one changes few, since all write in the newest segment: measured with 64
 * streams, it halves the cost of an append. A row of `stream_segments` is written once for a stream in a segment.
 *
 * `recorded` is for people with a SQL shell.
 */
export const SCHEMA = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type INTEGER NOT NULL REFERENCES types (id),
    version INTEGER NOT NULL,
    time TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_id ON events (id, stream);
  CREATE INDEX events_by_segment ON events (position >> ${SEGMENT_BITS}, stream);
  CREATE TABLE stream_segments (
    stream INTEGER NOT NULL REFERENCES streams (id),
    segment INTEGER NOT NULL,
    first_revision INTEGER NOT NULL,
    PRIMARY KEY (stream, segment)
  ) STRICT, WITHOUT ROWID;
  CREATE VIEW recorded AS
    SELECT e.position, s.name AS stream, e.revision, e.id, t.name AS type, e.version, e.time, e.data, e.metadata
    FROM events e JOIN streams s ON s.id = e.stream JOIN types t ON t.id = e.type;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * SQL: tables `g` and `e`, the events of a stream by its segments; index rows come in the order of segments and positions.
 * The plus takes the column's affinity away, without which SQLite would not use the index.
 */
export const EVENTS_BY_STREAM = `stream_segments g CROSS JOIN events e INDEXED BY events_by_segment
  ON e.position >> ${SEGMENT_BITS} = +g.segment AND e.stream = g.stream`;

/** SQL: the condition that event `e` stands in a segment, given as a parameter. */
export const IN_SEGMENT = `e.position >> ${SEGMENT_BITS} = ?`;
