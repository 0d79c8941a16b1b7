import { describe, expect, it } from '@jest/globals';
import { pauseAfter, RETRY_PAUSES } from './retry-schedule.js';

const HOUR = 3_600_000;

describe('the pause after an attempt that failed', () => {
  it('grows, and all of them together are 24 hours or a bit more', () => {
    const pauses = RETRY_PAUSES.map((_pause, index) => pauseAfter(index + 1, 0, RETRY_PAUSES, 0) ?? 0);
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    const all = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(all).toBeGreaterThanOrEqual(24 * HOUR);
    expect(all).toBeLessThan(25 * HOUR);
  });
  it('is longer by up to a tenth, by chance', () => {
    expect(pauseAfter(1, 0, [1000], 0)).toBe(1000);
    expect(pauseAfter(1, 0, [1000], 1)).toBe(1100);
  });
  it('is what the receiver wishes, where that is longer, up to an hour', () => {
    expect(pauseAfter(1, 60_000, [1000], 0)).toBe(60_000);
    expect(pauseAfter(1, 10, [1000], 0)).toBe(1000);
    expect(pauseAfter(1, 99 * HOUR, [1000], 0)).toBe(HOUR);
  });
  it('is none after the last attempt', () => {
    expect(pauseAfter(RETRY_PAUSES.length + 1)).toBeUndefined();
  });
});
