/** The database of the keys inside their directory. */
export const KEY_FILE = 'keys.sqlite';

/** Raised when the tables change; kept in `PRAGMA user_version`. */
export const KEY_SCHEMA_VERSION = 1;

/**
 * A destroyed key's row stays, its 32 bytes zero. Rows come in the order of their numbers and never change their size, so
 * SQLite never moves one, and no copy of a key is left behind where one was. The index has no keys in it.
 *
 * `erasures` are the ids of events UserErased whose keys are destroyed: each destroys what there is once, and not the key
 * that a user who comes back gets later. `progress` says up to which position of the log all of them are.
 */
export const KEY_SCHEMA = `
  CREATE TABLE keys (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL,
    key BLOB NOT NULL,
    destroyed INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX key_of_user ON keys (user) WHERE destroyed = 0;
  CREATE TABLE erasures (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE progress (erased_up_to INTEGER NOT NULL) STRICT;
  INSERT INTO progress VALUES (-1);
  PRAGMA user_version = ${KEY_SCHEMA_VERSION};
`;
