import type { DuckDBConnection } from '@duckdb/node-api';
import { EVENT_VIEWS } from './event-views.js';
import { parseQuery } from './parsed-query.js';
import { QueryRefused } from './query-refused.js';

/** Functions that may stand where a table stands: they make rows of their arguments, or tell what tables there are. */
const TABLE_FUNCTIONS = new Set([
  'range',
  'generate_series',
  'unnest',
  'repeat',
  'json_each',
  'json_tree',
  'duckdb_tables',
  'duckdb_views',
  'duckdb_columns',
  'duckdb_functions',
  'duckdb_types',
  'duckdb_keywords',
]);

/** Functions that reach beyond the log: the environment, DuckDB's own log and settings. */
const FORBIDDEN_FUNCTIONS = new Set(['getenv', 'write_log', 'current_setting', 'nextval']);

/** A statement that may run, and what it reads. */
export interface ConfinedQuery {
  readonly sql: string;
  /** The types of events that it reads; undefined for all. */
  readonly types: readonly string[] | undefined;
}

/**
 * Lets through one statement that reads the log and nothing else. Whatever may stand in FROM is named here; DuckDB is told
 * besides to open no file, to take no setting and to write nothing, so that what is missed here fails there.
 * @throws QueryRefused
 */
export const confinedQuery = async (connection: DuckDBConnection, text: string): Promise<ConfinedQuery> => {
  const { sql, tables, tableFunctions, functions } = await parseQuery(connection, text);
  for (const name of tableFunctions) {
    if (!TABLE_FUNCTIONS.has(name)) {
      throw new QueryRefused(
        `${name}() is refused: a query reads the log and nothing else, no files and no settings.`,
      );
    }
  }
  for (const name of functions) {
    if (FORBIDDEN_FUNCTIONS.has(name)) {
      throw new QueryRefused(`${name}() is refused: a query reads the log and nothing else.`);
    }
  }
  const file = [...tables].find(name => /[/\\:*?]|\.\w+$/.test(name));
  if (file !== undefined) {
    throw new QueryRefused(
      `'${file}' is refused: a query reads the log and no files. SHOW TABLES lists what there is.`,
    );
  }
  const types = [...tables].flatMap(name => EVENT_VIEWS.get(name)?.type ?? []);
  return { sql, types: tables.has('events') ? undefined : types };
};
