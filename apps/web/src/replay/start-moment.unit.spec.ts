import { expect, it } from '@jest/globals';
import { recordMeeting } from './recorded-meeting.js';
import { tenMinutes } from './replay-examples.js';
import { startMoment } from './start-moment.js';

const record = recordMeeting('m1', tenMinutes());
const position = record.events[4]?.position ?? 0;
const last = record.events.length - 1;

it('an address without a moment begins at the start, and, while the meeting goes on, follows its end', () => {
  expect(startMoment(record, '', false)).toEqual({ index: 0, following: false, note: '' });
  expect(startMoment(record, '?name=x', true)).toEqual({ index: last, following: true, note: '' });
});

it('an address with a moment begins there, also while the meeting goes on', () => {
  expect(startMoment(record, `?at=${position}`, true)).toEqual({ index: 4, following: false, note: '' });
});

it('a position that nobody shows leads to the nearest event before it, and says so', () => {
  for (const [at, index] of [
    [position + 1, 4],
    [9e15, last],
    [0, 0],
  ]) {
    expect(startMoment(record, `?at=${at}`, false)).toMatchObject({
      index,
      note: expect.stringContaining('nearest'),
    });
  }
});

it.each(['', 'x', '-1', '1.5', '1e3', '99999999999999999999', '9999999999999999'])(
  '“%s” is no position, and that is said',
  at => {
    expect(startMoment(record, `?at=${at}`, true)).toMatchObject({
      index: 0,
      following: false,
      note: expect.stringContaining('no moment'),
    });
  },
);
