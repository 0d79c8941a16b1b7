import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SnapshotStore } from './snapshot-store.js';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS snapshots (
    stream TEXT NOT NULL, version TEXT NOT NULL, revision INTEGER NOT NULL, event_id TEXT NOT NULL,
    state TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (stream)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS era (name TEXT NOT NULL) STRICT;`;

/** Pages as they were stand in the WAL, and what was moved between pages may stand in gaps of them. */
const CLEAR = 'VACUUM; PRAGMA wal_checkpoint(TRUNCATE);';

const clear = (database: DatabaseSync, era: string): void => {
  database.exec('BEGIN; DELETE FROM snapshots; DELETE FROM era');
  database.prepare('INSERT INTO era VALUES (?)').run(era);
  database.exec(`COMMIT; ${CLEAR}`);
};

const open = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Opens the file, or begins it anew where it is unreadable: what is in it can be made again. */
const openOrRecreate = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true });
  try {
    return open(file);
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return open(file);
  }
};

const checksumOf = (
  stream: string,
  version: string,
  revision: number,
  eventId: string,
  state: string,
): string =>
  createHash('sha256')
    .update(JSON.stringify([stream, version, revision, eventId, state]))
    .digest('base64');

export interface SqliteSnapshotStoreOptions {
  readonly file: string;
  /** As given to `clear` last; '' when it never was. */
  readonly era?: string;
}

/**
 * Snapshots in an SQLite file of their own, the latest of each stream. Writes are not synced to disk: a checksum tells what
 * a power cut left half written. A store that was not cleared since another era began is cleared.
 */
export const openSqliteSnapshotStore = ({ file, era = '' }: SqliteSnapshotStoreOptions): SnapshotStore => {
  const database = openOrRecreate(file);
  if ((database.prepare('SELECT name FROM era').get()?.name ?? '') !== era) clear(database, era);
  const select = database.prepare('SELECT * FROM snapshots WHERE stream = ? AND version = ?');
  const upsert = database.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?)');
  return {
    load: async (stream, version) => {
      const row = select.get(stream, version);
      if (!row) return undefined;
      const [revision, eventId, state] = [Number(row.revision), String(row.event_id), String(row.state)];
      if (row.checksum !== checksumOf(stream, version, revision, eventId, state)) return undefined;
      return { revision, eventId, state: JSON.parse(state) as unknown };
    },
    save: async (stream, version, { revision, eventId, state }) => {
      const text = JSON.stringify(state);
      upsert.run(
        stream,
        version,
        revision,
        eventId,
        text,
        checksumOf(stream, version, revision, eventId, text),
      );
    },
    clear: async begun => clear(database, begun),
    close: async () => database.close(),
  };
};
