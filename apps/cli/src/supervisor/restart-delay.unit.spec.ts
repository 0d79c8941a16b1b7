import { describe, expect, it } from '@jest/globals';
import { endsBefore, restartDelay } from './restart-delay.js';

describe('restartDelay', () => {
  it('is nothing the first time', () => {
    expect(restartDelay(0)).toBe(0);
  });

  it('doubles from 200 ms', () => {
    expect([1, 2, 3, 4, 5].map(restartDelay)).toEqual([200, 400, 800, 1600, 3200]);
  });

  it('never exceeds 5 s', () => {
    expect([6, 7, 50, 5000].map(restartDelay)).toEqual([5000, 5000, 5000, 5000]);
  });
});

describe('endsBefore', () => {
  it('forgets earlier ends of a process that ran for 30 s', () => {
    expect(endsBefore(7, 30_000)).toBe(0);
  });

  it('remembers them otherwise', () => {
    expect(endsBefore(7, 29_999)).toBe(7);
  });
});
