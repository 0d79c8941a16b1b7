import { MESSAGE } from './documented-data.js';

/** The data of the meetings document's answers about breakout rooms, and of those that Parley adds. */
export const ROOMS = [
  {
    room_id: '01HXYZ888888888ABCDEFGHJKM',
    name: 'Breakout Room 1',
    description: 'Discussion group for project planning',
    capacity: 5,
    current_participants: 0,
    is_active: true,
  },
];
const GRACE = { participant_id: '01HXYZ555555555ABCDEFGHJKM', user_id: 'grace', user_name: 'Grace Hopper' };
export const ROOMS_WITH_PEOPLE = ROOMS.map(room => ({
  ...room,
  current_participants: 1,
  participants: [GRACE],
}));
export const ASSIGNED = {
  participant_user_id: 'grace',
  breakout_room_id: '01HXYZ888888888ABCDEFGHJKM',
};
export const RETURNED = { participant_user_id: 'grace', breakout_room_id: null };
export const BROADCAST = { ...MESSAGE, content: 'Two more minutes!', is_broadcast: true };
export const ROOMS_CLOSED = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  closed_by: 'ada',
  closed_at: '2024-01-15T10:55:00.000Z',
};
