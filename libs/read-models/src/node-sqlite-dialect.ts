import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';

/** Prepared statements kept per connection: more than Parley has queries; a list of ids in a query makes one per length. */
const STATEMENTS = 300;

/** What SQLite can hold: it has no booleans, and NULL for what is absent. */
const toSqlite = (value: unknown): SQLInputValue => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value === undefined ? null : (value as SQLInputValue);
};

/** Kysely runs one query at a time on a connection, streams to their end, so that a statement is never run by two. */
const statementOf = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: parameters => statement.all(...parameters.map(toSqlite)),
  run: parameters => statement.run(...parameters.map(toSqlite)),
  iterate: parameters => statement.iterate(...parameters.map(toSqlite)),
});

/** Kysely's own SQLite dialect on `node:sqlite`, by giving the latter the shape of better-sqlite3 and a cache of statements. */
export const nodeSqliteDialect = (database: DatabaseSync): SqliteDialect => {
  const cache = new Map<string, SqliteStatement>();
  const shim: SqliteDatabase = {
    prepare: sql => {
      const known = cache.get(sql);
      if (known) {
        // The end of the map is what was used last.
        cache.delete(sql);
        cache.set(sql, known);
        return known;
      }
      const statement = statementOf(database.prepare(sql));
      cache.set(sql, statement);
      if (cache.size > STATEMENTS) {
        for (const oldest of cache.keys()) {
          cache.delete(oldest);
          break;
        }
      }
      return statement;
    },
    close: () => {
      cache.clear();
      database.close();
    },
  };
  return new SqliteDialect({ database: shim });
};
