/**
 * Every refusal Parley can give: code, HTTP status and a sentence. Each dialect renders it in its own format; a dialect
 * whose document uses another word for one of these codes maps it there.
 */
export const ERROR_TABLE = {
  VALIDATION_FAILED: { status: 400, message: 'The request is not valid' },
  INVALID_TOKEN: { status: 401, message: 'The token is missing, invalid or expired' },
  INSUFFICIENT_PERMISSION: { status: 403, message: 'You may not do this in this meeting' },
  NOT_FOUND: { status: 404, message: 'There is nothing at this address' },
  MEETING_NOT_FOUND: { status: 404, message: 'The meeting does not exist' },
  MEETING_ALREADY_EXISTS: { status: 409, message: 'A meeting with this id already exists' },
  MEETING_ALREADY_ACTIVE: { status: 409, message: 'The meeting is already in progress' },
  MEETING_NOT_ACTIVE: {
    status: 400,
    message: 'The meeting is not in progress; its host must start it first',
  },
  MEETING_CANCELLED: { status: 400, message: 'The meeting was cancelled; it cannot be started or joined' },
  MEETING_ENDED: { status: 410, message: 'The meeting has already ended' },
  MAX_PARTICIPANTS_REACHED: { status: 403, message: 'The meeting has reached its participant limit' },
  MEETING_LOCKED: { status: 403, message: 'The meeting is locked: nobody else may join' },
  INVALID_PASSWORD: { status: 403, message: 'The meeting password is missing or wrong' },
  WAITING_ROOM_REQUIRED: { status: 202, message: 'You are in the waiting room until the host admits you' },
  JOIN_DENIED: { status: 403, message: 'You may join this meeting only when its host lets you in' },
  PARTICIPANT_NOT_FOUND: { status: 404, message: 'The participant is not in this meeting' },
  NOT_IN_MEETING: { status: 403, message: 'Join the meeting first' },
  CHAT_DISABLED: { status: 403, message: 'Chat is disabled for this meeting' },
  SCREEN_SHARE_DISABLED: { status: 403, message: 'Screen sharing is disabled for this meeting' },
  BREAKOUT_ROOMS_ALREADY_OPEN: { status: 409, message: 'The meeting has breakout rooms; close them first' },
  BREAKOUT_ROOMS_NOT_OPEN: { status: 409, message: 'The meeting has no breakout rooms' },
  BREAKOUT_ROOM_NOT_FOUND: { status: 404, message: 'The meeting has no such breakout room' },
  BREAKOUT_ROOM_FULL: { status: 403, message: 'The breakout room is full' },
  LIVEKIT_TOKEN_ERROR: {
    status: 500,
    message:
      'No LiveKit token can be made: this server has no LiveKit (PARLEY_LIVEKIT_URL, PARLEY_LIVEKIT_API_KEY and PARLEY_LIVEKIT_API_SECRET)',
  },
  WEBHOOK_NOT_FOUND: { status: 404, message: 'The webhook endpoint does not exist' },
  RECORDING_DISABLED: { status: 403, message: 'Recording is disabled for this meeting' },
  RECORDING_ALREADY_ACTIVE: { status: 409, message: 'The meeting is already being recorded' },
  RECORDING_NOT_ACTIVE: { status: 409, message: 'The meeting is not being recorded' },
  RECORDING_NOT_FOUND: { status: 404, message: 'The recording does not exist' },
  RECORDING_NOT_READY: { status: 409, message: 'The recording is still being processed' },
  PRODUCER_NOT_FOUND: { status: 404, message: 'The media producer does not exist (any more)' },
  TRANSPORT_NOT_FOUND: { status: 404, message: 'The media transport does not exist (any more)' },
  CONSUMER_NOT_FOUND: { status: 404, message: 'The media consumer does not exist (any more)' },
  MEDIA_FAILED: { status: 400, message: 'The media negotiation failed' },
  MEDIA_UNAVAILABLE: { status: 503, message: 'No media worker is available; try again shortly' },
  RATE_LIMIT_EXCEEDED: { status: 429, message: 'Too many requests; slow down' },
  OVERLOADED: { status: 503, message: 'The server is overloaded; try again shortly' },
  UNAVAILABLE: { status: 503, message: 'A part of the server is not reachable; try again shortly' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request is too large' },
  INTERNAL_ERROR: {
    status: 500,
    message: 'Something went wrong on our side; the request id finds it in the logs',
  },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_TABLE;
