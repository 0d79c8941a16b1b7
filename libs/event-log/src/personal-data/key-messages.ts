/** What the main thread and the keys' thread say to each other. Types only: the thread runs untranspiled in tests. */

export interface KeyThreadOptions {
  readonly databasePath: string;
  readonly schema: string;
  readonly schemaVersion: number;
}

/** The key of a user under which texts are sealed from now on; made when there is none. */
export interface WantedKey {
  readonly request: number;
  readonly userId: string;
}

/** Destroys the keys that a user has, once for each erasure. */
export interface WantedErasure {
  readonly request: number;
  readonly userId: string;
  /** Id of the event that says so. */
  readonly erasure: string;
}

/** Notes that the erasures in the log up to here are carried out. */
export interface WantedNote {
  readonly request: number;
  readonly erasedUpTo: number;
}

export type ToKeyThread = WantedKey | WantedErasure | WantedNote | 'close';

/** A key as it stands in the file. */
export interface StoredKey {
  readonly id: string;
  readonly key: Uint8Array;
}

export interface KeyAnswer {
  readonly request: number;
  /** For a WantedKey. */
  readonly key?: StoredKey;
  /** For a WantedErasure: false when it was carried out before, or there was no key to destroy. */
  readonly erased?: boolean;
  /** It failed, and changed nothing; with `erased` the key is destroyed, and an old copy of it may still be in a file. */
  readonly error?: string;
}

export type FromKeyThread = 'opened' | readonly KeyAnswer[];
