import { expect, it } from '@jest/globals';
import { formatDuration } from './format-duration.js';

it.each([
  [0, '0:00'],
  [9.4, '0:09'],
  [59.6, '1:00'],
  [754, '12:34'],
  [3_723, '1:02:03'],
])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
