import type { DomainEvent } from '../aggregate.js';
import type { MeetingRole } from '../meeting-role.js';

export interface MeetingSettings {
  readonly maxParticipants: number;
  readonly waitingRoomEnabled: boolean;
  readonly recordingEnabled: boolean;
  readonly autoRecord: boolean;
  readonly chatEnabled: boolean;
  readonly screenShareEnabled: boolean;
  /** A salted scrypt hash, never the password; absent when the meeting has none. */
  readonly passwordHash?: string;
}

export type LeaveReason = 'left' | 'disconnected' | 'removed' | 'meeting-ended';

type E<Type extends string, Data> = DomainEvent<Type, { readonly meetingId: string } & Data>;

export type MeetingCreated = E<
  'MeetingCreated',
  {
    readonly meetingNumber: string;
    readonly title: string;
    readonly description?: string;
    readonly hostUserId: string;
    readonly hostName: string;
    readonly scheduledStartTime?: string;
    readonly scheduledEndTime?: string;
    readonly settings: MeetingSettings;
    readonly createdAt: string;
  }
>;
export type MeetingStarted = E<'MeetingStarted', { readonly startedBy: string; readonly startedAt: string }>;
export type MeetingEnded = E<'MeetingEnded', { readonly endedBy: string; readonly endedAt: string }>;
export type ParticipantWaiting = E<
  'ParticipantWaiting',
  { readonly userId: string; readonly displayName: string; readonly waitingSince: string }
>;
export type ParticipantAdmitted = E<
  'ParticipantAdmitted',
  { readonly userId: string; readonly admittedBy: string; readonly admittedAt: string }
>;
export type ParticipantDenied = E<
  'ParticipantDenied',
  { readonly userId: string; readonly deniedBy: string; readonly deniedAt: string }
>;
export type ParticipantJoined = E<
  'ParticipantJoined',
  {
    readonly participantId: string;
    readonly userId: string;
    readonly displayName: string;
    readonly email?: string;
    readonly role: MeetingRole;
    readonly joinedAt: string;
  }
>;
export type ParticipantLeft = E<
  'ParticipantLeft',
  {
    readonly participantId: string;
    readonly userId: string;
    readonly reason: LeaveReason;
    readonly leftAt: string;
  }
>;
export type ParticipantRoleChanged = E<
  'ParticipantRoleChanged',
  {
    readonly participantId: string;
    readonly userId: string;
    readonly role: MeetingRole;
    readonly changedBy: string;
    readonly changedAt: string;
  }
>;
/** The meeting's media runs on this worker from now on; whatever ran on an earlier worker is gone. */
export type MediaPlaced = E<
  'MediaPlaced',
  {
    readonly mediaWorkerId: string;
    /** The worker it ran on before; absent at the first placement. */
    readonly replaces?: string;
    readonly placedAt: string;
  }
>;
export type MeetingRecordingStarted = E<
  'MeetingRecordingStarted',
  { readonly recordingId: string; readonly startedBy: string; readonly startedAt: string }
>;
export type MeetingRecordingStopped = E<
  'MeetingRecordingStopped',
  { readonly recordingId: string; readonly stoppedBy: string; readonly stoppedAt: string }
>;

export type MeetingEvent =
  | MeetingCreated
  | MeetingStarted
  | MeetingEnded
  | ParticipantWaiting
  | ParticipantAdmitted
  | ParticipantDenied
  | ParticipantJoined
  | ParticipantLeft
  | ParticipantRoleChanged
  | MediaPlaced
  | MeetingRecordingStarted
  | MeetingRecordingStopped;
