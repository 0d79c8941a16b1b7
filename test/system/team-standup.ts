import type { EventLog } from '#libs/event-log';
import { ToldMeeting } from './told-meeting.js';

export const STANDUP = '01JD8Z6K3W5QXN7T2M4R9VABCD';

/** Twenty minutes of Ada, Grace, Edsger, Barbara and Alan, with everything in them that a replay shows. */
export const tellTeamStandup = async (log: EventLog): Promise<ToldMeeting> => {
  const told = new ToldMeeting(log, STANDUP, Date.parse('2026-11-20T09:00:00.000Z'));
  const settings = {
    maxParticipants: 50,
    waitingRoomEnabled: true,
    recordingPermission: 'host',
    autoRecord: false,
    chatPermission: 'all',
    screenSharePermission: 'all',
    anonymousJoinAllowed: true,
    allowedDomains: [],
    blockedUsers: [],
    muteOnEntry: false,
    cameraDisabled: false,
    locked: false,
    passwordHash: 'scrypt$salt$hash-that-nobody-sees',
  };
  const created = {
    meetingNumber: '481516234',
    title: 'Team Standup',
    hostUserId: 'ada',
    hostName: 'Ada Lovelace',
    settings,
  };
  await told.meeting(-86_400, 'ada', 'MeetingCreated', created, 'createdAt');
  await told.meeting(0, 'ada', 'MeetingStarted', { startedBy: 'ada' }, 'startedAt');
  await told.meeting(1, 'system', 'MediaPlaced', { mediaWorkerId: 'media-1' }, 'placedAt', 'first placed');
  await told.joins(3, 'ada', 'Ada Lovelace', 'host');
  await told.sends(4, 'ada', 'microphone', 'media-1');
  await told.sends(4.2, 'ada', 'camera', 'media-1');
  await told.meeting(
    58,
    'grace',
    'ParticipantWaiting',
    { userId: 'grace', displayName: 'Grace Hopper' },
    'waitingSince',
  );
  await told.meeting(63, 'ada', 'ParticipantAdmitted', { userId: 'grace', admittedBy: 'ada' }, 'admittedAt');
  await told.joins(64, 'grace', 'Grace Hopper');
  await told.sends(65, 'grace', 'microphone', 'media-1');
  await told.sends(65.4, 'grace', 'camera', 'media-1');
  await told.writes(80, 'ada', 'Ada Lovelace', 'Good morning! Can you see and hear me?');
  await told.writes(88, 'grace', 'Grace Hopper', 'Loud and clear.');
  await told.meeting(
    120,
    'edsger',
    'ParticipantWaiting',
    { userId: 'edsger', displayName: 'Edsger Dijkstra' },
    'waitingSince',
    'edsger waits',
  );
  await told.meeting(
    135,
    'ada',
    'ParticipantAdmitted',
    { userId: 'edsger', admittedBy: 'ada' },
    'admittedAt',
  );
  await told.joins(136, 'edsger', 'Edsger Dijkstra');
  await told.sends(137, 'edsger', 'microphone', 'media-1');
  await told.meeting(
    180,
    'ada',
    'MeetingRecordingStarted',
    { recordingId: 'r1', startedBy: 'ada' },
    'startedAt',
  );
  await told.recording(
    180.1,
    'ada',
    'RecordingCreated',
    { title: 'Team Standup', startedBy: 'ada' },
    'startedAt',
  );
  const capture = { attempt: 1, recorderId: 'recorder-1', ip: '127.0.0.1', port: 4000 };
  await told.recording(180.6, 'system', 'CaptureStarted', capture, 'captureStartedAt');
  for (const [at, userId] of ['ada', 'grace', 'edsger'].entries()) {
    const track = {
      trackId: `t-${userId}`,
      attempt: 1,
      participantId: `p-${userId}`,
      producerId: `${userId}-microphone-media-1`,
      kind: 'audio',
      source: 'microphone',
      mimeType: 'audio/opus',
      clockRate: 48_000,
      ssrc: 1000 + at,
      payloadType: 100,
    };
    await told.recording(181 + at / 10, 'system', 'TrackAdded', { track }, 'addedAt');
  }
  const promoted = { participantId: 'p-grace', userId: 'grace', role: 'co-host', changedBy: 'ada' };
  await told.meeting(240, 'ada', 'ParticipantRoleChanged', promoted, 'changedAt');
  await told.participant(305, 'grace', 'HandRaised', { by: 'grace' }, 'at', 'hand raised');
  await told.writes(312, 'ada', 'Ada Lovelace', 'Grace, you are next', 'grace');
  await told.writes(318, 'grace', 'Grace Hopper', 'Between you and me: he talks too long', 'edsger');
  await told.participant(330, 'grace', 'HandLowered', { by: 'grace' }, 'at');
  await told.participant(340, 'edsger', 'AudioMuted', { by: 'ada' }, 'at', 'edsger muted');
  await told.participant(350, 'edsger', 'VideoTurnedOff', { by: 'edsger' }, 'at');
  await told.participant(402, 'ada', 'ParticipantSpoke', { seconds: 41.5 }, 'measuredAt');
  await told.meeting(
    420,
    'alan',
    'ParticipantWaiting',
    { userId: 'alan', displayName: 'Alan Turing' },
    'waitingSince',
  );
  await told.meeting(428, 'ada', 'ParticipantDenied', { userId: 'alan', deniedBy: 'ada' }, 'deniedAt');
  await told.participant(500, 'grace', 'ScreenShareStarted', { by: 'grace' }, 'at', 'screen shared');
  await told.sends(500.5, 'grace', 'screen', 'media-1');
  await told.meeting(
    600,
    'system',
    'MediaPlaced',
    { mediaWorkerId: 'media-2', replaces: 'media-1' },
    'placedAt',
    'moved',
  );
  for (const userId of ['ada', 'grace', 'edsger']) await told.sends(602, userId, 'microphone', 'media-2');
  await told.sends(603, 'ada', 'camera', 'media-2');
  await told.joins(650, 'barbara', 'Barbara Liskov');
  await told.writes(671, 'barbara', 'Barbara Liskov', 'Sorry, I am late. What did I miss?');
  await told.participant(700, 'grace', 'ScreenShareStopped', { by: 'grace' }, 'at');
  const locked = { settings: { ...settings, locked: true, chatPermission: 'host' }, appliedBy: 'ada' };
  await told.meeting(705, 'ada', 'SecurityPolicyApplied', locked, 'appliedAt', 'locked');
  const room = (roomId: string, name: string) => ({ roomId, name, allowChat: true, allowScreenShare: true });
  const rooms = {
    rooms: [room('red', 'Red team'), room('blue', 'Blue team')],
    participantsMayChoose: false,
    participantsMayReturn: true,
    timeLimitMinutes: 2,
    closesAt: new Date(Date.parse('2026-11-20T09:00:00.000Z') + 830_000).toISOString(),
    openedBy: 'ada',
  };
  await told.meeting(710, 'ada', 'BreakoutRoomsOpened', rooms, 'openedAt', 'rooms opened');
  for (const [userId, roomId] of [
    ['edsger', 'red'],
    ['barbara', 'blue'],
  ] as const) {
    const move = { participantId: `p-${userId}`, userId, roomId, assignmentType: 'auto', assignedBy: 'ada' };
    await told.meeting(710, 'ada', 'BreakoutRoomAssigned', move, 'assignedAt', `${userId} in ${roomId}`);
  }
  const back = { reason: 'closed', closedBy: 'ada' };
  await told.meeting(770, 'ada', 'BreakoutRoomsClosed', back, 'closedAt', 'rooms closed');
  await told.participant(
    790,
    'barbara',
    'ParticipantDisconnected',
    { connectionId: 'c-barbara' },
    'disconnectedAt',
  );
  await told.leaves(800, 'barbara', 'disconnected');
  await told.leaves(850, 'edsger', 'removed', 'ada');
  await told.meeting(
    900,
    'ada',
    'MeetingRecordingStopped',
    { recordingId: 'r1', stoppedBy: 'ada' },
    'stoppedAt',
  );
  await told.recording(900.1, 'ada', 'RecordingStopped', { stoppedBy: 'ada' }, 'stoppedAt');
  await told.recording(915, 'system', 'CompositionProgressed', { percent: 40 });
  const film = { durationSeconds: 720, fileSizeBytes: 91_200_000, width: 1280, height: 720 };
  await told.recording(940, 'system', 'RecordingCompleted', film, 'completedAt');
  await told.leaves(1190, 'grace', 'left');
  await told.meeting(1200, 'ada', 'MeetingEnded', { endedBy: 'ada' }, 'endedAt');
  return told;
};
