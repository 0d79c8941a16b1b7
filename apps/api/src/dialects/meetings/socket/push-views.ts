import type {
  BreakoutRoom,
  BreakoutRoomsOpened,
  MeetingSettings,
  ParticipantState,
  Seat,
} from '#libs/domain';
import { policyView } from '../policy-view.js';

/** One who came in. What a browser calls itself is not kept. */
export const joinView = (seat: Seat, state: ParticipantState): object => ({
  user_id: seat.userId,
  user_role: seat.role,
  device_info: { device_type: state.deviceType, browser_info: null },
  joined_at: seat.joinedAt,
  participant_id: seat.participantId,
  user_name: seat.displayName,
  is_muted: state.isMuted,
  is_video_enabled: state.isVideoOn,
});

/** Microphone, camera, screen and hand as they are after a change. */
export const statusView = (state: ParticipantState, changedBy: string): object => ({
  participant_id: state.participantId,
  is_muted: state.isMuted,
  is_video_enabled: state.isVideoOn,
  is_screen_sharing: state.isScreenSharing,
  is_hand_raised: state.isHandRaised,
  changed_by: changedBy,
});

/** The rules as everybody in the meeting is told them: whom they keep out only host and co-hosts may know. */
export const publicPolicyView = (settings: MeetingSettings): object => {
  const { allowed_domains: _domains, blocked_users: _users, ...rules } = policyView(settings);
  return rules;
};

const roomView = (room: BreakoutRoom): object => ({
  room_id: room.roomId,
  name: room.name,
  description: room.description ?? null,
  capacity: room.capacity ?? null,
  settings: { allow_chat: room.allowChat, allow_screen_share: room.allowScreenShare },
});

export const breakoutRoomsView = (opened: BreakoutRoomsOpened['data']): object => ({
  rooms: opened.rooms.map(roomView),
  allow_participants_to_choose: opened.participantsMayChoose,
  allow_participants_to_return: opened.participantsMayReturn,
  time_limit_minutes: opened.timeLimitMinutes ?? null,
  closes_at: opened.closesAt ?? null,
  opened_by: opened.openedBy,
});
