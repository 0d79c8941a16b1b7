import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type SpokenTime, SpeechSums, TELL_AFTER_MS } from './speech-sums.js';

const START = Date.parse('2026-11-22T10:00:00.000Z');
const HOUR_MS = 3_600_000;

describe('sums of speech', () => {
  let told: SpokenTime[];
  let sums: SpeechSums;
  const seconds = (): number[] => told.map(spoken => spoken.seconds);
  /** The participant speaks without a pause. */
  const speak = (participantId: string, ms: number): void => {
    for (let spoken = 0; spoken < ms; spoken += 500) {
      jest.advanceTimersByTime(500);
      sums.heard(participantId, 500);
    }
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: START });
    told = [];
    sums = new SpeechSums(spoken => told.push(spoken));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('speech is told 30 seconds after it began, with what came since and when it was summed up', () => {
    sums.heard('ann', 500);
    jest.advanceTimersByTime(10_000);
    sums.heard('ann', 1500);
    jest.advanceTimersByTime(TELL_AFTER_MS - 10_000 - 1);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(told).toEqual([{ participantId: 'ann', seconds: 2, measuredAt: '2026-11-22T10:00:30.000Z' }]);
  });

  test('an hour of talk without a pause is told whole, in at most 120 sums and one at the end', () => {
    speak('ann', HOUR_MS);
    sums.settle('ann');
    expect(told.length).toBeLessThanOrEqual(121);
    expect(seconds().reduce((sum, one) => sum + one)).toBeCloseTo(3600);
  });

  test('nothing is told of silence, before speech, after it or at the end', () => {
    jest.advanceTimersByTime(HOUR_MS);
    speak('ann', 2000);
    jest.advanceTimersByTime(HOUR_MS);
    sums.settle('ann');
    sums.settle('bob');
    sums.settleAll();
    expect(seconds()).toEqual([2]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('participants are summed apart', () => {
    speak('ann', 3000);
    speak('bob', 4000);
    sums.settleAll();
    expect(told.map(spoken => [spoken.participantId, spoken.seconds])).toEqual([
      ['ann', 3],
      ['bob', 4],
    ]);
  });

  test('what is shorter than a second waits for more, or for the end', () => {
    sums.heard('ann', 500);
    jest.advanceTimersByTime(TELL_AFTER_MS * 2);
    expect(told).toEqual([]);
    sums.heard('ann', 700);
    jest.advanceTimersByTime(TELL_AFTER_MS);
    expect(seconds()).toEqual([1.2]);
    sums.heard('ann', 500);
    sums.settle('ann');
    expect(seconds()).toEqual([1.2, 0.5]);
  });

  test('what is less than a tenth is part of the next sum', () => {
    sums.heard('ann', 1270);
    sums.settle('ann');
    sums.heard('ann', 1050);
    sums.settle('ann');
    expect(seconds()).toEqual([1.2, 1.1]);
  });

  test('after the end no sum is told late', () => {
    speak('ann', 2000);
    sums.settle('ann');
    jest.advanceTimersByTime(HOUR_MS);
    expect(seconds()).toEqual([2]);
  });
});
