import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.js';

/** Keeps a data directory to one `parley up`. */
export interface DataDirectoryLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Takes the lock of a data directory: an exclusive transaction on an otherwise empty SQLite database in it. The
 * operating system drops such a lock with the process that holds it, even when that is killed with -9, so that no
 * stale lock can ever keep a start from succeeding.
 * @throws StartError when another process holds it, or the directory cannot be written
 */
export const lockDataDirectory = (dataDir: string): DataDirectoryLock => {
  try {
    // Names and messages lie in it: it is for its owner alone.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(join(dataDir, 'parley-up.lock'), { timeout: 0 });
    try {
      database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      throw error;
    }
    return { release: () => database.close() };
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) {
      throw new StartError(
        `Another "parley up" runs on the data directory ${dataDir}. Stop that one, or set PARLEY_DATA_DIR to another folder.`,
      );
    }
    throw new StartError(
      `The data directory ${dataDir} cannot be used: ${(error as Error).message}. Mend that, or set PARLEY_DATA_DIR.`,
    );
  }
};
