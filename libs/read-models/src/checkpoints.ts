import { type Kysely, sql, type Transaction } from 'kysely';
import { START, type Position } from '#libs/event-log';
import type { Database } from './database.js';
import type { Projection } from './projection.js';

export const createCheckpoints = async (db: Kysely<Database>): Promise<void> => {
  await db.schema
    .createTable('projection_checkpoints')
    .ifNotExists()
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('position', 'integer', column => column.notNull())
    .execute();
};

/** Position that a projection's tables have reached; undefined when they were never built, or by another version of it. */
export const readCheckpoint = async (
  db: Kysely<Database>,
  { name, version }: Projection,
): Promise<Position | undefined> => {
  const row = await db
    .selectFrom('projection_checkpoints')
    .select(['version', 'position'])
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.version === version ? row.position : undefined;
};

export const writeCheckpoints = async (
  tx: Transaction<Database>,
  projections: readonly Projection[],
  position: Position,
): Promise<void> => {
  if (projections.length === 0) return;
  const names = JSON.stringify(projections.map(({ name, version }) => [name, version]));
  // One parameter however many there are: this stands in every transaction.
  await sql`
    INSERT INTO projection_checkpoints (name, version, position)
    SELECT value ->> 0, value ->> 1, ${position} FROM json_each(${names}) WHERE true
    ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position`.execute(tx);
};

/** Empties projections' tables by making them anew: readers see them full or empty, never gone. */
export const resetProjections = (db: Kysely<Database>, projections: readonly Projection[]): Promise<void> =>
  db.transaction().execute(async tx => {
    for (const projection of projections) {
      await projection.down(tx);
      await projection.up(tx);
    }
    await writeCheckpoints(tx, projections, START);
  });
