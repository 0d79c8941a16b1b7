/**
 * The meetings document's own examples, word for word: what is sent, and what comes back. Ids and times stand for any of
 * their kind.
 */
const ID = '01HXYZ123456789ABCDEFGHIJK';

export interface DocumentedRoute {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1/meetings/{id}`. */
  readonly path: string;
  readonly body?: object;
  readonly answer: object;
}

const answer = (message: string, data: unknown): object => ({
  status: 'success',
  message,
  data,
  timestamp: '2024-01-15T10:00:00Z',
});

const CHAT_MESSAGE = {
  message_id: ID,
  sender_id: ID,
  sender_name: 'John Doe',
  content: 'Hello everyone!',
  message_type: 'text',
  is_private: false,
  timestamp: '2024-01-15T10:20:00Z',
};

export const START: DocumentedRoute = {
  method: 'POST',
  path: 'start',
  answer: answer('Meeting started successfully', {
    meeting_id: ID,
    started_by: ID,
    started_at: '2024-01-15T10:00:00Z',
  }),
};
export const END: DocumentedRoute = {
  method: 'POST',
  path: 'end',
  answer: answer('Meeting ended successfully', {
    meeting_id: ID,
    ended_by: ID,
    ended_at: '2024-01-15T11:00:00Z',
    duration_minutes: 60,
  }),
};
export const STATUS: DocumentedRoute = {
  method: 'GET',
  path: 'status',
  answer: answer('Meeting status retrieved successfully', {
    meeting_id: ID,
    status: 'in_progress',
    is_active: true,
    started_at: '2024-01-15T10:00:00Z',
    ended_at: null,
    attendance_count: 5,
    is_recording: false,
    active_participants: 5,
  }),
};
export const JOIN: DocumentedRoute = {
  method: 'POST',
  path: 'join',
  body: {
    connection_id: 'conn_123456789',
    device_type: 'desktop',
    join_muted: true,
    join_without_video: false,
  },
  answer: answer('Joined meeting successfully', {
    participant_id: ID,
    meeting_id: ID,
    user_id: ID,
    role: 'attendee',
    status: 'joined',
    is_muted: true,
    is_video_enabled: false,
    joined_at: '2024-01-15T10:05:00Z',
  }),
};
export const LEAVE: DocumentedRoute = {
  method: 'POST',
  path: 'leave',
  answer: answer('Left meeting successfully', {
    meeting_id: ID,
    left_at: '2024-01-15T10:45:00Z',
    duration_minutes: 40,
  }),
};
export const PARTICIPANTS: DocumentedRoute = {
  method: 'GET',
  path: 'participants',
  answer: answer('Participants retrieved successfully', [
    {
      participant_id: ID,
      user_id: ID,
      user_name: 'John Doe',
      role: 'host',
      status: 'joined',
      is_muted: false,
      is_video_enabled: true,
      is_screen_sharing: false,
      is_hand_raised: false,
      joined_at: '2024-01-15T10:00:00Z',
      device_type: 'desktop',
    },
  ]),
};
const OWN_STATUS = {
  is_muted: false,
  is_video_enabled: true,
  is_screen_sharing: false,
  is_hand_raised: true,
  is_in_waiting_room: false,
};
export const UPDATE_STATUS: DocumentedRoute = {
  method: 'PUT',
  path: 'participants/status',
  body: OWN_STATUS,
  answer: answer('Participant status updated successfully', OWN_STATUS),
};
export const SEND_MESSAGE: DocumentedRoute = {
  method: 'POST',
  path: 'chat',
  body: {
    content: 'Hello everyone!',
    message_type: 'text',
    recipient_id: null,
    file_url: null,
    file_name: null,
    file_type: null,
    file_size: null,
  },
  answer: answer('Chat message sent successfully', CHAT_MESSAGE),
};
export const CHAT_HISTORY: DocumentedRoute = {
  method: 'GET',
  path: 'chat',
  answer: answer('Chat history retrieved successfully', [CHAT_MESSAGE]),
};
export const CREATE_BREAKOUT_ROOMS: DocumentedRoute = {
  method: 'POST',
  path: 'breakout-rooms',
  body: {
    room_count: 3,
    rooms: [
      {
        name: 'Breakout Room 1',
        description: 'Discussion group for project planning',
        capacity: 5,
        settings: { allow_chat: true, allow_screen_share: false },
      },
    ],
    auto_assign: false,
    allow_participants_to_choose: true,
    allow_participants_to_return: true,
    time_limit_minutes: 30,
  },
  answer: answer('Breakout rooms created successfully', [
    {
      room_id: ID,
      name: 'Breakout Room 1',
      description: 'Discussion group for project planning',
      capacity: 5,
      current_participants: 0,
      is_active: true,
    },
  ]),
};
/** With the ids of a participant and of a room in place of the document's. */
export const assignBreakoutRoom = (userId: string, roomId: string): DocumentedRoute => {
  const who = { participant_user_id: userId, breakout_room_id: roomId };
  return {
    method: 'POST',
    path: 'breakout-rooms/assign',
    body: { ...who, assignment_type: 'manual' },
    answer: answer('Participant assigned to breakout room successfully', who),
  };
};
/** With the id of a user in place of the document's. */
export const token = (userId: string): DocumentedRoute => ({
  method: 'POST',
  path: 'token',
  body: { user_id: userId, user_name: 'John Doe' },
  answer: answer('LiveKit token generated successfully', {
    token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...',
    meeting_id: ID,
    user_id: userId,
    user_name: 'John Doe',
    is_host: false,
    livekit_url: 'wss://livekit.example.com',
  }),
});
export const SECURITY_POLICY: DocumentedRoute = {
  method: 'POST',
  path: 'security/policy',
  body: {
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
  },
  answer: answer('Security policy applied successfully', null),
};

export interface DocumentedMessage {
  readonly type: string;
  readonly meeting_id: string;
  readonly user_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly timestamp: string;
}

/** The document's socket messages as this user would send them to this meeting. */
export const socketMessages = (
  meetingId: string,
  userId: string,
): Readonly<Record<string, DocumentedMessage>> => {
  const message = (type: string, data: object): DocumentedMessage => ({
    type,
    meeting_id: meetingId,
    user_id: userId,
    data: { ...data },
    timestamp: '2024-01-15T10:05:00Z',
  });
  return {
    join: message('join', {
      user_id: userId,
      user_role: 'attendee',
      device_info: { device_type: 'desktop', browser_info: 'Chrome/91.0' },
      joined_at: '2024-01-15T10:05:00Z',
    }),
    participant_update: message('participant_update', {
      is_muted: false,
      is_video_enabled: true,
      is_hand_raised: false,
    }),
    chat: message('chat', {
      content: 'Hello everyone!',
      sender_id: userId,
      sender_name: 'John Doe',
      message_type: 'text',
      is_private: false,
    }),
    reaction: message('reaction', { reaction_type: 'thumbs_up', duration: 3 }),
    hand_raise: message('hand_raise', { is_hand_raised: true }),
    ping: message('ping', {}),
  };
};

export const ERROR_BODY = {
  status: 'error',
  message: 'Human-readable error message',
  code: 'ERROR_CODE',
  details: { field: 'Additional error details' },
  timestamp: '2024-01-15T10:00:00Z',
};
/** The document's table of codes with their statuses. */
export const ERROR_CODES: Readonly<Record<string, number>> = {
  MEETING_NOT_FOUND: 404,
  MEETING_ALREADY_ACTIVE: 409,
  MEETING_NOT_ACTIVE: 400,
  MEETING_ENDED: 410,
  INSUFFICIENT_PERMISSION: 403,
  PARTICIPANT_NOT_FOUND: 404,
  MAX_PARTICIPANTS_REACHED: 403,
  MEETING_LOCKED: 403,
  WAITING_ROOM_REQUIRED: 202,
  CHAT_DISABLED: 403,
  SCREEN_SHARE_DISABLED: 403,
  LIVEKIT_TOKEN_ERROR: 500,
};
export const RATE_LIMIT_BODY = {
  status: 'error',
  message: 'Rate limit exceeded',
  code: 'RATE_LIMIT_EXCEEDED',
  details: { limit: 100, window: 3600, reset_at: '2024-01-15T11:00:00Z' },
  timestamp: '2024-01-15T10:30:00Z',
};
