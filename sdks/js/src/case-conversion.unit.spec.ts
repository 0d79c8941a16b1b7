import { expect, it } from '@jest/globals';
import { camelCased, snakeCased } from './case-conversion.js';

const JAVASCRIPT = {
  roomCount: 3,
  rooms: [{ name: 'one_two', settings: { allowScreenShare: false } }],
  fileUrl: null,
  plain: 'a_b',
};
const API = {
  room_count: 3,
  rooms: [{ name: 'one_two', settings: { allow_screen_share: false } }],
  file_url: null,
  plain: 'a_b',
};

it('names of fields are rewritten at any depth, and values are left as they are', () => {
  expect(snakeCased(JAVASCRIPT)).toEqual(API);
  expect(camelCased(API)).toEqual(JAVASCRIPT);
});

it.each([null, undefined, 'a_b', 7, true])('%j has no names and stays', value => {
  expect([camelCased(value), snakeCased(value)]).toEqual([value, value]);
});
