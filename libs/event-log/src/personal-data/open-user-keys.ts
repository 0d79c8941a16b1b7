import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { lockDirectory } from '../sqlite/directory-lock.js';
import { startThread } from '../start-thread.js';
import { KeyFile } from './key-file.js';
import type { KeyThreadOptions } from './key-messages.js';
import { KEY_FILE, KEY_SCHEMA, KEY_SCHEMA_VERSION } from './key-schema.js';
import { UserKeys } from './user-keys.js';

/**
 * Opens the keys in a directory, which is made, for the owner's eyes only, when it does not exist, and owns it until they are
 * closed or the process is gone.
 * @throws LogLocked when another process owns it.
 * @throws LogUnavailable when they cannot be opened.
 */
export const openUserKeys = async (directory: string): Promise<UserKeys> => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(directory);
  try {
    const databasePath = join(directory, KEY_FILE);
    // SQLite gives the files beside it the mode of this one.
    closeSync(openSync(databasePath, 'a', 0o600));
    const worker = await startKeyThread(databasePath);
    try {
      const keys = new UserKeys({ worker, file: new KeyFile(directory) });
      worker.once('exit', () => lock.release());
      return keys;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
};

const startKeyThread = (databasePath: string): Promise<Worker> => {
  const workerData: KeyThreadOptions = {
    databasePath,
    schema: KEY_SCHEMA,
    schemaVersion: KEY_SCHEMA_VERSION,
  };
  const url = new URL('./key-thread.js', import.meta.url);
  return startThread(url, 'user-keys', workerData, 'The keys of personal data');
};
