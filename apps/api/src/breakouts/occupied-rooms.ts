import type { BreakoutRoom, MeetingState, Seat } from '#libs/domain';

/** A breakout room and who is in it, in the order in which they came into the meeting. */
export interface OccupiedRoom {
  readonly room: BreakoutRoom;
  readonly seats: readonly Seat[];
}

/** The breakout rooms that are open, in the order in which they were asked for. */
export const occupiedRooms = ({ breakout, roster }: MeetingState): OccupiedRoom[] =>
  (breakout?.rooms ?? []).map(room => ({
    room,
    seats: Object.values(roster).filter(seat => seat.breakoutRoomId === room.roomId),
  }));
