import { describe, expect, test } from '@jest/globals';
import type { SidecarEntry } from '../capture/sidecar.js';
import { delayLine } from './delay-line.js';

const delay = (at: number, smallest: number): SidecarEntry => ({ event: 'delay', at, smallest });

describe('delayLine', () => {
  test('is zero where nothing is known', () => {
    expect(delayLine([])(1000)).toBe(0);
  });

  test('is the smallest delay: what the first packet was late', () => {
    expect(delayLine([delay(1000, -12), delay(2000, -40), delay(3000, -25)])(2500)).toBe(-40);
  });

  test('begins anew where the clock was set anew', () => {
    const line = delayLine([delay(1000, -40), { event: 'reanchor', at: 5000, by: 3000 }, delay(6000, -5)]);
    expect([line(4999), line(5000), line(9000)]).toEqual([-40, -5, -5]);
  });

  test('follows a clock that drifts, through jitter and outliers', () => {
    const slope = 80e-6;
    const entries = Array.from({ length: 3600 }, (_, second) => {
      const jitter = (second * 7) % 11;
      return delay(second * 1000, slope * second * 1000 - 30 + jitter + (second % 97 === 0 ? 400 : 0));
    });
    const line = delayLine(entries);
    for (const at of [0, 1_800_000, 3_600_000]) expect(line(at)).toBeCloseTo(slope * at - 30, -0.5);
  });
});
