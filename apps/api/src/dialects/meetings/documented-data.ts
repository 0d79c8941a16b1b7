/** The data of the meetings document's answers, with the fields that Parley adds. */
const MEETING_ID = '01HXYZ123456789ABCDEFGHJKM';

export const STARTED = { meeting_id: MEETING_ID, started_by: 'ada', started_at: '2024-01-15T10:00:00.000Z' };
export const ENDED = {
  meeting_id: MEETING_ID,
  ended_by: 'ada',
  ended_at: '2024-01-15T11:00:00.000Z',
  duration_minutes: 60,
};
export const CANCELLED = {
  meeting_id: MEETING_ID,
  cancelled_by: 'ada',
  cancelled_at: '2024-01-15T09:00:00.000Z',
};
export const STATUS = {
  meeting_id: MEETING_ID,
  status: 'in_progress',
  is_active: true,
  started_at: '2024-01-15T10:00:00.000Z',
  ended_at: null,
  attendance_count: 5,
  is_recording: false,
  active_participants: 5,
};
export const JOINED = {
  participant_id: '01HXYZ555555555ABCDEFGHJKM',
  meeting_id: MEETING_ID,
  user_id: 'grace',
  role: 'attendee',
  status: 'joined',
  is_muted: true,
  is_video_enabled: false,
  joined_at: '2024-01-15T10:05:00.000Z',
};
export const LEFT = { meeting_id: MEETING_ID, left_at: '2024-01-15T10:45:00.000Z', duration_minutes: 40 };
export const PARTICIPANTS = [
  {
    participant_id: '01HXYZ555555555ABCDEFGHJKM',
    user_id: 'ada',
    user_name: 'Ada Lovelace',
    role: 'host',
    status: 'joined',
    is_muted: false,
    is_video_enabled: true,
    is_screen_sharing: false,
    is_hand_raised: false,
    joined_at: '2024-01-15T10:00:00.000Z',
    device_type: 'desktop',
    breakout_room_id: null,
  },
];
export const OWN_STATUS = {
  is_muted: false,
  is_video_enabled: true,
  is_screen_sharing: false,
  is_hand_raised: true,
  is_in_waiting_room: false,
};
export const OTHERS_STATUS = {
  user_id: 'grace',
  ...OWN_STATUS,
  is_muted: true,
  is_video_enabled: false,
  is_hand_raised: false,
};
export const ROLE = { meeting_id: MEETING_ID, user_id: 'grace', role: 'co-host', host_user_id: 'ada' };
export const REMOVED = { ...LEFT, user_id: 'grace' };
export const MESSAGE = {
  message_id: '01HXYZ777777777ABCDEFGHJKM',
  sender_id: 'grace',
  sender_name: 'Grace Hopper',
  content: 'Hello everyone!',
  message_type: 'text',
  is_private: false,
  timestamp: '2024-01-15T10:20:00.000Z',
};
export const RECORDING_STARTED = {
  recording_id: '01HXYZ987654321ABCDEFGHJKM',
  meeting_id: MEETING_ID,
  processing_status: 'recording',
};
export const RECORDING_STOPPED = { ...RECORDING_STARTED, processing_status: 'processing' };
export const WAITING = [
  { user_id: 'grace', user_name: 'Grace Hopper', waiting_since: '2024-01-15T10:04:00.000Z' },
];
export const ANSWERED_WAITING = { meeting_id: MEETING_ID, user_id: 'grace' };
export const ANSWERED_ALL_WAITING = { meeting_id: MEETING_ID, user_ids: ['grace'] };
export const POLICY = {
  require_waiting_room: true,
  require_password: false,
  allow_anonymous_join: false,
  max_participants: 50,
  allowed_domains: ['example.com', 'company.com'],
  blocked_users: [],
  recording_permissions: 'host',
  screen_share_permissions: 'all',
  chat_permissions: 'all',
  mute_on_entry: true,
  disable_camera: false,
  lock_meeting: false,
};
export const LIVEKIT_TOKEN = {
  token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...',
  meeting_id: MEETING_ID,
  user_id: 'grace',
  user_name: 'Grace Hopper',
  is_host: false,
  livekit_url: 'wss://livekit.example.com',
};
