import { randomFillSync } from 'node:crypto';
import { ulid } from 'ulid';

/** Bytes drawn from the system's generator at a time: one by one, as ulid does by itself, costs more than deciding a command. */
const pool = new Uint8Array(4096);
let used = pool.length;

/** A number from 0 to less than 1, from the system's generator. */
export const randomFraction = (): number => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++]! / 256;
};

/** A ULID of now. */
export const newUlid = (): string => ulid(undefined, randomFraction);
