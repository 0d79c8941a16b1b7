/** What replay answers, for the OpenAPI document. */
export const EVENTS_PAGE = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  events: [
    {
      id: '01HXYZ222222222ABCDEFGHJKM',
      stream: 'meeting-01HXYZ123456789ABCDEFGHJKM',
      revision: 1,
      position: 42,
      type: 'MeetingStarted',
      version: 1,
      time: '2024-01-15T10:00:00.000Z',
      data: {
        meetingId: '01HXYZ123456789ABCDEFGHJKM',
        startedBy: 'ada',
        startedAt: '2024-01-15T10:00:00.000Z',
      },
      metadata: { correlationId: 'req_01HXYZ333333333ABCDEFGHJKM', userId: 'ada' },
    },
  ],
  has_more: true,
  next_after: 42,
};

export const LOG_PAGE = { events: EVENTS_PAGE.events, next_cursor: 'forwards.42', has_more: true };

export const STATE_AT_A_MOMENT = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  at: '2024-01-15T10:30:00Z',
  revision: 3,
  position: 57,
  events: 12,
  state: {
    meeting: {
      meetingId: '01HXYZ123456789ABCDEFGHJKM',
      title: 'Team Standup',
      status: 'active',
      hostUserId: 'ada',
      startedAt: '2024-01-15T10:00:00.000Z',
      isRecording: false,
    },
    participants: [
      {
        participantId: '01HXYZ555555555ABCDEFGHJKM',
        userId: 'ada',
        displayName: 'Ada Lovelace',
        role: 'host',
        joinedAt: '2024-01-15T10:00:00.000Z',
        isMuted: false,
        isVideoOn: true,
        producers: [{ producerId: '5f0c8a52', kind: 'audio', source: 'microphone' }],
      },
    ],
    waiting: [],
    chat: { count: 0, messages: [] },
    recordings: [],
    lastEventAt: '2024-01-15T10:12:00.000Z',
  },
};

export const DIFFERENCE = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  from: { at: '2024-01-15T10:10:00Z', revision: 3, position: 57, events: 12 },
  to: { at: '4', revision: 4, position: 63, events: 15 },
  changes: [
    {
      what: 'participant-joined',
      id: '01HXYZ666666666ABCDEFGHJKM',
      from: null,
      to: {
        participantId: '01HXYZ666666666ABCDEFGHJKM',
        userId: 'grace',
        displayName: 'Grace Hopper',
        role: 'attendee',
        joinedAt: '2024-01-15T10:12:00.000Z',
        deviceType: 'desktop',
        isMuted: false,
        isVideoOn: true,
        isScreenSharing: false,
        isHandRaised: false,
        connections: [],
        producers: [],
      },
    },
    {
      what: 'participant-changed',
      id: '01HXYZ555555555ABCDEFGHJKM',
      field: 'isMuted',
      from: false,
      to: true,
    },
  ],
};
