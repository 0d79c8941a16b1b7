import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uuidOf } from './wire-id.js';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a ULID travels as the UUID of the same 128 bits', () => {
  const ulid = fc
    .tuple(
      fc.integer({ min: 0, max: 7 }),
      fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 25, maxLength: 25 }),
    )
    .map(([first, rest]) => [first, ...rest].map(digit => DIGITS[digit]).join(''));
  fc.assert(
    fc.property(ulid, id => {
      const bits = [...id].reduce((sum, digit) => (sum << 5n) | BigInt(DIGITS.indexOf(digit)), 0n);
      expect(uuidOf(id)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(BigInt(`0x${uuidOf(id).replaceAll('-', '')}`)).toBe(bits);
    }),
  );
  expect(uuidOf('00000000000000000000000000')).toBe('00000000-0000-0000-0000-000000000000');
  expect(uuidOf('7ZZZZZZZZZZZZZZZZZZZZZZZZZ')).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
});
