import type { DomainEvent } from '../aggregate.js';
import type { Integer, IsoTime } from '../field-types.js';
import type { MeetingRole } from '../meeting-role.js';
import type { BreakoutEvent } from './breakout-events.js';

export * from './breakout-events.js';

/** Who may do something in a meeting; `host` is host and co-hosts. */
export const PERMISSIONS = ['all', 'host', 'none'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What is allowed in a meeting: the one truth, whichever API asked for it. */
export interface MeetingSettings {
  /** How many may be in the meeting at a time, the host among them, who gets in even where all places are taken. */
  readonly maxParticipants: Integer;
  /** Whether a host or co-host admits everybody else one by one. */
  readonly waitingRoomEnabled: boolean;
  /** Whether Parley begins to record as soon as the meeting starts. */
  readonly autoRecord: boolean;
  /** Who may record the meeting. */
  readonly recordingPermission: Permission;
  /** Who may share a screen. */
  readonly screenSharePermission: Permission;
  /** Who may send messages. */
  readonly chatPermission: Permission;
  /** Whether guests, who have no account, may join. */
  readonly anonymousJoinAllowed: boolean;
  /** Domains of e-mail addresses whose users may join, in lower case; empty: all. */
  readonly allowedDomains: readonly string[];
  /** User ids of those who may not join. */
  readonly blockedUsers: readonly string[];
  /** Whether everybody but host and co-hosts comes in with the microphone off. */
  readonly muteOnEntry: boolean;
  /** Whether everybody but host and co-hosts has the camera off. */
  readonly cameraDisabled: boolean;
  /** Whether nobody else may join. */
  readonly locked: boolean;
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
 * Somebody planned a meeting, or opened one that starts at once. Who creates a meeting is its host, until the role is handed over.
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
    /** The role from now on; `host` when it was handed over, as the `HostChanged` before it says. */
    readonly role: MeetingRole;
    /** User id of who changed it. */
    readonly changedBy: string;
    /** When it was changed. */
    readonly changedAt: IsoTime;
  }
>;
/**
 * The meeting has another host; the one before is a co-host from now on.
 * @by the host or an administrator
 */
export type HostChanged = E<
  'HostChanged',
  {
    /** User id of the host before. */
    readonly previousHostUserId: string;
    /** User id of the host from now on. */
    readonly hostUserId: string;
    /** The new host's name in the meeting. */
    readonly hostName: string;
    /** User id of who handed the role over. */
    readonly changedBy: string;
    /** When it was handed over. */
    readonly changedAt: IsoTime;
  }
>;
/**
 * A planned meeting will not take place.
 * @by the host or an administrator
 */
export type MeetingCancelled = E<
  'MeetingCancelled',
  {
    /** User id of who cancelled it. */
    readonly cancelledBy: string;
    /** When it was cancelled. */
    readonly cancelledAt: IsoTime;
  }
>;
/**
 * What is allowed in the meeting changed, for those who are in, too: what they may do no more ends, by events of their own.
 * @by the host or an administrator
 */
export type SecurityPolicyApplied = E<
  'SecurityPolicyApplied',
  {
    /** What is allowed from now on, the whole of it. */
    readonly settings: MeetingSettings;
    /** User id of who applied it. */
    readonly appliedBy: string;
    /** When it was applied. */
    readonly appliedAt: IsoTime;
  }
>;
/**
 * Somebody who waited went away.
 * @by the user who waited; Parley itself, when the connection is lost
 */
export type ParticipantStoppedWaiting = E<
  'ParticipantStoppedWaiting',
  {
    /** Id of the user who waits no more. */
    readonly userId: string;
    /** When the user went. */
    readonly stoppedAt: IsoTime;
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
 * @by who may record; Parley itself in a meeting that records automatically
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
 * The meeting is recorded no more: somebody stopped it, recording is allowed no more, the meeting ended, or the last participant left.
 * @by who started it; the host, a co-host or an administrator; who ends the meeting; the last participant, by leaving; Parley itself, when the last participant's connection is lost
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
 * The schedule of a meeting, what is allowed in it, who is in it with which role, its waiting room and breakout rooms, where its media runs and which recording runs.
 * @stream meeting-<meetingId>
 */
export type MeetingEvent =
  | MeetingCreated
  | MeetingStarted
  | MeetingEnded
  | MeetingCancelled
  | SecurityPolicyApplied
  | ParticipantWaiting
  | ParticipantAdmitted
  | ParticipantDenied
  | ParticipantStoppedWaiting
  | ParticipantJoined
  | ParticipantLeft
  | ParticipantRoleChanged
  | HostChanged
  | BreakoutEvent
  | MediaPlaced
  | MeetingRecordingStarted
  | MeetingRecordingStopped;
