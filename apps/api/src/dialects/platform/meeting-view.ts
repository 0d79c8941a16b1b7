import type { MeetingRole, MeetingState, Seat } from '#libs/domain';

export const platformRole = (role: MeetingRole): string => (role === 'attendee' ? 'participant' : role);

/** What creating a meeting answers. */
export const createdMeetingView = (meeting: MeetingState, joinUrl: string): Record<string, unknown> => ({
  meeting_id: meeting.meetingId,
  title: meeting.title,
  host_user_id: meeting.hostUserId,
  join_url: joinUrl,
  meeting_number: meeting.meetingNumber,
  created_at: meeting.createdAt,
});

const participantView = (seat: Seat, showEmail: boolean): Record<string, unknown> => ({
  user_id: seat.userId,
  display_name: seat.displayName,
  email: (showEmail && seat.email) || null,
  role: platformRole(seat.role),
  status: 'joined',
});

/** A meeting's details; emails are for those who run it. */
export const meetingView = (
  meeting: MeetingState,
  joinUrl: string,
  seen: { participants: boolean; emails: boolean },
): Record<string, unknown> => ({
  meeting_id: meeting.meetingId,
  title: meeting.title,
  description: meeting.description ?? null,
  host_user_id: meeting.hostUserId,
  meeting_number: meeting.meetingNumber,
  join_url: joinUrl,
  status: meeting.status,
  scheduled_start_time: meeting.scheduledStartTime ?? null,
  scheduled_end_time: meeting.scheduledEndTime ?? null,
  actual_start_time: meeting.startedAt ?? null,
  actual_end_time: meeting.endedAt ?? null,
  created_at: meeting.createdAt,
  participants: seen.participants
    ? Object.values(meeting.roster).map(seat => participantView(seat, seen.emails))
    : [],
  settings: {
    max_participants: meeting.settings.maxParticipants,
    require_password: meeting.settings.passwordHash !== undefined,
    waiting_room_enabled: meeting.settings.waitingRoomEnabled,
    recording_enabled: meeting.settings.recordingPermission !== 'none',
    auto_record: meeting.settings.autoRecord,
    chat_enabled: meeting.settings.chatPermission !== 'none',
    screen_share_enabled: meeting.settings.screenSharePermission !== 'none',
  },
});
