import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SnapshotStore } from './snapshot-store.js';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS snapshots (
    stream TEXT NOT NULL, version TEXT NOT NULL, revision INTEGER NOT NULL, event_id TEXT NOT NULL,
    state TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (stream)
  ) STRICT, WITHOUT ROWID;`;

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

/**
 * Snapshots in an SQLite file of their own, the latest of each stream. Writes are not synced to disk: a checksum tells what
 * a power cut left half written.
 */
export const openSqliteSnapshotStore = ({ file }: { readonly file: string }): SnapshotStore => {
  const database = openOrRecreate(file);
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
    close: async () => database.close(),
  };
};
