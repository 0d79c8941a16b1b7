import { describe, expect, test } from '@jest/globals';
import { MediaClock } from './media-clock.js';

const EPOCH = 1_000_000;

describe('a media clock', () => {
  test('begins at the arrival of the first packet and goes on by the RTP clock, not by arrival', () => {
    const clock = new MediaClock(90_000, EPOCH);
    expect(clock.timeOf(5000, EPOCH + 250).at).toBe(250);
    expect(clock.timeOf(5000 + 3000, EPOCH + 300).at).toBeCloseTo(250 + 33.33, 1);
  });

  test('goes on across the wrap of 32 bits, and back for a packet from before it', () => {
    const clock = new MediaClock(48_000, EPOCH);
    clock.timeOf(0xffff_fc40, EPOCH);
    expect(clock.timeOf(0, EPOCH + 20).at).toBe(20);
    expect(clock.timeOf(0xffff_fc40, EPOCH + 21).at).toBe(0);
    expect(clock.timeOf(960, EPOCH + 40).at).toBe(40);
  });

  test('wraps many times in a long meeting', () => {
    const clock = new MediaClock(90_000, 0);
    const hours = 40;
    let at = 0;
    for (let seconds = 0; seconds <= hours * 3600; seconds += 60) {
      at = clock.timeOf((seconds * 90_000) % 2 ** 32, seconds * 1000).at;
    }
    expect(at).toBe(hours * 3_600_000);
  });

  test('tells each second the smallest delay, negative where the first packet was late', () => {
    const clock = new MediaClock(1000, 0);
    const delays: number[] = [];
    for (let time = 0; time <= 2100; time += 20) {
      const late = time === 0 ? 50 : time % 100;
      const { smallestDelay } = clock.timeOf(time, time + late);
      if (smallestDelay !== undefined) delays.push(smallestDelay);
    }
    expect(delays).toEqual([-50, -50]);
  });

  test('a pause is a gap; the clock goes on', () => {
    const clock = new MediaClock(48_000, 0);
    clock.timeOf(0, 0);
    expect(clock.timeOf(48_000 * 60, 60_000)).toMatchObject({ at: 60_000 });
  });

  test('a source whose clock stood still in a pause is set right', () => {
    const clock = new MediaClock(48_000, 0);
    clock.timeOf(0, 0);
    const long = clock.timeOf(960, 60_000);
    expect(long).toMatchObject({ at: 60_000, reanchoredBy: 59_980 });
    let reanchored: number | undefined;
    for (let i = 0; i < 100 && reanchored === undefined; i++) {
      // Half a second was left out.
      reanchored = clock.timeOf(960 * (2 + i), 60_520 + 20 * i).reanchoredBy;
    }
    expect(reanchored).toBe(500);
  });
});
