import { createHash } from 'node:crypto';
import type { CommandMetadata } from './command-metadata.js';

/** Crockford's base 32, as in a ULID. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A ULID that begins so has a time beyond the year 9700: no clock makes one, so ids derived from a key are told from others. */
const MARK = '7';

const typeOf = (command: unknown): string =>
  typeof command === 'object' && command !== null && 'type' in command ? String(command.type) : '';

/**
 * Id of the `index`-th event (from 0) of a command with an idempotency key: a valid ULID with 125 bits of SHA-256 in it.
 * The user and the command's type belong to it, so that a key neither opens another user's answer nor confuses two commands
 * that one request gives to the same aggregate.
 */
export const keyedEventId = (
  stream: string,
  command: unknown,
  metadata: CommandMetadata,
  index: number,
): string => {
  const source = JSON.stringify([stream, metadata.userId, typeOf(command), metadata.idempotencyKey, index]);
  const bytes = createHash('sha256').update(source).digest();
  let id = MARK;
  for (let bit = 0; bit < 125; bit += 5) {
    const byte = bit >> 3;
    const window = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0);
    id += ALPHABET[(window >> (11 - (bit & 7))) & 31];
  }
  return id;
};

/** Whether an event id may have been derived from an idempotency key. */
export const isKeyedEventId = (id: string): boolean => id.startsWith(MARK);
