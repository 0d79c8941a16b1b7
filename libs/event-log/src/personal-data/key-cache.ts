import { createSecretKey, type KeyObject } from 'node:crypto';
import type { KeyFile } from './key-file.js';
import type { StoredKey } from './key-messages.js';

/** A key under which texts of one user are sealed. */
export interface UserKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Keys remembered by user, and as many by id; a full table is dropped and filled again. */
const REMEMBERED = 10_000;

/** Keys as the file has them, read once. */
export class KeyCache {
  readonly #byUser = new Map<string, UserKey>();
  /** Undefined for those that are destroyed: a key never comes back, and is written before its id is used. */
  readonly #byId = new Map<string, KeyObject | undefined>();

  constructor(private readonly file: KeyFile) {}

  /** The key that opens what was sealed under this id; undefined when it was destroyed. */
  find(id: string): KeyObject | undefined {
    if (this.#byId.has(id)) return this.#byId.get(id);
    const bytes = this.file.byId(id);
    const key = bytes && createSecretKey(bytes);
    remember(this.#byId, id, key);
    return key;
  }

  /** The key for a user's next texts, where there is one already. */
  current(userId: string): UserKey | undefined {
    const known = this.#byUser.get(userId);
    if (known !== undefined) return known;
    const stored = this.file.byUser(userId);
    return stored && this.add(userId, stored);
  }

  add(userId: string, { id, key: bytes }: StoredKey): UserKey {
    const key = { id, key: createSecretKey(bytes) };
    remember(this.#byUser, userId, key);
    remember(this.#byId, id, key.key);
    return key;
  }

  clear(): void {
    this.#byUser.clear();
    this.#byId.clear();
  }
}

const remember = <V>(map: Map<string, V>, name: string, value: V): void => {
  if (map.size >= REMEMBERED) map.clear();
  map.set(name, value);
};
