import { sql, type Kysely } from 'kysely';
import type { Database } from './database.js';

/** Every row of every table, by table, in the order of the rows' text: equal for equal content. For tests. */
export const dumpTables = async (db: Kysely<Database>): Promise<Record<string, unknown[]>> => {
  const dump: Record<string, unknown[]> = {};
  const tables = await sql<{ name: string }>`
    SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`.execute(db);
  for (const { name } of tables.rows) {
    const { rows } = await sql`SELECT * FROM ${sql.table(name)}`.execute(db);
    dump[name] = rows.map(row => ({ ...(row as object) }));
    dump[name].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return dump;
};
