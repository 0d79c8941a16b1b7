import { describe, expect, it } from '@jest/globals';
import { readAmount } from '../amount.js';
import { readTime } from './export.js';

describe('readTime', () => {
  it.each([
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T10:30Z', '2026-11-22T10:30:00.000Z'],
    ['2026-11-22T10:30:15.5+01:00', '2026-11-22T09:30:15.500Z'],
  ])('reads %s as %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each(['', 'yesterday', '22.11.2026', '2026-13-01', '2026-11-22T10:30', '2026-11-22T25:00Z', '1'])(
    'refuses "%s"',
    text => {
      expect(() => readTime(text)).toThrow('ISO 8601');
    },
  );
});

describe('readAmount', () => {
  it.each(['0', '-1', '', 'many', '1e3', '1.5', '11', 'Infinity'])(
    'refuses "%s" for a whole number up to 10',
    text => {
      expect(() => readAmount(10, 'whole')(text)).toThrow('whole number above 0, at most 10');
    },
  );

  it('reads fractions where any number will do', () => {
    expect(readAmount(10, 'any')('0.5')).toBe(0.5);
    expect(readAmount(10, 'whole')('10')).toBe(10);
  });
});
