import type { MeetingState } from '../session/meeting-state.js';
import type { ChatMessage } from '../session/protocol.js';

/** Where a message was said, in words; undefined for the main room, which goes without saying. */
export const placeOf = (
  { roomNames }: Pick<MeetingState, 'roomNames'>,
  { breakout_room_id, is_broadcast }: ChatMessage,
): string | undefined => {
  if (is_broadcast) return 'to all rooms';
  if (!breakout_room_id) return undefined;
  return `in ${roomNames[breakout_room_id] ?? 'a breakout room'}`;
};
