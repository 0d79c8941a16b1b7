import { expect, test } from '@jest/globals';
import { safePosition } from './recorded-event.js';

test('a commit position is a Position up to 2^53, beyond which it is refused with a sentence', () => {
  expect(safePosition(0n)).toBe(0);
  expect(safePosition(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => safePosition(2n ** 53n)).toThrow(
    'Position 9007199254740992 of EventStoreDB is beyond 2^53, up to which Parley can count',
  );
});

test('an event that comes without a position, as from old servers, is refused with a sentence', () => {
  expect(() => safePosition(2n ** 64n - 1n)).toThrow('Parley needs release 22.6 or newer');
});
