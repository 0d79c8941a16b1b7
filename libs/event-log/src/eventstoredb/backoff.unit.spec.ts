import { expect, test } from '@jest/globals';
import { Backoff } from './backoff.js';

test('pauses are anything up to 100 ms at first, up to twice as much each time, up to 5 s; and begin anew', () => {
  const longest = new Backoff(() => 1);
  expect(Array.from({ length: 8 }, () => longest.next())).toEqual([
    100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000,
  ]);
  longest.reset();
  expect(longest.next()).toBe(100);
  expect(new Backoff(() => 0.25).next()).toBe(25);
  expect(new Backoff(() => 0).next()).toBe(0);
});
