/** The database of the log inside a data directory. */
export const DATABASE_FILE = 'events.sqlite';

/** Raised when the tables change; kept in `PRAGMA user_version`. */
export const SCHEMA_VERSION = 1;

/**
 * Stream and type names stand once, in tables of their own, and events refer to them by number: rows and indexes are
 * smaller, and a reader makes no text for them.
 *
 * `events_by_stream` ends, as every index of SQLite, with the row id, which is the position: it finds the events of a
 * stream after a position, in order. Within a stream revisions rise with positions, so a revision is found by bisection.
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
  CREATE INDEX events_by_stream ON events (stream);
  CREATE UNIQUE INDEX events_by_id ON events (id, stream);
  CREATE VIEW recorded AS
    SELECT e.position, s.name AS stream, e.revision, e.id, t.name AS type, e.version, e.time, e.data, e.metadata
    FROM events e JOIN streams s ON s.id = e.stream JOIN types t ON t.id = e.type;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;
