import type { AnyEvent } from './any-event.js';

/** One event without what the log adds to it, and who caused it when. */
type Told<Type extends AnyEvent['type']> = readonly [
  time: string,
  userId: string,
  data: Extract<AnyEvent, { type: Type }>['data'],
];

const meetingId = '01KAYB0Q4M7T5C9W2E8R6Y3D1F';
const ada = '01KAYB0Z8H2N4V6X1Q3S5J7K9P';
const grace = '01KAYB1M3D5F7G9H2J4K6N8Q1R';
const adas = { meetingId, participantId: ada };
const recordingId = '01KAYB4C6E8G1J3M5P7R9T2V4X';
const recorded = { recordingId, meetingId };
const producerId = '5f0c8a52-6d1e-4b7a-9c3f-2e8d4a6b1c70';
const mediaWorkerId = '01KAYAZZ5B7D9F2H4K6N8Q1S3V';
const day = '2026-11-22T';

/** One event of each type, in the order in which a small meeting could bring them forth. */
export const EVENT_EXAMPLES: { readonly [Type in AnyEvent['type']]: Told<Type> } = {
  RoomOpened: [
    `${day}09:59:58.120Z`,
    'ada',
    { name: 'weekly', meetingId, openedBy: 'ada', openedAt: `${day}09:59:58.120Z` },
  ],
  MeetingCreated: [
    `${day}09:59:58.127Z`,
    'ada',
    {
      meetingId,
      meetingNumber: '417-902-663',
      title: 'Weekly',
      description: 'What we did, what we will do',
      hostUserId: 'ada',
      hostName: 'Ada Lovelace',
      scheduledStartTime: `${day}10:00:00Z`,
      scheduledEndTime: `${day}10:30:00Z`,
      settings: {
        maxParticipants: 50,
        waitingRoomEnabled: true,
        autoRecord: false,
        recordingPermission: 'host',
        screenSharePermission: 'all',
        chatPermission: 'all',
        anonymousJoinAllowed: true,
        allowedDomains: [],
        blockedUsers: [],
        muteOnEntry: false,
        cameraDisabled: false,
        locked: false,
      },
      createdAt: `${day}09:59:58.127Z`,
    },
  ],
  MeetingStarted: [
    `${day}10:00:02.310Z`,
    'ada',
    { meetingId, startedBy: 'ada', startedAt: `${day}10:00:02.310Z` },
  ],
  ParticipantJoined: [
    `${day}10:00:02.310Z`,
    'ada',
    {
      ...adas,
      userId: 'ada',
      displayName: 'Ada Lovelace',
      email: 'ada@example.org',
      role: 'host',
      joinedAt: `${day}10:00:02.310Z`,
    },
  ],
  ParticipantSeated: [
    `${day}10:00:02.318Z`,
    'ada',
    {
      ...adas,
      userId: 'ada',
      deviceType: 'desktop',
      isMuted: false,
      isVideoOn: true,
      seatedAt: `${day}10:00:02.318Z`,
    },
  ],
  ParticipantConnected: [
    `${day}10:00:02.325Z`,
    'ada',
    { ...adas, connectionId: 'Zk3vQ8nT1xW5yB7dAAAB', connectedAt: `${day}10:00:02.325Z` },
  ],
  MediaPlaced: [
    `${day}10:00:02.402Z`,
    'system',
    {
      meetingId,
      mediaWorkerId,
      replaces: '01KAYAXP2T4V6X8Z1B3D5F7H9K',
      placedAt: `${day}10:00:02.402Z`,
    },
  ],
  ProducerOpened: [
    `${day}10:00:02.611Z`,
    'ada',
    {
      ...adas,
      producerId,
      kind: 'audio',
      source: 'microphone',
      mediaWorkerId,
      openedAt: `${day}10:00:02.611Z`,
    },
  ],
  ParticipantWaiting: [
    `${day}10:00:41.004Z`,
    'grace',
    {
      meetingId,
      userId: 'grace',
      displayName: 'Grace Hopper',
      waitingSince: `${day}10:00:41.004Z`,
    },
  ],
  ParticipantDenied: [
    `${day}10:00:44.951Z`,
    'ada',
    { meetingId, userId: 'grace', deniedBy: 'ada', deniedAt: `${day}10:00:44.951Z` },
  ],
  ParticipantAdmitted: [
    `${day}10:00:47.230Z`,
    'ada',
    { meetingId, userId: 'grace', admittedBy: 'ada', admittedAt: `${day}10:00:47.230Z` },
  ],
  ParticipantRoleChanged: [
    `${day}10:01:15.087Z`,
    'ada',
    {
      meetingId,
      participantId: grace,
      userId: 'grace',
      role: 'co-host',
      changedBy: 'ada',
      changedAt: `${day}10:01:15.087Z`,
    },
  ],
  MeetingRecordingStarted: [
    `${day}10:02:00.640Z`,
    'grace',
    { meetingId, recordingId, startedBy: 'grace', startedAt: `${day}10:02:00.640Z` },
  ],
  RecordingCreated: [
    `${day}10:02:00.655Z`,
    'system',
    { ...recorded, title: 'Weekly', startedBy: 'grace', startedAt: `${day}10:02:00.640Z` },
  ],
  CaptureStarted: [
    `${day}10:02:00.702Z`,
    'system',
    {
      ...recorded,
      attempt: 1,
      recorderId: '01KAYB0005A7C9E2G4J6M8P1R3',
      ip: '127.0.0.1',
      port: 41_268,
      captureStartedAt: `${day}10:02:00.702Z`,
    },
  ],
  TrackAdded: [
    `${day}10:02:00.733Z`,
    'system',
    {
      ...recorded,
      track: {
        trackId: `1-${producerId}`,
        attempt: 1,
        participantId: ada,
        producerId,
        kind: 'audio',
        source: 'microphone',
        mimeType: 'audio/opus',
        clockRate: 48_000,
        channels: 2,
        ssrc: 302_155_849,
        payloadType: 100,
      },
      addedAt: `${day}10:02:00.733Z`,
    },
  ],
  ParticipantSpoke: [
    `${day}10:02:31.019Z`,
    'system',
    { ...adas, seconds: 12.4, measuredAt: `${day}10:02:31.019Z` },
  ],
  AudioMuted: [`${day}10:03:12.480Z`, 'grace', { ...adas, by: 'grace', at: `${day}10:03:12.480Z` }],
  HandRaised: [`${day}10:03:20.115Z`, 'ada', { ...adas, by: 'ada', at: `${day}10:03:20.115Z` }],
  HandLowered: [`${day}10:03:31.902Z`, 'grace', { ...adas, by: 'grace', at: `${day}10:03:31.902Z` }],
  AudioUnmuted: [`${day}10:03:33.274Z`, 'ada', { ...adas, by: 'ada', at: `${day}10:03:33.274Z` }],
  ScreenShareStarted: [`${day}10:04:05.008Z`, 'ada', { ...adas, by: 'ada', at: `${day}10:04:05.008Z` }],
  ChatMessageSent: [
    `${day}10:05:18.377Z`,
    'ada',
    {
      meetingId,
      messageId: '01KAYBA5W7Y9A2C4E6G8J1M3P5',
      senderId: 'ada',
      senderParticipantId: ada,
      senderName: 'Ada Lovelace',
      content: 'These are the notes.',
      messageType: 'file',
      recipientId: 'grace',
      replyTo: '01KAYB9T1V3X5Z7B9D2F4H6K8N',
      breakoutRoomId: '01KAYB2R5T7V9X1Z3B5D7F9H2J',
      isBroadcast: false,
      file: {
        url: 'https://files.example.org/notes.pdf',
        name: 'notes.pdf',
        type: 'application/pdf',
        size: 48_211,
      },
      sentAt: `${day}10:05:18.377Z`,
    },
  ],
  ScreenShareStopped: [`${day}10:11:40.530Z`, 'ada', { ...adas, by: 'ada', at: `${day}10:11:40.530Z` }],
  VideoTurnedOff: [`${day}10:12:00.018Z`, 'ada', { ...adas, by: 'ada', at: `${day}10:12:00.018Z` }],
  VideoTurnedOn: [`${day}10:14:07.961Z`, 'ada', { ...adas, by: 'ada', at: `${day}10:14:07.961Z` }],
  MeetingRecordingStopped: [
    `${day}10:28:50.200Z`,
    'grace',
    { meetingId, recordingId, stoppedBy: 'grace', stoppedAt: `${day}10:28:50.200Z` },
  ],
  RecordingStopped: [
    `${day}10:28:50.214Z`,
    'system',
    { ...recorded, stoppedBy: 'grace', stoppedAt: `${day}10:28:50.200Z` },
  ],
  MeetingCancelled: [
    `${day}09:59:59.400Z`,
    'ada',
    { meetingId, cancelledBy: 'ada', cancelledAt: `${day}09:59:59.400Z` },
  ],
  SecurityPolicyApplied: [
    `${day}10:01:12.000Z`,
    'ada',
    {
      meetingId,
      settings: {
        maxParticipants: 50,
        waitingRoomEnabled: true,
        autoRecord: false,
        recordingPermission: 'host',
        screenSharePermission: 'host',
        chatPermission: 'all',
        anonymousJoinAllowed: false,
        allowedDomains: ['example.org'],
        blockedUsers: ['mallory'],
        muteOnEntry: true,
        cameraDisabled: false,
        locked: false,
      },
      appliedBy: 'ada',
      appliedAt: `${day}10:01:12.000Z`,
    },
  ],
  ParticipantStoppedWaiting: [
    `${day}10:01:40.250Z`,
    'linus',
    { meetingId, userId: 'linus', stoppedAt: `${day}10:01:40.250Z` },
  ],
  BreakoutRoomsOpened: [
    `${day}10:10:00.000Z`,
    'ada',
    {
      meetingId,
      rooms: [
        {
          roomId: '01KAYB2R5T7V9X1Z3B5D7F9H2J',
          name: 'Design',
          description: 'How it should look',
          capacity: 5,
          allowChat: true,
          allowScreenShare: true,
        },
      ],
      participantsMayChoose: true,
      participantsMayReturn: true,
      timeLimitMinutes: 10,
      closesAt: `${day}10:20:00.000Z`,
      openedBy: 'ada',
      openedAt: `${day}10:10:00.000Z`,
    },
  ],
  BreakoutRoomAssigned: [
    `${day}10:10:04.120Z`,
    'ada',
    {
      meetingId,
      participantId: grace,
      userId: 'grace',
      roomId: '01KAYB2R5T7V9X1Z3B5D7F9H2J',
      assignmentType: 'manual',
      assignedBy: 'ada',
      assignedAt: `${day}10:10:04.120Z`,
    },
  ],
  BreakoutRoomLeft: [
    `${day}10:15:31.480Z`,
    'grace',
    {
      meetingId,
      participantId: grace,
      userId: 'grace',
      roomId: '01KAYB2R5T7V9X1Z3B5D7F9H2J',
      leftBy: 'grace',
      leftAt: `${day}10:15:31.480Z`,
    },
  ],
  BreakoutRoomsCloseAnnounced: [
    `${day}10:19:00.003Z`,
    'system',
    { meetingId, closesAt: `${day}10:20:00.000Z`, announcedAt: `${day}10:19:00.003Z` },
  ],
  BreakoutRoomsClosed: [
    `${day}10:20:00.002Z`,
    'system',
    { meetingId, reason: 'time-limit', closedBy: 'system', closedAt: `${day}10:20:00.002Z` },
  ],
  ReactionSent: [
    `${day}10:22:00.900Z`,
    'grace',
    {
      meetingId,
      participantId: grace,
      reactionType: 'thumbs_up',
      durationSeconds: 3,
      by: 'grace',
      at: `${day}10:22:00.900Z`,
    },
  ],
  HostChanged: [
    `${day}10:28:00.000Z`,
    'ada',
    {
      meetingId,
      previousHostUserId: 'ada',
      hostUserId: 'grace',
      hostName: 'Grace Hopper',
      changedBy: 'ada',
      changedAt: `${day}10:28:00.000Z`,
    },
  ],
  ParticipantLeft: [
    `${day}10:29:30.745Z`,
    'ada',
    { ...adas, userId: 'ada', reason: 'meeting-ended', leftAt: `${day}10:29:30.745Z` },
  ],
  MeetingEnded: [`${day}10:29:30.745Z`, 'ada', { meetingId, endedBy: 'ada', endedAt: `${day}10:29:30.745Z` }],
  ProducerClosed: [`${day}10:29:30.790Z`, 'system', { ...adas, producerId, closedAt: `${day}10:29:30.790Z` }],
  ParticipantDisconnected: [
    `${day}10:29:30.812Z`,
    'system',
    { ...adas, connectionId: 'Zk3vQ8nT1xW5yB7dAAAB', disconnectedAt: `${day}10:29:30.812Z` },
  ],
  CompositionProgressed: [`${day}10:31:02.660Z`, 'system', { ...recorded, percent: 40 }],
  RecordingCompleted: [
    `${day}10:33:19.085Z`,
    'system',
    {
      ...recorded,
      durationSeconds: 1609.56,
      fileSizeBytes: 184_320_771,
      width: 1280,
      height: 720,
      completedAt: `${day}10:33:19.085Z`,
    },
  ],
  RecordingFailed: [
    `${day}10:33:19.085Z`,
    'system',
    { ...recorded, reason: 'no space left on the disk', failedAt: `${day}10:33:19.085Z` },
  ],
  UserErased: [
    '2027-01-09T16:20:00.401Z',
    'ada',
    { userId: 'ada', erasedBy: 'ada', erasedAt: '2027-01-09T16:20:00.401Z' },
  ],
};
