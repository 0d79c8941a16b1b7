import type { DuckDBConnection } from '@duckdb/node-api';
import { QueryRefused, refusalOf } from './query-refused.js';

/** What DuckDB's parser found in a query. */
export interface ParsedQuery {
  /** The query itself. */
  readonly sql: string;
  /** Names of tables and views, in lower case, and of what a WITH defines. */
  readonly tables: ReadonlySet<string>;
  readonly tableFunctions: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

type Serialized =
  | { readonly error: false; readonly statements: readonly unknown[] }
  | { readonly error: true; readonly error_type: string; readonly error_message: string };

interface Node {
  readonly type?: unknown;
  readonly class?: unknown;
  readonly table_name?: unknown;
  readonly function_name?: unknown;
  readonly function?: Node;
}

/** Longer than any person writes. DuckDB cannot be stopped while it parses, which takes long over very long texts. */
const MAX_CHARACTERS = 20_000;
/** Written so that nothing of it can be read in two ways: else a long text would take a regular expression for ever. */
const BLANK = String.raw`\s|--[^\n]*(?:\n|$)|/\*(?:[^*]|\*(?!/))*\*/`;
const COMMENTS = `(?:${BLANK})*`;
const EXPLAIN = new RegExp(String.raw`^${COMMENTS}(explain(?:\s+analyze)?)\b([\s\S]*)$`, 'i');
const FIRST_WORD = new RegExp(String.raw`^${COMMENTS}(\w+)`);
const NOTHING = new RegExp(`^(?:;|${BLANK})*$`);

export const READING = 'SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN';

/** The statements' syntax trees. DuckDB makes them of statements that read, and of no others. */
const serialize = async (connection: DuckDBConnection, sql: string): Promise<Serialized> => {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  return JSON.parse(String(reader.value(0, 0))) as Serialized;
};

/** The parser's complaint with the place, which the serialized one lacks. */
const syntaxError = async (
  connection: DuckDBConnection,
  sql: string,
  message: string,
): Promise<QueryRefused> => {
  try {
    await connection.extractStatements(sql);
    return new QueryRefused(`Parser Error: ${message}`);
  } catch (error) {
    return refusalOf(error);
  }
};

const namesIn = (tree: unknown): Omit<ParsedQuery, 'sql'> => {
  const tables = new Set<string>();
  const tableFunctions = new Set<string>();
  const functions = new Set<string>();
  const add = (names: Set<string>, name: unknown): void => {
    if (typeof name === 'string' && name !== '') names.add(name.toLowerCase());
  };
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const node = waiting.pop() as Node | null;
    if (typeof node !== 'object' || node === null) continue;
    if (node.type === 'BASE_TABLE') add(tables, node.table_name);
    if (node.type === 'TABLE_FUNCTION') add(tableFunctions, node.function?.function_name);
    else if (node.class === 'FUNCTION') add(functions, node.function_name);
    for (const child of Object.values(node)) waiting.push(child);
  }
  return { tables, tableFunctions, functions };
};

/**
 * Parses one statement that reads, by DuckDB's own parser.
 * @throws QueryRefused for any other, for several, for none, and for what is no SQL.
 */
export const parseQuery = async (connection: DuckDBConnection, text: string): Promise<ParsedQuery> => {
  if (NOTHING.test(text)) throw new QueryRefused('There is no statement to run. Give one SELECT.');
  if (text.length > MAX_CHARACTERS) {
    throw new QueryRefused(`The statement is longer than ${MAX_CHARACTERS} characters.`);
  }
  if (text.includes('\0'))
    throw new QueryRefused('The statement holds a character of code 0, which SQL does not know.');
  const explained = EXPLAIN.exec(text);
  const sql = explained?.[2] ?? text;
  const parsed = await serialize(connection, sql);
  if (parsed.error) {
    if (parsed.error_type === 'parser') throw await syntaxError(connection, text, parsed.error_message);
    const word = FIRST_WORD.exec(sql)?.[1]?.toUpperCase() ?? 'This';
    throw new QueryRefused(`${word} is refused: a query only reads. It is one ${READING}.`);
  }
  if (parsed.statements.length !== 1) {
    throw new QueryRefused(`These are ${parsed.statements.length} statements. Give one at a time.`);
  }
  return { sql: explained ? `${explained[1]} ${sql}` : text, ...namesIn(parsed.statements) };
};
