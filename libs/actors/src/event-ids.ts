import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** Bytes drawn from the system's generator at a time: one by one, as ulid does by itself, costs more than deciding a command. */
const POOL = 4096;

/** Makes ULIDs, each greater than the one before. */
export const monotonicIds = (): (() => string) => {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  const nextId = monotonicFactory(() => {
    if (used === POOL) {
      randomFillSync(pool);
      used = 0;
    }
    return pool[used++]! / 256;
  });
  // Called with an argument it would take that for the time.
  return () => nextId();
};
