import { selfOf, type MeetingState } from './meeting-state.js';
import type { BreakoutRoom, Participant } from './protocol.js';

/** The breakout room this participant is in; undefined in the main room. */
export const ownRoom = (state: MeetingState): BreakoutRoom | undefined => {
  const id = selfOf(state)?.breakout_room_id;
  return state.breakout?.rooms.find(room => room.room_id === id);
};

/** Those who are in the same room as this participant, who is one of them. */
export const peopleHere = (state: MeetingState): readonly Participant[] => {
  const here = ownRoom(state)?.room_id;
  return peopleIn(state, here ?? null);
};

/** Those in a breakout room, or in the main room (null). Whoever is in a room that is not open is in the main room. */
export const peopleIn = (state: MeetingState, roomId: string | null): readonly Participant[] => {
  const open = new Set(state.breakout?.rooms.map(({ room_id }) => room_id));
  return state.participants.filter(({ breakout_room_id }) => {
    const room = breakout_room_id !== null && open.has(breakout_room_id) ? breakout_room_id : null;
    return room === roomId;
  });
};

/** Whether this participant may go into that breakout room now. */
export const mayEnter = (state: MeetingState, room: BreakoutRoom): boolean =>
  room.capacity == null || peopleIn(state, room.room_id).length < room.capacity;
