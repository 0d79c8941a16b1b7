import { setTimeout } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Database } from './database.js';
import type { TestBed } from './open-test-bed.js';
import type { Projection } from './projection.js';

/** A table that counts what it was given, by event id: twice is more than 1. */
export const counting = (name: string, more: Partial<Projection> = {}): Projection => ({
  name,
  version: 1,
  types: ['Wanted'],
  up: async db => {
    await sql`CREATE TABLE ${sql.table(name)} (id TEXT, position INTEGER)`.execute(db);
  },
  down: async db => {
    await sql`DROP TABLE IF EXISTS ${sql.table(name)}`.execute(db);
  },
  apply: async (tx, events) => {
    for (const { id, position } of events) {
      await sql`INSERT INTO ${sql.table(name)} VALUES (${id}, ${position})`.execute(tx);
    }
  },
  ...more,
});
/** The ids that such a table was given, in order. */
export const idsIn = async (name: string, db: Kysely<Database>): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(name)} ORDER BY rowid`.execute(db);
  return rows.map(({ id }) => id);
};
/** Appends events, every third of a type that nobody wants; answers the ids of the wanted. */
export const appendMany = async (bed: TestBed, count: number): Promise<string[]> => {
  const events = await bed.append(
    'stream',
    ...Array.from(
      { length: count },
      (_, index) => [index % 3 === 2 ? 'Other' : 'Wanted', { index }] as const,
    ),
  );
  return events.filter(({ type }) => type === 'Wanted').map(({ id }) => id);
};
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await setTimeout(2);
};
