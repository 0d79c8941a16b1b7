import { describe, expect, it } from '@jest/globals';
import { readDuration } from './token.js';

describe('readDuration', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['8h', 28_800],
    ['7d', 604_800],
  ])('reads %s as %i seconds', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });

  it.each(['', '5', 'h', '0m', '-1h', '1.5h', '1w', '99999999999999999d'])('refuses "%s"', text => {
    expect(() => readDuration(text)).toThrow('a number and a unit');
  });
});
