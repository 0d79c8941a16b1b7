import { expect, it } from '@jest/globals';
import { isRoomSlug } from '../session/meeting-ref.js';
import { friendlyRoomName } from './room-names.js';

it('every suggested name is a valid room name', () => {
  for (let step = 0; step < 1; step += 0.01) expect(isRoomSlug(friendlyRoomName(() => step))).toBe(true);
});

it('names differ', () => {
  expect(new Set(Array.from({ length: 50 }, () => friendlyRoomName())).size).toBeGreaterThan(40);
});
