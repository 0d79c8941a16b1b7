import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.js';

const taken = (bucket: TokenBucket, tries: number, now: number): number =>
  Array.from({ length: tries }, () => bucket.take(now)).filter(Boolean).length;

describe('TokenBucket', () => {
  it('lets the burst through at once and nothing beyond it', () => {
    expect(taken(new TokenBucket(10, 25, 0), 100, 0)).toBe(25);
  });

  it('fills at its rate, never beyond the burst', () => {
    const bucket = new TokenBucket(10, 25, 0);
    taken(bucket, 25, 0);
    expect(taken(bucket, 100, 1000)).toBe(10);
    expect(taken(bucket, 100, 1_000_000)).toBe(25);
  });

  it('says when there is a token again', () => {
    const bucket = new TokenBucket(0.5, 1, 0);
    expect(bucket.waitSeconds(0)).toBe(0);
    bucket.take(0);
    expect(bucket.waitSeconds(500)).toBe(1.5);
    expect(bucket.take(1999)).toBe(false);
    expect(bucket.take(2000)).toBe(true);
  });

  it('a clock that goes back gives nothing', () => {
    const bucket = new TokenBucket(1, 1, 10_000);
    bucket.take(10_000);
    expect(bucket.take(0)).toBe(false);
    expect(bucket.take(10_500)).toBe(false);
  });
});
