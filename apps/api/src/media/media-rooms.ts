import type { MeetingState } from '#libs/domain';
import type { MediaRooms } from '#libs/work-queues';

/** Who is in which breakout room, as media workers are told; undefined where nobody was ever moved. */
export const mediaRooms = ({ moves, roster }: MeetingState): MediaRooms | undefined =>
  moves === 0
    ? undefined
    : {
        moves,
        roomOf: Object.fromEntries(
          Object.values(roster).flatMap(({ participantId, breakoutRoomId }) =>
            breakoutRoomId === undefined ? [] : [[participantId, breakoutRoomId]],
          ),
        ),
      };
