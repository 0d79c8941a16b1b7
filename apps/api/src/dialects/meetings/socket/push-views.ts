import type {
  BreakoutRoom,
  BreakoutRoomsOpened,
  MeetingSettings,
  ParticipantState,
  Seat,
} from '#libs/domain';

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

/** The rules that everybody in the meeting is told. */
export const publicPolicyView = (settings: MeetingSettings): object => ({
  require_waiting_room: settings.waitingRoomEnabled,
  require_password: settings.passwordHash !== undefined,
  allow_anonymous_join: settings.anonymousJoinAllowed,
  max_participants: settings.maxParticipants,
  recording_permissions: settings.recordingPermission,
  screen_share_permissions: settings.screenSharePermission,
  chat_permissions: settings.chatPermission,
  mute_on_entry: settings.muteOnEntry,
  disable_camera: settings.cameraDisabled,
  lock_meeting: settings.locked,
});

/** All of them, whom they keep out among them: for host and co-hosts. */
export const policyView = (settings: MeetingSettings): object => ({
  ...publicPolicyView(settings),
  allowed_domains: settings.allowedDomains,
  blocked_users: settings.blockedUsers,
});

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
