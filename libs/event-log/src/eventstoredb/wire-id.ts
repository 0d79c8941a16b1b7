import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** Of Crockford's digits, by their character code. */
const VALUES = new Uint8Array(128);
for (const [value, digit] of [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].entries()) {
  VALUES[digit.charCodeAt(0)] = value;
}
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Names of this space are ids of events. */
const NAMESPACE = Buffer.from('2d9f9d4ab5d34c0f8a3b5f1f5f1c7a60', 'hex');
/** What tells apart two events of one stream that the wire gave the same id. */
const REPEATED = /~at-\d+$/;

/**
 * The UUID under which an event travels: its id where that is a UUID in lower case, the same 128 bits where it is a
 * ULID, else one made of its name (RFC 4122, version 5).
 */
export function uuidOf(id: string): string {
  if (UUID.test(id)) return id;
  if (ULID.test(id)) return fromUlid(id);
  const own = id.replace(REPEATED, '');
  return own === id ? fromName(id) : uuidOf(own);
}

/** The id of an event that stands in its stream already and is written once more, at this revision. */
export function repeatedId(id: string, revision: number): string {
  return `${id}~at-${revision}`;
}

/** Byte by byte, five times as fast as by one large number: it is done for every event that is read. */
function fromUlid(ulid: string): string {
  let hex = '';
  let bits = 0;
  // The first letter stands for three bits, since 26 letters of five are two too many.
  let count = -2;
  for (let i = 0; i < ulid.length; i += 1) {
    bits = (bits << 5) | (VALUES[ulid.charCodeAt(i)] as number);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    hex += HEX[bits >> count] as string;
    bits &= (1 << count) - 1;
  }
  return dashed(hex);
}

function fromName(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return dashed(bytes.toString('hex'));
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
