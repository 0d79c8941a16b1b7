import type { DomainEvent } from '../aggregate.js';
import type { Integer, IsoTime } from '../field-types.js';
import type { MeetingRole } from '../meeting-role.js';

export interface MeetingSettings {
  /** How many may be in the meeting at a time, the host among them. */
  readonly maxParticipants: Integer;
  /** Whether a host or co-host admits everybody else one by one. */
  readonly waitingRoomEnabled: boolean;
  /** Whether the meeting may be recorded. */
  readonly recordingEnabled: boolean;
  /** Whether Parley begins to record as soon as the meeting starts. */
  readonly autoRecord: boolean;
  /** Whether messages may be sent. */
  readonly chatEnabled: boolean;
  /** Whether screens may be shared. */
  readonly screenShareEnabled: boolean;
  /**
   * A salted scrypt hash, never the password; absent when the meeting has none.
   * @secret
   */
  readonly passwordHash?: string;
}

export type LeaveReason = 'left' | 'disconnected' | 'removed' | 'meeting-ended';

type E<Type extends string, Data> = DomainEvent<
  Type,
  {
    /** Id of the meeting. */
    readonly meetingId: string;
  } & Data
>;

/**
 * Somebody planned a meeting, or opened one that starts at once. Who creates a meeting is its host for good.
 * @by any user
 */
export type MeetingCreated = E<
  'MeetingCreated',
  {
    /** Nine digits for people to read out, such as `123-456-789`. */
    readonly meetingNumber: string;
    /** What the meeting is called. */
    readonly title: string;
    /** What the meeting is about. */
    readonly description?: string;
    /** User id of the host. */
    readonly hostUserId: string;
    /** The host's name when the meeting was created. */
    readonly hostName: string;
    /** When it is planned to start. */
    readonly scheduledStartTime?: IsoTime;
    /** When it is planned to end. */
    readonly scheduledEndTime?: IsoTime;
    /** What is allowed in the meeting. */
    readonly settings: MeetingSettings;
    /** When it was created. */
    readonly createdAt: IsoTime;
  }
>;
/**
 * The meeting is open: from now on others than the host may join.
 * @by the host (by starting it, by joining it first, or by creating it to start at once) or an administrator
 */
export type MeetingStarted = E<
  'MeetingStarted',
  {
    /** User id of who started it. */
    readonly startedBy: string;
    /** When it started. */
    readonly startedAt: IsoTime;
  }
>;
/**
 * The meeting is over for good. A running recording stops and everybody leaves in the same moment, by events of their own.
 * @by the host or an administrator
 */
export type MeetingEnded = E<
  'MeetingEnded',
  {
    /** User id of who ended it. */
    readonly endedBy: string;
    /** When it ended. */
    readonly endedAt: IsoTime;
  }
>;
/**
 * Somebody asked to join, and waits until a host or co-host answers.
 * @by the user who waits
 */
export type ParticipantWaiting = E<
  'ParticipantWaiting',
  {
    /** Id of the user who waits. */
    readonly userId: string;
    /** The name under which the user wants to join. */
    readonly displayName: string;
    /** When the user asked. */
    readonly waitingSince: IsoTime;
  }
>;
/**
 * Somebody who waited, or was denied before, may join now.
 * @by the host, a co-host or an administrator
 */
export type ParticipantAdmitted = E<
  'ParticipantAdmitted',
  {
    /** Id of the user who was admitted. */
    readonly userId: string;
    /** User id of who admitted. */
    readonly admittedBy: string;
    /** When it was answered. */
    readonly admittedAt: IsoTime;
  }
>;
/**
 * Somebody who waited may not join.
 * @by the host, a co-host or an administrator
 */
export type ParticipantDenied = E<
  'ParticipantDenied',
  {
    /** Id of the user who was denied. */
    readonly userId: string;
    /** User id of who denied. */
    readonly deniedBy: string;
    /** When it was answered. */
    readonly deniedAt: IsoTime;
  }
>;
/**
 * A user took a seat in the meeting: one seat, however many devices. Who leaves and comes back gets another seat.
 * @by the user who joins
 */
export type ParticipantJoined = E<
  'ParticipantJoined',
  {
    /** Id of the seat. What the participant does in it stands in the stream `participant-<participantId>`. */
    readonly participantId: string;
    /** Id of the user who joined. */
    readonly userId: string;
    /** The name that the others see. */
    readonly displayName: string;
    /** E-mail address, where the user's token names one. */
    readonly email?: string;
    /** What the participant may do in the meeting. */
    readonly role: MeetingRole;
    /** When the seat was taken. */
    readonly joinedAt: IsoTime;
  }
>;
/**
 * A seat was given up.
 * @by the participant; the host, a co-host or an administrator, who remove somebody; who ends the meeting; Parley itself, when all devices stayed away longer than the grace period
 */
export type ParticipantLeft = E<
  'ParticipantLeft',
  {
    /** Id of the seat. */
    readonly participantId: string;
    /** Id of the user whose seat it was. */
    readonly userId: string;
    /** Why: by the participant's own wish, lost connection, removal, or the end of the meeting. */
    readonly reason: LeaveReason;
    /** When the seat was given up. */
    readonly leftAt: IsoTime;
  }
>;
/**
 * A participant may do more, or less, than before. The role outlasts leaving and coming back.
 * @by the host or an administrator
 */
export type ParticipantRoleChanged = E<
  'ParticipantRoleChanged',
  {
    /** Id of the seat. */
    readonly participantId: string;
    /** Id of the user whose role it is. */
    readonly userId: string;
    /** The role from now on; never `host`, which nobody else becomes. */
    readonly role: MeetingRole;
    /** User id of who changed it. */
    readonly changedBy: string;
    /** When it was changed. */
    readonly changedAt: IsoTime;
  }
>;
/**
 * The meeting's media runs on this worker from now on; whatever ran on an earlier worker is gone.
 * @by Parley itself: when media is needed first, and when a media worker died
 */
export type MediaPlaced = E<
  'MediaPlaced',
  {
    /** Id of the media worker; each start of a worker's process has another. */
    readonly mediaWorkerId: string;
    /** The worker it ran on before; absent at the first placement. */
    readonly replaces?: string;
    /** When it was placed. */
    readonly placedAt: IsoTime;
  }
>;
/**
 * The meeting is being recorded.
 * @by the host, a co-host or an administrator; Parley itself in a meeting that records automatically
 */
export type MeetingRecordingStarted = E<
  'MeetingRecordingStarted',
  {
    /** Id of the recording. What becomes of it stands in the stream `recording-<recordingId>`. */
    readonly recordingId: string;
    /** User id of who started it; `system` is Parley itself. */
    readonly startedBy: string;
    /** When it was started. */
    readonly startedAt: IsoTime;
  }
>;
/**
 * The meeting is recorded no more: somebody stopped it, the meeting ended, or the last participant left.
 * @by the host, a co-host or an administrator; who ends the meeting; the last participant, by leaving; Parley itself, when the last participant's connection is lost
 */
export type MeetingRecordingStopped = E<
  'MeetingRecordingStopped',
  {
    /** Id of the recording. */
    readonly recordingId: string;
    /** User id of who stopped it; `system` is Parley itself. */
    readonly stoppedBy: string;
    /** When it was stopped. */
    readonly stoppedAt: IsoTime;
  }
>;

/**
 * The schedule of a meeting, who is in it with which role, its waiting room, where its media runs and which recording runs.
 * @stream meeting-<meetingId>
 */
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
