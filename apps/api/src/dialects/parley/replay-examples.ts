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

export const STATE_AT_A_MOMENT = {
  meeting_id: '01HXYZ123456789ABCDEFGHJKM',
  at: '2024-01-15T10:30:00Z',
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
