import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LogUnavailable } from '../event-log-errors.js';
import { START, type Position } from '../event-log.js';
import type { StoredKey } from './key-messages.js';
import { KEY_FILE, KEY_SCHEMA_VERSION } from './key-schema.js';

interface Questions {
  readonly database: DatabaseSync;
  readonly byId: StatementSync;
  readonly byUser: StatementSync;
}

/** Looks at a directory of keys, whichever process writes there; there may be none yet. */
export class KeyFile {
  readonly #path: string;
  #questions: Questions | undefined;
  #closed = false;

  constructor(directory: string) {
    this.#path = join(directory, KEY_FILE);
  }

  /** A key that was not destroyed, by its id. */
  byId(id: string): Uint8Array | undefined {
    return this.#open()?.byId.get(id)?.key as Uint8Array | undefined;
  }

  /** The key under which a user's texts are sealed, where there is one already. */
  byUser(userId: string): StoredKey | undefined {
    return this.#open()?.byUser.get(userId) as StoredKey | undefined;
  }

  /** Id of the erasure that was carried out last; '' for none. */
  lastErasure(): string {
    const row = this.#open()?.database.prepare('SELECT id FROM erasures ORDER BY number DESC LIMIT 1').get();
    return (row?.id as string | undefined) ?? '';
  }

  /** Position up to which all erasures in the log are carried out. */
  erasedUpTo(): Position {
    const row = this.#open()?.database.prepare('SELECT erased_up_to FROM progress').get();
    return (row?.erased_up_to as number | undefined) ?? START;
  }

  close(): void {
    this.#closed = true;
    this.#questions?.database.close();
    this.#questions = undefined;
  }

  /** @throws LogUnavailable after closing, or when the file is of a format that this Parley does not read. */
  #open(): Questions | undefined {
    if (this.#closed) throw new LogUnavailable('The event log is closed');
    if (this.#questions === undefined && existsSync(this.#path)) this.#questions = this.#ask();
    return this.#questions;
  }

  /** Undefined for a file in which nothing stands yet. */
  #ask(): Questions | undefined {
    const database = new DatabaseSync(this.#path, { readOnly: true, timeout: 5_000 });
    try {
      const version = database.prepare('PRAGMA user_version').get()?.user_version;
      if (version === 0) {
        database.close();
        return undefined;
      }
      if (version !== KEY_SCHEMA_VERSION) {
        throw new LogUnavailable(
          `The keys of personal data have format ${String(version)}, and this Parley reads format ${KEY_SCHEMA_VERSION}`,
        );
      }
      return {
        database,
        byId: database.prepare('SELECT key FROM keys WHERE id = ? AND destroyed = 0'),
        byUser: database.prepare('SELECT id, key FROM keys WHERE user = ? AND destroyed = 0'),
      };
    } catch (error) {
      if (database.isOpen) database.close();
      throw error;
    }
  }
}
