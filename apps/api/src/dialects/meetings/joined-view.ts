import type { Joined } from '../../participants/join-meeting.js';
import type { LeftSeat } from '../../participants/leave-meeting.js';
import { minutesBetween } from './minutes-between.js';

/** What whoever joined is told, over REST and the socket. */
export const joinedView = ({ meeting, seat, participant }: Joined) => ({
  participant_id: seat.participantId,
  meeting_id: meeting.meetingId,
  user_id: seat.userId,
  role: seat.role,
  status: 'joined',
  is_muted: participant.isMuted,
  is_video_enabled: participant.isVideoOn,
  joined_at: seat.joinedAt,
});

/** What whoever left is told, over REST and the socket. */
export const leftView = (meetingId: string, { joinedAt, leftAt }: LeftSeat) => ({
  meeting_id: meetingId,
  left_at: leftAt,
  duration_minutes: minutesBetween(joinedAt, leftAt),
});
