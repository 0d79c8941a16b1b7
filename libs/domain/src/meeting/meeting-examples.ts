import type { MeetingRole } from '../meeting-role.js';
import type { Principal } from '../principal.js';
import type { ApplySecurityPolicy, JoinMeeting } from './meeting-commands.js';
import type {
  LeaveReason,
  MeetingCreated,
  MeetingEnded,
  MeetingEvent,
  MeetingSettings,
  MeetingStarted,
  ParticipantJoined,
} from './meeting-events.js';
import { DEFAULT_SETTINGS } from './meeting-state.js';

/** Support for tests: users, events and commands of one meeting, hosted by Ada. */

export const meetingId = 'm1';
export const at = '2026-11-22T10:00:00.000Z';
export const user = (userId: string, ...roles: string[]): Principal => ({
  userId,
  name: `Name of ${userId}`,
  roles,
});
export const ada = user('ada');
export const grace = user('grace');
export const linus = user('linus');
export const admin = user('root', 'admin');
export const analyst = user('nosy', 'analyst');

export const created = (settings: Partial<MeetingSettings> = {}): MeetingCreated => ({
  type: 'MeetingCreated',
  data: {
    meetingId,
    meetingNumber: '123456789',
    title: 'Weekly',
    hostUserId: 'ada',
    hostName: 'Name of ada',
    settings: { ...DEFAULT_SETTINGS, ...settings },
    createdAt: at,
  },
});
export const started: MeetingStarted = {
  type: 'MeetingStarted',
  data: { meetingId, startedBy: 'ada', startedAt: at },
};
export const ended: MeetingEnded = { type: 'MeetingEnded', data: { meetingId, endedBy: 'ada', endedAt: at } };
export const joined = (userId: string, role: MeetingRole = 'attendee'): ParticipantJoined => ({
  type: 'ParticipantJoined',
  data: {
    meetingId,
    participantId: `p-${userId}`,
    userId,
    displayName: `Name of ${userId}`,
    role,
    joinedAt: at,
  },
});
export const left = (userId: string, reason: LeaveReason = 'left'): MeetingEvent => ({
  type: 'ParticipantLeft',
  data: { meetingId, participantId: `p-${userId}`, userId, reason, leftAt: at },
});
export const waiting = (userId: string): MeetingEvent => ({
  type: 'ParticipantWaiting',
  data: { meetingId, userId, displayName: `Name of ${userId}`, waitingSince: at },
});
export const admitted = (userId: string, admittedBy = 'ada'): MeetingEvent => ({
  type: 'ParticipantAdmitted',
  data: { meetingId, userId, admittedBy, admittedAt: at },
});
export const denied = (userId: string): MeetingEvent => ({
  type: 'ParticipantDenied',
  data: { meetingId, userId, deniedBy: 'ada', deniedAt: at },
});
export const roleChanged = (userId: string, role: MeetingRole, changedBy = 'ada'): MeetingEvent => ({
  type: 'ParticipantRoleChanged',
  data: { meetingId, participantId: `p-${userId}`, userId, role, changedBy, changedAt: at },
});
export const placed = (mediaWorkerId: string, replaces?: string): MeetingEvent => ({
  type: 'MediaPlaced',
  data: { meetingId, mediaWorkerId, ...(replaces && { replaces }), placedAt: at },
});
export const recording = (recordingId: string, startedBy = 'ada'): MeetingEvent => ({
  type: 'MeetingRecordingStarted',
  data: { meetingId, recordingId, startedBy, startedAt: at },
});
export const recordingStopped = (recordingId: string, stoppedBy = 'ada'): MeetingEvent => ({
  type: 'MeetingRecordingStopped',
  data: { meetingId, recordingId, stoppedBy, stoppedAt: at },
});

export const join = (by: Principal, more: Partial<JoinMeeting> = {}): JoinMeeting => ({
  type: 'JoinMeeting',
  by,
  at,
  participantId: `p-${by.userId}`,
  displayName: by.name,
  passwordMatches: false,
  ...more,
});
export const leave = (by: Principal, userId = by.userId, reason: LeaveReason = 'left') =>
  ({ type: 'LeaveMeeting', by, at, userId, reason }) as const;
export const admit = (by: Principal, userId: string) =>
  ({ type: 'AdmitParticipant', by, at, userId }) as const;
export const deny = (by: Principal, userId: string) => ({ type: 'DenyParticipant', by, at, userId }) as const;
export const changeRole = (by: Principal, userId: string, role: MeetingRole) =>
  ({ type: 'ChangeRole', by, at, userId, role }) as const;
export const place = (by: Principal, mediaWorkerId: string, replaces?: string) =>
  ({ type: 'PlaceMedia', by, at, mediaWorkerId, replaces }) as const;
export const start = (by: Principal) => ({ type: 'StartMeeting', by, at }) as const;
export const end = (by: Principal) => ({ type: 'EndMeeting', by, at }) as const;
export const record = (by: Principal, recordingId = 'r1') =>
  ({ type: 'StartRecording', by, at, recordingId }) as const;
export const stopRecording = (by: Principal) => ({ type: 'StopRecording', by, at }) as const;

export const guest: Principal = user('guest-1', 'guest');
export const withEmail = (by: Principal, email: string): Principal => ({ ...by, email });
export const cancelled: MeetingEvent = {
  type: 'MeetingCancelled',
  data: { meetingId, cancelledBy: 'ada', cancelledAt: at },
};
export const stoppedWaiting = (userId: string): MeetingEvent => ({
  type: 'ParticipantStoppedWaiting',
  data: { meetingId, userId, stoppedAt: at },
});
export const applied = (settings: Partial<MeetingSettings>, appliedBy = 'ada'): MeetingEvent => ({
  type: 'SecurityPolicyApplied',
  data: { meetingId, settings: { ...DEFAULT_SETTINGS, ...settings }, appliedBy, appliedAt: at },
});
export const hostChanged = (from: string, to: string, changedBy = from): MeetingEvent => ({
  type: 'HostChanged',
  data: {
    meetingId,
    previousHostUserId: from,
    hostUserId: to,
    hostName: `Name of ${to}`,
    changedBy,
    changedAt: at,
  },
});
export const policy = (
  by: Principal,
  changes: ApplySecurityPolicy['changes'],
  password: Pick<ApplySecurityPolicy, 'passwordRequired' | 'passwordHash'> = {},
): ApplySecurityPolicy => ({ type: 'ApplySecurityPolicy', by, at, changes, ...password });
