import { expect, it } from '@jest/globals';
import { message } from '../session/meeting-for-tests.js';
import { placeOf } from './place-of.js';

it('a message names the breakout room it was said in, also when that is closed, or that it went to all', () => {
  const meeting = { roomNames: { r: 'Red' } };
  expect(placeOf(meeting, message('1'))).toBeUndefined();
  expect(placeOf(meeting, message('2', { breakout_room_id: 'r' }))).toBe('in Red');
  expect(placeOf(meeting, message('3', { breakout_room_id: 'x' }))).toBe('in a breakout room');
  expect(placeOf(meeting, message('4', { is_broadcast: true }))).toBe('to all rooms');
});
