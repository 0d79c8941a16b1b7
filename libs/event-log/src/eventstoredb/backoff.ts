import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/** Pauses before further attempts: anything up to 100 ms, then up to twice as much, up to 5 s, so that many do not come at once. */
export class Backoff {
  #failures = 0;

  constructor(readonly random: () => number = Math.random) {}

  /** The next pause in milliseconds. */
  next(): number {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    return this.random() * longest;
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** Waits, at most until the signal aborts. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await Promise.allSettled([sleep(milliseconds, undefined, { signal })]);
}
