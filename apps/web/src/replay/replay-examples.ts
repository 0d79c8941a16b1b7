import { DEFAULT_SETTINGS, type EventOfLog, versionOf } from '#libs/domain';

/** Support for tests: events of one meeting as the server gives them. */

export const START = Date.parse('2026-11-20T09:00:00.000Z');

let position = 0;
/** @param second since the meeting's start */
export const logged = (second: number, type: string, data: object = {}, userId = 'ada'): EventOfLog => ({
  type,
  version: versionOf(type),
  data: { meetingId: 'm1', ...data },
  time: new Date(START + second * 1000).toISOString(),
  position: (position += 10),
  stream: 'meeting-m1',
  revision: position / 10,
  metadata: { userId },
});

export const joined = (second: number, userId: string): EventOfLog =>
  logged(second, 'ParticipantJoined', {
    participantId: `p-${userId}`,
    userId,
    displayName: userId[0]?.toUpperCase() + userId.slice(1),
    role: userId === 'ada' ? 'host' : 'attendee',
    joinedAt: new Date(START + second * 1000).toISOString(),
  });
export const left = (second: number, userId: string, reason = 'left'): EventOfLog =>
  logged(second, 'ParticipantLeft', { participantId: `p-${userId}`, userId, reason });
export const wrote = (second: number, content: string): EventOfLog =>
  logged(second, 'ChatMessageSent', {
    messageId: content,
    senderId: 'ada',
    senderParticipantId: 'p-ada',
    senderName: 'Ada',
    content,
    messageType: 'text',
  });

/** Planned a day ahead, ten minutes long, recorded from 0:02:00 to 0:05:00, with Grace there from 0:01:00 to 0:08:00. */
export const tenMinutes = (): EventOfLog[] => [
  logged(-86_400, 'MeetingCreated', {
    meetingNumber: '1',
    title: 'Weekly',
    hostUserId: 'ada',
    hostName: 'Ada',
    settings: DEFAULT_SETTINGS,
  }),
  logged(0, 'MeetingStarted', { startedBy: 'ada' }),
  joined(0, 'ada'),
  joined(60, 'grace'),
  logged(120, 'MeetingRecordingStarted', { recordingId: 'r1', startedBy: 'ada' }),
  wrote(200, 'Hello'),
  logged(300, 'MeetingRecordingStopped', { recordingId: 'r1', stoppedBy: 'ada' }),
  left(480, 'grace', 'disconnected'),
  logged(600, 'MeetingEnded', { endedBy: 'ada' }),
  logged(4200, 'RecordingCompleted', {
    recordingId: 'r1',
    durationSeconds: 180,
    fileSizeBytes: 1,
    width: 2,
    height: 2,
  }),
];
