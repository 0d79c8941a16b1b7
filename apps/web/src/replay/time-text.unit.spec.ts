import { expect, it } from '@jest/globals';
import { offsetText, roundOffsets } from './time-text.js';

it.each([
  [0, '0:00:00'],
  [785_999, '0:13:05'],
  [36_000_000, '10:00:00'],
  [-999, '0:00:00'],
  [-61_000, '−0:01:01'],
])('%d ms from the start read %s', (ms, text) => expect(offsetText(ms)).toBe(text));

it.each([
  [1_200_000, 14, [0, 120_000]],
  [4000, 5, [0, 1000]],
  [3_600_000, 3, [0, 1_800_000]],
  [0, 4, [0]],
])('%d ms with room for %d labels are divided into round spans', (length, most, begin) => {
  const offsets = roundOffsets(length, most);
  expect(offsets.slice(0, begin.length)).toEqual(begin);
  expect(offsets.length).toBeLessThanOrEqual(most + 1);
  expect(offsets.at(-1)).toBeLessThanOrEqual(length);
});

it('a month has few labels too', () =>
  expect(roundOffsets(30 * 86_400_000, 5).length).toBeLessThanOrEqual(6));
