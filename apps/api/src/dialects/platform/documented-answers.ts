/** The answers of the platform's document, with Parley's kind of ids, and the fields that Parley adds. */
export const CREATED_MEETING = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  title: 'Team Standup',
  host_user_id: 'ada',
  join_url: 'https://meet.example.org/m/01HXYZ123456789ABCDEFGHJKM',
  meeting_number: '123-456-789',
  created_at: '2024-01-15T09:00:00.000Z',
};

export const MEETING_DETAILS = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  title: 'Team Standup',
  description: 'Daily team sync',
  host_user_id: 'ada',
  meeting_number: '123-456-789',
  join_url: 'https://meet.example.org/m/01HXYZ123456789ABCDEFGHJKM',
  status: 'scheduled',
  scheduled_start_time: '2024-01-15T10:00:00Z',
  scheduled_end_time: '2024-01-15T10:30:00Z',
  actual_start_time: null,
  actual_end_time: null,
  created_at: '2024-01-15T09:00:00.000Z',
  participants: [
    { user_id: 'grace', display_name: 'Grace Hopper', email: null, role: 'participant', status: 'joined' },
  ],
  settings: {
    max_participants: 50,
    require_password: true,
    waiting_room_enabled: true,
    recording_enabled: false,
    auto_record: false,
    chat_enabled: true,
    screen_share_enabled: true,
  },
};

export const RECORDING = {
  recording_id: '01HXYZ987654321ABCDEFGHJKM',
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  title: 'Team Standup - Jan 15',
  duration_seconds: 1800,
  file_size_bytes: 157286400,
  processing_status: 'completed',
  processing_percent: 100,
  created_at: '2024-01-15T10:30:00.000Z',
  download_url:
    'https://meet.example.org/recordings/01HXYZ987654321ABCDEFGHJKM/recording.mp4?expires=1705318200&signature=…',
  thumbnail_url:
    'https://meet.example.org/recordings/01HXYZ987654321ABCDEFGHJKM/thumbnail.jpg?expires=1705318200&signature=…',
};
