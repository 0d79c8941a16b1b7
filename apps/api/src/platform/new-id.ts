import { createHash } from 'node:crypto';
import { newUlid } from '#libs/actors';
import type { RequestContext } from './request-context.js';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters of Crockford's base 32, shaped like a ULID, the same for the same text. */
const deterministicId = (text: string): string => {
  const digest = createHash('sha256').update(text).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 16)) bits = (bits << 8n) | BigInt(byte);
  let id = '';
  for (let place = 0; place < 26; place++, bits >>= 5n) id = CROCKFORD[Number(bits & 31n)] + id;
  return id;
};

/**
 * A ULID for a new thing; for a request with an idempotency key always the same one.
 * @param purpose what it is for, and in which meeting: a key that a client uses twice must not make one thing of two
 */
export const newId = (purpose: string, context?: RequestContext): string =>
  context?.idempotencyKey
    ? deterministicId(`${context.by.userId}\n${context.idempotencyKey}\n${purpose}`)
    : newUlid();
