import type { BreakoutRoom } from '#libs/domain';
import type { OccupiedRoom } from '../../breakouts/occupied-rooms.js';

/** A breakout room as the document shows it. */
export const roomView = (
  { roomId, name, description, capacity }: BreakoutRoom,
  people: number,
): Record<string, unknown> => ({
  room_id: roomId,
  name,
  description: description ?? null,
  capacity: capacity ?? null,
  current_participants: people,
  is_active: true,
});

/** The same, with those who are in it. */
export const roomWithPeople = ({ room, seats }: OccupiedRoom): Record<string, unknown> => ({
  ...roomView(room, seats.length),
  participants: seats.map(seat => ({
    participant_id: seat.participantId,
    user_id: seat.userId,
    user_name: seat.displayName,
  })),
});
