import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogLocked } from '../event-log-errors.js';

export interface DirectoryLock {
  release(): void;
}

/**
 * Makes this process the owner of a data directory. The lock is a file lock that SQLite holds on an empty database, so it
 * goes with the process, also by `kill -9`, and a directory is never left locked.
 * @throws LogLocked when another process, or another log of this one, owns it.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const database = new DatabaseSync(join(directory, 'events.lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    // SQLITE_BUSY; anything else (no space, no permission) is not another Parley.
    if ((error as { errcode?: number }).errcode === 5) throw new LogLocked(directory);
    throw error;
  }
  return { release: () => database.close() };
}
