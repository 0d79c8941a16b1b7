import { decodeTime } from 'ulid';

const ULID = /^[0-6][0-9A-HJKMNP-TV-Z]{25}$/;
const FRESH_MS = 10_000;

/**
 * Tells the ids that can stand in no stream yet: a ULID comes from one writer, and says when it was made; so one of the last
 * seconds that was not appended from here before is new. All others may have been appended, by whomever. (Ids that Parley
 * derives from an idempotency key are ULIDs of a time far in the future.)
 */
export class FreshIds {
  #recent = new Set<string>();
  #earlier = new Set<string>();
  #since = 0;

  constructor(readonly now: () => number = Date.now) {}

  /** Whether all of these ids are new. Asked again, they no longer are. */
  take(ids: readonly string[]): boolean {
    const now = this.now();
    // Each set covers the time in which its ids are fresh; what is older needs no memory.
    if (now - this.#since > FRESH_MS) {
      this.#earlier = this.#recent;
      this.#recent = new Set();
      this.#since = now;
    }
    let fresh = true;
    for (const id of ids) {
      const age = ULID.test(id) ? now - decodeTime(id) : Infinity;
      if (age < 0 || age > FRESH_MS || this.#recent.has(id) || this.#earlier.has(id)) fresh = false;
      else this.#recent.add(id);
    }
    return fresh;
  }
}
