import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Database } from './database.js';
import { nodeSqliteDialect } from './node-sqlite-dialect.js';

export interface ReadModelStore {
  /** For queries. A connection of its own, read-only: never sees a batch that is half applied, never waits for the writer. */
  readonly reader: Kysely<Database>;
  /** For the projections alone. */
  readonly writer: Kysely<Database>;
  close(): Promise<void>;
}

/** Milliseconds to wait for another process's lock, such as a backup's. */
const BUSY_TIMEOUT = 5_000;

/**
 * Opens the tables' file, or creates it. A power cut may cost the last batches (`synchronous=NORMAL`), never the file: they
 * are projected again, with their checkpoints. Tables exist once a ProjectionRunner has started.
 */
export const openReadModels = async ({ file }: { readonly file: string }): Promise<ReadModelStore> => {
  mkdirSync(dirname(file), { recursive: true });
  const writing = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  writing.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const reading = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, readOnly: true });
  const writer = new Kysely<Database>({ dialect: nodeSqliteDialect(writing) });
  const reader = new Kysely<Database>({ dialect: nodeSqliteDialect(reading) });
  return {
    reader,
    writer,
    close: async () => {
      await Promise.all([reader.destroy(), writer.destroy()]);
      // Kysely closes only what it has used.
      for (const database of [reading, writing]) if (database.isOpen) database.close();
    },
  };
};
