import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Database } from './database.js';
import { nodeSqliteDialect } from './node-sqlite-dialect.js';

export interface ReadModelStore {
  /** For queries. A connection of its own, read-only: never sees a batch that is half applied, never waits for the writer. */
  readonly reader: Kysely<Database>;
  /** For the projections alone. */
  readonly writer: Kysely<Database>;
  /** Has nothing left in the files of what was overwritten, as far as no reader needs it still. */
  truncate(): Promise<void>;
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
  // Left by a rebuild in which the process died: nobody would take an erasure to it.
  for (const suffix of ['', '-journal']) rmSync(`${file}.rebuild${suffix}`, { force: true });
  const writing = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  // What is overwritten since it was erased must not stay in gaps of the file.
  writing.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;');
  const reading = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, readOnly: true });
  const writer = new Kysely<Database>({ dialect: nodeSqliteDialect(writing) });
  const reader = new Kysely<Database>({ dialect: nodeSqliteDialect(reading) });
  return {
    reader,
    writer,
    truncate: async () => {
      await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(writer);
    },
    close: async () => {
      await Promise.all([reader.destroy(), writer.destroy()]);
      // Kysely closes only what it has used.
      for (const database of [reading, writing]) if (database.isOpen) database.close();
    },
  };
};
